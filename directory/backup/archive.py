"""One file with the whole database in it, and beside it what tells whether all of it is there.

A zip with two members: `manifest.json` (`Manifest`) and the database, in the form of its own engine. The
file can be opened by its owner alone, and has its name only when it is whole.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import timezone

MANIFEST = "manifest.json"
FORMAT = 1
NAME = re.compile(r"vejviser-\d{8}T\d{6}\.\d{6}Z\.zip")
OWNER_ONLY = 0o600
CHUNK = 1 << 20


class BackupError(Exception):
    """Says in Danish what is wrong, and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a copy holds: of which version of the site, and how much."""

    version: str
    made_at: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]  # of each table
    content: str  # the name of the other member
    size: int  # bytes
    sha256: str
    format: int = FORMAT


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def new_name() -> str:
    """Return the name of a copy made now; names in the order of letters are in the order of time."""
    return f"vejviser-{timezone.now():%Y%m%dT%H%M%S.%fZ}.zip"


def copies(folder: Path) -> list[Path]:
    """Return the copies in a folder, the oldest first; other files are none of ours."""
    return sorted(path for path in folder.glob("vejviser-*.zip") if NAME.fullmatch(path.name))


@contextmanager
def workshop(folder: Path | None = None) -> Iterator[Path]:
    """Give a place that only we can look into, in `folder` or where the machine keeps such; gone after."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(".vejviser-*"):  # of somebody who was killed
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".vejviser-", dir=folder) as place:
        yield Path(place)


def pack(content: Path, manifest: Manifest, place: Path) -> Path:
    """Return a whole copy in `place`."""
    file = place / "copy.zip"
    file.touch(mode=OWNER_ONLY, exist_ok=False)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
        archive.write(content, manifest.content)
    return file


def publish(file: Path, to: Path) -> None:
    """Give a whole copy its name; after a loss of power it is there or not, never half."""
    _to_disk(file)
    file.replace(to)
    _to_disk(to.parent)


def _to_disk(path: Path) -> None:
    """Wait until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unpack(file: Path, place: Path) -> tuple[Manifest, Path]:
    """Return what a copy says of itself, and its database, put in `place`; raises BackupError."""
    damaged = BackupError(f"{file} er ikke en hel kopi fra Vejviser. Brug en anden kopi.")
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            content = place / "content"
            with archive.open(manifest.content) as packed, content.open("wb") as whole:
                shutil.copyfileobj(packed, whole, CHUNK)
    except FileNotFoundError:
        raise BackupError(f"{file} findes ikke. Skriv stien til en kopi.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError) as error:
        raise damaged from error
    if manifest.format != FORMAT or sha256_of(content) != manifest.sha256:
        raise damaged
    return manifest, content


def differing(told: dict[str, int], found: dict[str, int]) -> list[str]:
    """Return, in Danish, the tables that do not hold as many rows as they should."""
    tables = sorted(told.keys() | found.keys())
    return [
        f"{table}: {found.get(table, 'ingen tabel')} i stedet for {told.get(table, 'ingen tabel')}"
        for table in tables
        if told.get(table) != found.get(table)
    ]


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete the oldest copies but the last `keep`, and return them."""
    gone = copies(folder)[:-keep]
    for path in gone:
        path.unlink()
    return gone
