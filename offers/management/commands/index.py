"""Build the search indexes anew, or check them against the rows."""

import sys
import time
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from offers.search import audit, rules, store
from offers.search.documents import Document
from offers.search.following import Follower
from offers.search.index import Index

BAR_WIDTH = 30
SECONDS_BETWEEN = 0.1


class Command(BaseCommand):
    """Reads every row and analyses every text, while the site goes on with what it has."""

    help = "Bygger søgningens indeks forfra. Med --check: sammenligner med det, der ligger, og retter."

    def add_arguments(self, parser):
        """Take whether to compare."""
        parser.add_argument("--check", action="store_true", help="Analysér alt igen, sammenlign og ret.")

    def handle(self, *args, check=False, **options):
        """Say what was done, a line an index."""
        if check:
            for name, count in audit.mend_derived().items():
                self.stdout.write(f"{name}: forældede ord i {count}, som nu er rettet")
        for follower in map(import_string, settings.SEARCH_INDEXES):
            try:
                self._rebuild(follower, check)
            except OSError as error:
                raise CommandError(
                    f"Indekset kan ikke skrives i {follower.path.parent}: {error.strerror}. "
                    "Giv processen ret til at skrive der, eller sæt SEARCH_INDEX_DIR."
                ) from error

    def _rebuild(self, follower: Follower, check: bool) -> None:
        """Build one index, and compare it with the one before when asked to."""
        before = self._searched(follower)
        if check:
            rules.read_again()  # what was changed in them by hand-made SQL, no index tells
        start = time.monotonic()
        index = follower.rebuilt(self._watched)
        seconds = time.monotonic() - start
        name = follower.source.name
        self.stdout.write(f"{name}: {len(index)} dokumenter, {len(index.terms.names)} ord, {seconds:.1f} s")
        keys = [] if before is None else audit.differing(before, index)
        follower.source.touch(keys)  # so that every process reads them again
        if check:
            told = f"{len(keys)} var ikke som i databasen og er rettet" if keys else "indekset passede"
            self.stdout.write(f"{name}: {told}")

    def _searched(self, follower: Follower) -> Index | None:
        """Return the index that one would have searched; None, said aloud, when its file was no good."""
        try:
            store.read(follower.path)
        except FileNotFoundError:
            self.stdout.write(f"{follower.source.name}: der var intet indeks endnu")
        except store.DamagedError:
            self.stdout.write(f"{follower.source.name}: filen var beskadiget og er lavet igen")
        else:
            return follower.reader().index
        return None

    def _watched(self, documents: Iterable[Document], count: int) -> Iterator[Document]:
        """Pass the documents on, and show on a terminal how far one has come."""
        shown = 0.0
        for number, document in enumerate(documents, start=1):
            yield document
            if sys.stderr.isatty() and (time.monotonic() - shown > SECONDS_BETWEEN or number == count):
                shown = time.monotonic()
                bar = "█" * (BAR_WIDTH * number // count)
                end = "\n" if number == count else ""
                self.stderr.write(f"\r{bar:·<{BAR_WIDTH}} {number}/{count}", ending=end)
                self.stderr.flush()
