"""The two ways: a copy of the database as one file, checked; and a file in the place of the database."""

from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from directory.backup import archive
from directory.backup.archive import BackupError, Manifest
from directory.backup.engines import engine, rows_now
from directory.version import version

# What `migrate` fills by itself in a database that nobody has used yet.
FILLED_AT_ONCE = {"django_migrations", "django_content_type", "auth_permission"}


def make(folder: Path) -> tuple[Path, Manifest]:
    """Write a copy to `folder`, read it back, and return it. Raises BackupError and OSError."""
    own = engine()
    with archive.workshop(folder) as place:
        content = place / own.content
        made_at = timezone.now()
        rows = own.dump(content)
        manifest = Manifest(
            version=version(),
            made_at=made_at.isoformat(timespec="seconds"),
            engine=own.name,
            migrations=applied(),
            rows=rows,
            content=own.content,
            size=content.stat().st_size,
            sha256=archive.sha256_of(content),
        )
        file = archive.pack(content, manifest, place)
        content.unlink()  # it is read back from the copy
        check(file, place)
        to = folder / archive.new_name()
        archive.publish(file, to)
    return to, manifest


def check(file: Path, place: Path) -> tuple[Manifest, Path]:
    """Read a copy whole into `place`, and return what it says and its database; raises BackupError."""
    manifest, content = archive.unpack(file, place)
    own = engine()
    if manifest.engine != own.name:
        raise BackupError(
            f"Kopien er fra {manifest.engine}, men DATABASE_URL er en {own.name}-database. "
            "Læg den tilbage i en database af samme slags."
        )
    if wrong := archive.differing(manifest.rows, own.count(content)):
        raise BackupError(f"Kopien er ikke hel: {'; '.join(wrong)}. Brug en anden kopi.")
    return manifest, content


def restore(file: Path, *, replace: bool) -> Manifest:
    """Put a copy in the place of the database, and bring it up to date. Raises BackupError and OSError.

    Nothing is touched before the whole copy has been read and found to be in order.
    """
    with archive.workshop() as place:
        manifest, content = check(file, place)
        known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        if newer := [name for name in manifest.migrations if tuple(name.split(".", 1)) not in known]:
            raise BackupError(
                f"Kopien er fra en nyere udgave ({manifest.version}), som kender {newer[0]}. "
                "Opdatér Vejviser først."
            )
        if not replace and (filled := holds()):
            raise BackupError(
                f"Databasen er ikke tom: der er {filled} poster. Intet er ændret. Tilføj --replace, "
                "hvis de skal væk. Tag en kopi af dem først."
            )
        engine().load(content)
    if wrong := archive.differing(manifest.rows, rows_now()):
        raise BackupError(f"Databasen er ikke som kopien: {'; '.join(wrong)}.")
    call_command("migrate", interactive=False, verbosity=0)
    Session.objects.all().delete()  # who was logged in then is not so now
    call_command("index", verbosity=0)
    return manifest


def holds() -> int:
    """Return how many rows somebody has put into the database."""
    rows = rows_now()
    return sum(count for table, count in rows.items() if table not in FILLED_AT_ONCE)


def applied() -> list[str]:
    """Return the migrations that the database has, as “offers.0001_…”."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def last() -> Path | None:
    """Return the newest copy in the folder of the settings, if there is one that we can see."""
    try:
        return next(reversed(archive.copies(settings.BACKUP_DIR)), None)
    except OSError:
        return None
