"""An index that follows the database: one value in memory, replaced when a row behind it has changed.

A file holds the same value for all processes of the machine (`store`), so that one of them does the work,
and the next start has nothing to do. Where no file can be written, each process works for itself.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from offers.replicas import replicas
from offers.search import rules, store, versions
from offers.search.analysis import Analyser
from offers.search.commits import Watch
from offers.search.concepts import Reader
from offers.search.documents import Document
from offers.search.index import Draft, Index, Listing
from offers.search.store import Stored

logger = logging.getLogger(__name__)

# A change is found by the next search after this many seconds.
MAX_AGE = 0.9
# Up to this many documents, the search that finds a change takes it in. In a larger index a thread does,
# while searches go on with what they have, but never with what was looked at longer ago than this.
INLINE, OLDEST = 20_000, 10.0

# Passes documents on, told how many there are: it may show how far one has come.
Told = Callable[[Iterable[Document], int], Iterable[Document]]


def _untold(documents: Iterable[Document], count: int) -> Iterable[Document]:
    """Pass the documents on without a word."""
    return documents


class Source(Protocol):
    """What an index is made of."""

    name: str
    groups: Sequence[str]
    parts: Sequence[versions.Part]

    def software(self) -> str:
        """Return the version of the programs that make documents of rows."""

    def listing(self) -> Listing:
        """Return which documents there are."""

    def documents(self, analyser: Analyser, keys: Iterable[int]) -> Iterator[Document]:
        """Yield the documents of `keys`, those of them that are still there."""

    def touch(self, keys: Iterable[int]) -> None:
        """Let every process read the rows of `keys` again."""


@dataclass(frozen=True)
class Version:
    """What an index and its reader were made of: rows, rules and programs of the analysis, thesaurus."""

    rows: str
    analysis: str
    thesaurus: str


@dataclass(frozen=True)
class _Held:
    """A reader, and the version that it was made of."""

    reader: Reader
    version: Version


class Follower:
    """Keeps one reader of a source, never older than a second."""

    def __init__(self, source: Source):
        """Nothing is read before the first question."""
        self.source = source
        self._held: _Held | None = None
        self._looked_at = 0.0
        self._lock = threading.Lock()
        self._watch = Watch()

    def reader(self) -> Reader:
        """Return the reader as of now, at most `MAX_AGE` seconds old. Mostly no query."""
        held, age = self._held, time.monotonic() - self._looked_at
        if held is not None and age < MAX_AGE:
            return held.reader
        if held is None or age > OLDEST:
            with self._lock:
                return self._looked().reader
        if self._lock.acquire(blocking=False):  # else another is looking, and nobody waits for it
            if len(held.reader.index) > INLINE:
                self._look_aside(held)
            else:
                try:
                    return self._looked().reader
                finally:
                    self._lock.release()
        return held.reader

    def as_of(self) -> Version:
        """Return the version of the rows that `reader` answers from now on. Mostly no query."""
        self.reader()
        return self._held.version if self._held else self.version()

    def version(self) -> Version:
        """Return the version of the rows as they are now. One statement."""
        rows, words, thesaurus = self.source.parts, rules.PARTS_OF_ANALYSIS, rules.PARTS_OF_THESAURUS
        found = versions.sums((*rows, *words, *thesaurus))
        cuts = len(rows), len(rows) + len(words)
        analysis = (self.source.software(), *found[cuts[0] : cuts[1]])
        return Version(",".join(found[: cuts[1]]), ",".join(analysis), ",".join(found[cuts[1] :]))

    def rebuilt(self, told: Told = _untold) -> Index:
        """Build the index anew from all rows, and write the file; `told` may watch the documents go by.

        Raises OSError when the file cannot be written.
        """
        version = self.version()
        with store.writing(self.path):
            index = self._made(None, rules.analyser(), told)
            store.write(self.path, Stored(index, version.rows, version.analysis))
        return index

    def tried(self, live: Reader, listing: Listing, document: Document) -> Reader:
        """Return a reader of the rows in `listing`, with a document of ours; nothing is kept or shared."""
        draft = Draft(listing, live.index, self.source.groups)
        others = [key for key in draft.missing if key != document.pk]
        read = self.source.documents(live.analyser, others)
        return Reader(draft.filled([document, *read]), live.analyser, live.thesaurus)

    @property
    def path(self) -> Path:
        """The file of this source and this database."""
        return settings.SEARCH_INDEX_DIR / f"{self.source.name}-{_database()}.index"

    def _look_aside(self, held: _Held) -> None:
        """Look in a thread of its own, if anything was written at all. The lock is held, and let go."""
        try:
            if not self._watch.is_still(held.version):
                mine = threading.get_ident()
                threading.Thread(target=self._look_and_let_go, args=(mine,), name="search index").start()
                return
        except BaseException:
            self._lock.release()
            raise
        self._looked_at = time.monotonic()
        self._lock.release()

    def _look_and_let_go(self, asker: int) -> None:
        """Look on a connection of its own, for the thread that asked."""
        try:
            self._looked()
            self._watch.saw(self._held and self._held.version, asker)
        finally:
            self._lock.release()
            connection.close()

    def _looked(self) -> _Held:
        """Look whether anything has changed, and take it in. The lock is held."""
        held = self._held
        if held is None or time.monotonic() - self._looked_at >= MAX_AGE:
            if not self._watch.is_still(held and held.version) or held is None:
                held = self._looked_closely(held)
            self._looked_at = time.monotonic()
        return held

    def _looked_closely(self, held: _Held | None) -> _Held:
        """Something was written: look whether it belongs to the index, and take it in."""
        version = self.version()
        if held is None or version != held.version:
            replicas.saw_change()
            held = self._held = _Held(self._read(version), version)
        self._watch.saw(held.version)
        return held

    def _read(self, version: Version) -> Reader:
        """Return the reader of `version`; what has not changed is kept."""
        held = self._held
        same_words = held is not None and held.version.analysis == version.analysis
        analyser = held.reader.analyser if held and same_words else rules.analyser()
        if held and held.version.thesaurus == version.thesaurus:
            thesaurus = held.reader.thesaurus
        else:
            thesaurus = rules.thesaurus(version.thesaurus)
        if held and same_words and held.version.rows == version.rows:
            index = held.reader.index
        else:
            index = self._shared(version, held.reader.index if held and same_words else None, analyser)
        return Reader(index, analyser, thesaurus)

    def _shared(self, version: Version, previous: Index | None, analyser: Analyser) -> Index:
        """Return the index of `version` from the file; make both if it is not there."""
        if found := self._from_file(version):
            return found
        try:
            with store.writing(self.path):
                # While we waited, another process may have made it.
                if found := self._from_file(version):
                    return found
                index = self._made(previous or self._from_file(version, any_rows=True), analyser)
                store.write(self.path, Stored(index, version.rows, version.analysis))
                return self._from_file(version) or index  # the mapped one: our own copy can go
        except OSError as error:
            logger.warning("The search index cannot be shared: %s", error)
            return self._made(previous, analyser)

    def _from_file(self, version: Version, *, any_rows: bool = False) -> Index | None:
        """Return the index in the file if it is of `version`, or of `any_rows` with the same analysis."""

        def is_wanted(rows: str, analysis: str) -> bool:
            return analysis == version.analysis and (any_rows or rows == version.rows)

        try:
            if not is_wanted(*store.version(self.path)):
                return None
            stored = store.read(self.path)
        except FileNotFoundError:
            return None
        except (OSError, store.DamagedError) as error:
            logger.warning("The search index is made anew: %s", error)
            return None
        # Another process may have written another one in between.
        return stored.index if is_wanted(stored.rows, stored.analysis) else None

    def _made(self, previous: Index | None, analyser: Analyser, told: Told = _untold) -> Index:
        """Return the index of the rows as they are, with what has not changed from `previous`."""
        draft = Draft(self.source.listing(), previous, self.source.groups)
        missing = draft.missing
        return draft.filled(told(self.source.documents(analyser, missing), len(missing)))


def _database() -> str:
    """Return a name for the database that says nothing about it."""
    used = [str(connection.settings_dict[key]) for key in ("ENGINE", "HOST", "PORT", "NAME")]
    return hashlib.sha256(" ".join(used).encode()).hexdigest()[:12]
