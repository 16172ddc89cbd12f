"""Load the data of `fixtures/` into the database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.fixtures import FixtureError, load
from offers.models import Offer


class Command(BaseCommand):
    """Loads every file of `fixtures/` in the order of their names, all of it or none."""

    help = "Indlæser data fra fixtures/: alt eller intet."

    def add_arguments(self, parser):
        """Take the files to load, and whether a filled database is left alone."""
        parser.add_argument("files", nargs="*", type=Path, help="Filer; ellers alle i fixtures/.")
        parser.add_argument(
            "--if-empty", action="store_true", help="Gør intet, når der allerede er tilbud."
        )

    def handle(self, *args, **options):
        """Load, and say what came in."""
        if options["if_empty"] and Offer.objects.exists():
            self.stdout.write("Der er allerede data; intet er indlæst.")
            return
        files = options["files"] or sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))
        try:
            counts = load(files)
        except FixtureError as error:
            raise CommandError(f"Intet er indlæst. {error}") from error
        for name, by_model in counts.items():
            parts = ", ".join(f"{number} {label}" for label, number in by_model.items())
            self.stdout.write(f"{name}: {parts}", self.style.SUCCESS if by_model else None)
        total = sum(by_model.total() for by_model in counts.values())
        self.stdout.write(self.style.SUCCESS(f"{total} poster er indlæst."))
