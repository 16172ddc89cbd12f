"""The version of some rows, at most as old as an index is: asked often, and mostly without a query."""

import threading
import time
from collections.abc import Sequence

from offers.replicas import replicas
from offers.search import following, versions
from offers.search.commits import Watch


class AsOf:
    """Knows what the sums of some parts were when it last looked (`offers.search.versions`)."""

    def __init__(self, parts: Sequence[versions.Part]):
        """Nothing is read before the first question."""
        self.parts = parts
        self._version = ""
        self._looked_at = 0.0
        self._watch = Watch()
        self._lock = threading.Lock()

    def version(self) -> str:
        """Return the version of the rows as they are, or were a moment ago. Mostly no query.

        What is read after this was asked are these rows, or later ones. Raises DatabaseError.
        """
        with self._lock:
            if time.monotonic() - self._looked_at >= following.MAX_AGE:
                if not self._watch.is_still(self._version):
                    found = ",".join(versions.sums(self.parts))
                    if found != self._version:
                        replicas.saw_change()
                        self._version = found
                    self._watch.saw(self._version)
                self._looked_at = time.monotonic()
            return self._version
