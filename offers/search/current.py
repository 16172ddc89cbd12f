"""The index of offers as it is now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

from offers.search.concepts import Reader
from offers.search.following import Follower
from offers.search.kept import Kept
from offers.search.question import Answer, Question, answer
from offers.search.source import OfferSource

offers = Follower(OfferSource())


# What one block is to be answered from, in the place of the index that all share.
_tried: ContextVar[Reader | None] = ContextVar("tried", default=None)


def reader() -> Reader:
    """Return the reader of the index as it is now, at most a second old. Mostly no query."""
    return _tried.get() or offers.reader()


# What pages need of the vocabularies and the rows beside them.
kept = Kept(reader)


@contextmanager
def answering_from(tried: Reader) -> Iterator[None]:
    """Answer a block from an index that is only tried; nobody else sees it."""
    token = _tried.set(tried)
    try:
        yield
    finally:
        _tried.reset(token)


def ask(question: Question, at: datetime | None = None) -> Answer:
    """Answer `question` from the current index, as of the moment `at` in local time (default: now)."""
    return answer(reader(), question, at or timezone.localtime())
