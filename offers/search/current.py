"""The index of offers as it is now."""

from datetime import datetime

from django.utils import timezone

from offers.search.concepts import Reader
from offers.search.following import Follower
from offers.search.question import Answer, Question, answer
from offers.search.source import OfferSource

offers = Follower(OfferSource())


def reader() -> Reader:
    """Return the reader of the index as it is now, at most a second old. Mostly no query."""
    return offers.reader()


def ask(question: Question, at: datetime | None = None) -> Answer:
    """Answer `question` from the current index, as of the moment `at` in local time (default: now)."""
    return answer(reader(), question, at or timezone.localtime())
