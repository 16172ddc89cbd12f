"""Sends public reads to copies of the database that have everything which the reader may know of.

Decision 0021 says why no page can show older rows than the version it is kept under.
"""

import logging
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model

logger = logging.getLogger(__name__)

# Whose rows public pages show. Log-ins, sessions and counters are always asked of the primary.
APPS = {"offers", "policies"}
# Seconds between two questions to a copy, and for how long one is left alone that did not answer.
EVERY, LEFT_ALONE = 1.0, 10.0
# Positions in the log of PostgreSQL, as bytes. What is committed and seen lies before the first; what lies
# before the second is on its way to the copies.
_POSITIONS = """
SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint, (pg_current_wal_flush_lsn() - '0/0')::bigint
"""
# Nothing where it is no copy any more.
_REPLAYED = "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint WHERE pg_is_in_recovery()"


@dataclass
class Copy:
    """One replica, and what it was like when it was last asked."""

    alias: str
    replayed: int = -1
    # When it last had all that the primary had; what it is to reach next, and when the primary was there.
    complete_at: float = -math.inf
    target: int = 0
    target_at: float = -math.inf
    out_until: float = -math.inf

    def has(self, floor: int, now: float) -> bool:
        """Return whether it may be read: it is there, has replayed `floor`, and does not lag."""
        lag = now - self.complete_at
        return now >= self.out_until and self.replayed >= floor and lag <= settings.REPLICA_MAX_LAG

    def heard(self, replayed: int, flushed: int, now: float) -> None:
        """Remember what it has replayed, and what the primary had then."""
        self.replayed = replayed
        if replayed >= self.target:
            self.complete_at = self.target_at
            self.target, self.target_at = flushed, now
        if replayed >= flushed:
            self.complete_at = now


@dataclass
class Reading:
    """A public read that is going on, and the copy that it asked last."""

    used: str = ""


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def public_read() -> Iterator[Reading]:
    """Let a block read from copies."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


class Replicas:
    """The copies of this process; each process knows for itself what they have."""

    def __init__(self, aliases: list[str]):
        """Each process begins with another one, so that they share the work."""
        self._copies = [Copy(alias) for alias in aliases]
        self._floor = 0
        self._asked_at = -math.inf
        self._lock = threading.Lock()

    def saw_change(self) -> None:
        """A new version of the rows was read: from now on only copies that have replayed it are read.

        To be called after the version was read, and before anybody is told of it. One statement, or none
        where there are no copies. Raises DatabaseError.
        """
        if self._copies:
            self._floor = max(self._floor, _asked(DEFAULT_DB_ALIAS, _POSITIONS)[0])

    def alias(self) -> str:
        """Return the copy to read from, or the primary. Mostly no query."""
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        now = time.monotonic()
        if now - self._asked_at >= EVERY and self._lock.acquire(blocking=False):
            try:
                self._ask(now)
            finally:
                self._asked_at = time.monotonic()
                self._lock.release()
        start = os.getpid() % len(self._copies)
        turn = self._copies[start:] + self._copies[:start]
        return next((copy.alias for copy in turn if copy.has(self._floor, now)), DEFAULT_DB_ALIAS)

    def leave_out(self, alias: str) -> None:
        """Leave a copy alone for a while: it did not answer."""
        for copy in self._copies:
            if copy.alias == alias:
                copy.out_until = time.monotonic() + LEFT_ALONE
                logger.warning("The %s of the database is left out: it does not answer.", alias)
        connections[alias].close()

    def _ask(self, now: float) -> None:
        """Ask the primary how far it is, and then each copy."""
        try:
            _, flushed = _asked(DEFAULT_DB_ALIAS, _POSITIONS)
        except (OperationalError, InterfaceError):
            return  # whoever needs the primary will tell; the copies grow old by themselves
        for copy in self._copies:
            if now < copy.out_until:
                continue
            try:
                (replayed,) = _asked(copy.alias, _REPLAYED) or (-1,)
                copy.heard(-1 if replayed is None else replayed, flushed, now)
            except (OperationalError, InterfaceError):
                self.leave_out(copy.alias)


def _asked(alias: str, sql: str) -> Any:
    """Return the first row of an answer."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


replicas = Replicas([alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS])


class Router:
    """Tells Django where to read and write, where there are copies (`directory/databases.py`)."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return a copy for the rows of public pages in a public read, else the primary."""
        reading = _reading.get()
        if reading is None or model._meta.app_label not in APPS:
            return DEFAULT_DB_ALIAS
        alias = replicas.alias()
        if alias != DEFAULT_DB_ALIAS:
            reading.used = alias
        return alias

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Return that rows belong together wherever they were read: it is one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Return whether `db` is the primary: the copies follow by themselves."""
        return db == DEFAULT_DB_ALIAS
