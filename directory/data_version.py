"""One word for all that the public pages show: another one after every change of a row behind them."""

import hashlib
import threading
import time

from offers.models import (
    LifeSituation,
    OfferSuccession,
    StartDate,
    Venue,
)
from offers.replicas import replicas
from offers.search import current as offers
from offers.search import following, versions
from offers.search.commits import Watch
from policies.models import CommitteeLink, Delivery, IdeaLink, Initiative, Meeting
from policies.search import current as policies

# What stands on pages and in no index.
PARTS = (
    *versions.revisions(LifeSituation, OfferSuccession, StartDate, Venue),
    *versions.revisions(CommitteeLink, IdeaLink, Delivery, Meeting),
    *versions.links(LifeSituation, ["needs"]),
    *versions.links(Initiative, ["goals"]),
)


class Beside:
    """The version of the rows that stand in no index, at most as old as an index is."""

    def __init__(self) -> None:
        """Nothing is read before the first question."""
        self._version = ""
        self._looked_at = 0.0
        self._watch = Watch()
        self._lock = threading.Lock()

    def as_of(self) -> str:
        """Return the version of the rows as they are, or were a moment ago. Mostly no query."""
        with self._lock:
            if time.monotonic() - self._looked_at >= following.MAX_AGE:
                if not self._watch.is_still(self._version):
                    found = ",".join(versions.sums(PARTS))
                    if found != self._version:
                        replicas.saw_change()
                        self._version = found
                    self._watch.saw(self._version)
                self._looked_at = time.monotonic()
            return self._version


beside = Beside()


def data_version() -> str:
    """Return the version of all rows behind the public pages: the same in every process. Mostly no query.

    A page that is made after this was asked shows these rows, or later ones.

    Raises DatabaseError when the database does not answer.
    """
    parts = offers.offers.as_of(), policies.policies.as_of(), beside.as_of()
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
