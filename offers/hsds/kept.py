"""Files with all offers: made once for each state of the data, and kept on the disk while it lasts.

A file is named by the state it was made of and by its checksum, so that neither can be of another file.
Where nothing can be written, a file is made for each reader (docs/decisions/0019).
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings

from offers.hsds import rows
from offers.search import store, versions

logger = logging.getLogger(__name__)

# How often a file is made anew because the data changed while it was written; then it may be a mixture.
ATTEMPTS = 3
Write = Callable[[IO[bytes]], None]


@dataclass(frozen=True)
class Kept:
    """A file, open to be read: its SHA-256, its length in bytes, and since when it is as it is."""

    file: IO[bytes]
    checksum: str
    size: int
    changed: datetime


def opened(name: str, write: Write) -> Kept:
    """Return the file of that name as of now; `write` makes it when it is not there."""
    found = at_hand(name)
    if found:
        return found
    folder = settings.DATA_FILES_DIR
    try:
        with store.writing(folder / f"{name}.file"):
            # While we waited, another process may have made it.
            return at_hand(name) or _made(folder, name, write)
    except OSError as error:
        logger.warning("The files with all offers cannot be kept: %s", error)
        return _lent(write)


def at_hand(name: str) -> Kept | None:
    """Return the file of that name as of now; None when nobody has made it yet. One query."""
    return _found(name, _state())


def known(names: Iterable[str]) -> dict[str, Kept]:
    """Return what is known of those files that are made, by name; none of them is open. One query."""
    state = _state()
    found = {name: _found(name, state) for name in names}
    for each in found.values():
        if each:
            each.file.close()
    return {name: each for name, each in found.items() if each}


def _state() -> str:
    """Return what differs whenever a file may: data, day, program and settings. One query."""
    program = versions.of_software(Path(__file__).parent.parent)
    named = (settings.BASE_URL, settings.SITE_NAME, settings.CONTACT_EMAIL)
    return hashlib.sha256(repr((rows.version(), program, named)).encode()).hexdigest()[:16]


def _found(name: str, state: str) -> Kept | None:
    """Return the file of that name that was made of a state of the data."""
    for path in settings.DATA_FILES_DIR.glob(f"{state}.*.{name}"):
        try:
            file = path.open("rb")
        except FileNotFoundError:  # a newer one has just taken its place
            continue
        return _told(file, path.name.split(".")[1])
    return None


def _told(file: IO[bytes], checksum: str) -> Kept:
    """Return an open file with what is known of it."""
    about = os.fstat(file.fileno())
    return Kept(file, checksum, about.st_size, datetime.fromtimestamp(int(about.st_mtime), UTC))


def _made(folder: Path, name: str, write: Write) -> Kept:
    """Make the file and let it take the place of the one before; the lock is held.

    One that came out as it was before keeps the time since when it is so.
    """
    new = folder / f"{name}.new.tmp"
    for _ in range(ATTEMPTS):
        state = _state()
        with new.open("w+b") as file:
            write(file)
            checksum = _checksum(file)
        if _state() == state:
            break
    same = next(folder.glob(f"*.{checksum}.{name}"), new)
    last = same.rename(folder / f"{state}.{checksum}.{name}")
    new.unlink(missing_ok=True)
    for old in folder.glob(f"*.{name}"):
        if old != last:
            old.unlink(missing_ok=True)
    return _told(last.open("rb"), checksum)


def _lent(write: Write) -> Kept:
    """Return a file that is gone when it is closed."""
    file = TemporaryFile()  # noqa: SIM115 (whoever reads it closes it)
    write(file)
    checksum = _checksum(file)
    file.seek(0)
    return _told(file, checksum)


def _checksum(file: IO[bytes]) -> str:
    """Return the SHA-256 of the whole of an open file."""
    file.flush()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
