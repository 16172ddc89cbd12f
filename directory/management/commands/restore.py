"""Put a copy of `manage.py backup` in the place of the database."""

import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from directory.backup.archive import BackupError, workshop
from directory.backup.making import check, restore


class Command(BaseCommand):
    """Reads a copy whole, puts it in the place of the database, and builds the search anew."""

    help = "Læg en kopi tilbage i databasen, og byg søgningen igen."

    def add_arguments(self, parser):
        """Take the file, and whether what is there may go."""
        parser.add_argument("file", type=Path, help="Kopien, som manage.py backup skrev.")
        parser.add_argument("--replace", action="store_true", help="Slet det, der er i databasen nu.")
        parser.add_argument("--check", action="store_true", help="Læs kun kopien efter; ændr intet.")

    def handle(self, *args, file, replace=False, **options):
        """Do it, and say what came back."""
        try:
            if options["check"]:
                with workshop() as place:
                    manifest, _ = check(file, place)
            else:
                manifest = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"Databasen tog ikke imod kopien: {error}") from error
        except OSError as error:
            raise CommandError(
                f"Kopien kunne ikke læses eller pakkes ud: {error.strerror}. Der skal være plads i "
                f"{tempfile.gettempdir()}; sæt TMPDIR for at bruge et andet sted."
            ) from error
        said = "er hel" if options["check"] else "er lagt tilbage, og søgningen er bygget igen"
        rows = sum(manifest.rows.values())
        text = f"Kopien fra {manifest.made_at} (udgave {manifest.version}, {rows} poster) {said}."
        self.stdout.write(self.style.SUCCESS(text))
