"""Copy the whole database to one file, while the site runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.backup import archive
from directory.backup.making import make


class Command(BaseCommand):
    """Writes a copy, reads it back, and deletes those that are too old."""

    help = "Tag en kopi af hele databasen, mens siden kører, og slet de ældste kopier."

    def add_arguments(self, parser):
        """Take where to, and how many are kept."""
        parser.add_argument("target", nargs="?", type=Path, help="Mappen; ellers BACKUP_DIR.")
        parser.add_argument("--keep", type=int, help="Så mange kopier gemmes; ellers BACKUP_KEEP.")

    def handle(self, *args, target=None, keep=None, **options):
        """Do it, and say how much there is."""
        folder = target or settings.BACKUP_DIR
        keep = settings.BACKUP_KEEP if keep is None else keep
        if keep < 1:
            raise CommandError("--keep skal være mindst 1: den nye kopi selv.")
        try:
            file, manifest = make(folder)
            gone = archive.prune(folder, keep)
        except archive.BackupError as error:
            raise CommandError(f"Der er ikke taget nogen kopi. {error}") from error
        except OSError as error:
            raise CommandError(
                f"Der er ikke taget nogen kopi: {error.strerror}, i {folder}. Giv plads eller ret til at "
                "skrive der, eller vælg en anden mappe."
            ) from error
        size, rows = file.stat().st_size / 1e6, sum(manifest.rows.values())
        self.stdout.write(
            self.style.SUCCESS(f"{file}: {rows} poster, {size:.1f} MB. Kopien er læst efter.")
        )
        self.stdout.write("Den rummer personers adgangskoder (som hash) og totrinslogin: gem den som de.")
        for path in gone:
            self.stdout.write(f"{path} er slettet.")
