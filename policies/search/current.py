"""The index of policies as it is now."""

from datetime import datetime

from django.utils import timezone

from offers.search.following import Follower
from offers.search.kept import Kept
from offers.search.question import Answer, Question, answer, count
from policies.search.source import PolicySource

policies = Follower(PolicySource())
kept = Kept(policies.reader)


def ask(question: Question, at: datetime | None = None) -> Answer:
    """Answer `question` from the current index; the keys of the answer are those of `kinds`."""
    return answer(policies.reader(), question, at or timezone.localtime())


def how_many(question: Question) -> int:
    """Return how many answers `question` has now."""
    return count(policies.reader(), question, timezone.localtime())
