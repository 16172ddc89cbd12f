"""The index of policies as it is now."""

from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from offers.latest import Latest
from offers.search.following import Follower
from offers.search.kept import Kept
from offers.search.question import Answer, Question, answer, count
from policies.search.source import PolicySource

# So many counts stay.
ASKED = 2_000

policies = Follower(PolicySource())
kept = Kept(policies.reader)


def ask(question: Question, at: datetime | None = None) -> Answer:
    """Answer `question` from the current index; the keys of the answer are those of `kinds`."""
    return answer(policies.reader(), question, at or timezone.localtime())


def how_many(question: Question) -> int:
    """Return how many answers `question` has today.

    Many ask for the same, and a page of offers asks each time: so the latest are kept until a row changes,
    under keys that do not tell what was asked.
    """
    now = timezone.localtime()
    counts = kept.value("how many", lambda: Latest[bytes, int](ASKED))
    asked = sha256(f"{now.date()} {question}".encode(errors="replace")).digest()
    if (found := counts.get(asked)) is None:
        found = count(policies.reader(), question, now)
        counts.put(asked, found)
    return found
