"""Was anything written to the database since one last looked? Costs the same however large it is.

The one place where the engines are asked in their own words.
"""

import threading
from typing import Any

from django.db import connection

# SQLite counts what others have committed; what the connection itself has written it counts apart.
_SQLITE = "PRAGMA data_version"
# A snapshot names the transactions that are over, so it is another one when any of them that wrote has
# ended. It can be asked for on a replica, too.
_POSTGRESQL = "SELECT pg_current_snapshot()::text"


def mark() -> tuple[Any, ...] | None:
    """Return what differs when anything was committed; None inside a transaction, where nobody can tell."""
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)
        (seen,) = cursor.fetchone()
    if connection.vendor == "sqlite":
        # The numbers hold for this connection alone. It is held fast, so that no other has its identity.
        return connection.connection, seen, connection.connection.total_changes
    return (seen,)


class Watch:
    """Remembers, for each thread and so for each connection, what was written when it last looked."""

    def __init__(self) -> None:
        """Nothing has been seen yet."""
        self._now: dict[int, Any] = {}
        self._seen: dict[int, tuple[Any, object]] = {}

    def is_still(self, value: object) -> bool:
        """Return whether nothing was written since this thread last `saw` this very `value`. One statement.

        Between this and `saw`, the value is made anew: what is written meanwhile is seen the next time.
        """
        thread = threading.get_ident()
        self._now[thread] = now = mark()
        known, seen = self._seen.get(thread, (None, None))
        return now is not None and known == now and seen is value

    def saw(self, value: object, thread: int | None = None) -> None:
        """Remember that `value` is right as of the last look of `thread`; of this one, if none is named."""
        thread = thread or threading.get_ident()
        self._seen[thread] = self._now.get(thread), value
