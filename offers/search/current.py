"""The index as it is now: one value in memory, replaced when a row behind it has changed."""

import threading
import time
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from offers.search import rows, rules
from offers.search.concepts import Reader
from offers.search.index import build
from offers.search.question import Answer, Question, answer

# A change is found by the next search after this many seconds.
MAX_AGE = 0.9


@dataclass
class _Held:
    """The reader in memory, what its rows summed to, and when that was last looked at."""

    reader: Reader | None = None
    fingerprint: tuple = ()
    looked_at: float = 0.0


_held = _Held()
_lock = threading.Lock()


def reader() -> Reader:
    """Return the reader of the index as it is now, at most `MAX_AGE` seconds old. Mostly no query."""
    held = _held.reader
    if held is not None and time.monotonic() - _held.looked_at < MAX_AGE:
        return held
    if not _lock.acquire(blocking=held is None) and held is not None:
        return held  # another thread is looking; nobody waits for it
    try:
        found = rows.fingerprint()
        if _held.reader is None or found != _held.fingerprint:
            _held.reader, _held.fingerprint = _read(), found
        _held.looked_at = time.monotonic()
        return _held.reader
    finally:
        _lock.release()


def _read() -> Reader:
    """Build the index and the thesaurus from the database."""
    analyser = rules.analyser()
    index = build(rows.Rows(analyser).documents(), rows.GROUPS)
    return Reader(index, analyser, rules.thesaurus())


def ask(question: Question, at: date | None = None) -> Answer:
    """Answer `question` from the current index, as of the day `at` (default: today)."""
    return answer(reader(), question, (at or timezone.localdate()).toordinal())
