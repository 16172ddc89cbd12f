"""Files with all offers: made once for each state of the data, and kept on the disk while it lasts.

A file is named by the state it was made of and by its checksum, so that neither can be of another file.
After a change a new one is made beside, and whoever asks meanwhile gets the one before, for as long as
`settings.DATA_FILES_GRACE` allows. Where nothing can be written, a file is made for each reader
(docs/decisions/0019 and 0022).
"""

import hashlib
import logging
import os
import time
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock, Thread
from typing import IO

from django.conf import settings
from django.db import connections

from offers.hsds import rows
from offers.search import store, versions

logger = logging.getLogger(__name__)

# How often a file is made anew because the data changed while it was written; then it may be a mixture.
ATTEMPTS = 3
# Seconds that a reader waits for a new file: when there is an older one to give, and when there is none.
MOMENT, PATIENCE, PAUSE = 2.0, 25.0, 0.05
# Seconds between two notes that a file still is as the data are; each reader may find it so.
NOTED_EVERY = 15
Write = Callable[[IO[bytes]], None]
# A process makes one file at a time; each takes all of a processor.
_turn = Lock()


class NotYetError(Exception):
    """A file is being made, and there is none before it that may still be given."""


@dataclass(frozen=True)
class Kept:
    """A file, open to be read: its SHA-256, its length in bytes, and since when it is as it is."""

    file: IO[bytes]
    checksum: str
    size: int
    changed: datetime


class Beside(Thread):
    """What is done while readers are answered; it has a connection to the database of its own."""

    def run(self) -> None:
        """Do it; a fault is told to those who run the site, since nobody waits for the end."""
        try:
            super().run()
        except Exception:
            logger.exception("A file with all offers could not be made.")
        finally:
            connections.close_all()


def opened(writers: Mapping[str, Write]) -> dict[str, Kept]:
    """Return the files of those names; each writer makes its own when it is not there.

    Each is as of now, or the one before, as it was until `DATA_FILES_GRACE` seconds ago or later. Raises
    NotYetError when one of them can be neither soon.
    """
    now, state = time.time(), state_of_data()
    given = {name: file for name in writers if (file := _found(name, state))}
    for name in given:
        if now - _noted(name) >= NOTED_EVERY:
            _note(settings.DATA_FILES_DIR, name, now)
    missing = {name: write for name, write in writers.items() if name not in given}
    if not settings.DATA_FILES_GRACE:
        return given | {name: _waited_for(name, write) for name, write in missing.items()}
    with ExitStack() as unless_all:
        for file in given.values():
            unless_all.callback(file.file.close)
        given |= _meanwhile(missing, state)
        unless_all.pop_all()
    return given


def _waited_for(name: str, write: Write) -> Kept:
    """Return the file of that name as of now; whoever makes it, one waits for it."""
    folder = settings.DATA_FILES_DIR
    try:
        with store.writing(folder / f"{name}.file"):
            # While we waited, another process may have made it.
            return _found(name, state_of_data()) or _made(folder, name, write)
    except OSError as error:
        logger.warning("The files with all offers cannot be kept: %s", error)
        return _lent(write)


def _meanwhile(writers: Mapping[str, Write], state: str) -> dict[str, Kept]:
    """Return files that are not as of now: after a moment, or from before; raises NotYetError."""
    given: dict[str, Kept] = {}
    is_begun = False
    for name, write in writers.items():
        try:
            is_begun |= _begin(name, write)
        except OSError as error:
            logger.warning("The files with all offers cannot be kept: %s", error)
            given[name] = _lent(write)
    missing = writers.keys() - given.keys()
    # Of these, whatever comes is new enough.
    without = {name for name in missing if not _closed(_before(name))}
    until = time.monotonic() + (PATIENCE if without else MOMENT if is_begun else 0.0)
    while missing and time.monotonic() < until:
        given |= _there(missing, state, without)
        missing -= given.keys()
        time.sleep(PAUSE if missing else 0.0)
    given |= _there(missing, state, missing)
    if missing - given.keys():
        for file in given.values():
            file.file.close()
        raise NotYetError
    return given


def _there(names: Iterable[str], state: str, old: Container[str]) -> dict[str, Kept]:
    """Return those of the files that are there: as of a state, or, of some, as of any that may be given."""
    found = {name: _found(name, state) or (_before(name) if name in old else None) for name in names}
    return {name: file for name, file in found.items() if file}


def _begin(name: str, write: Write) -> bool:
    """Let the file be made beside, unless somebody is at it; return whether it was begun.

    Raises OSError where nothing can be written.
    """
    folder = settings.DATA_FILES_DIR
    with ExitStack() as claim:
        try:
            claim.enter_context(store.writing(folder / f"{name}.file", wait=False))
        except BlockingIOError:
            return False
        Beside(target=_make_in_turn, args=(claim.pop_all(), folder, name, write), daemon=True).start()
    return True


def _make_in_turn(claim: ExitStack, folder: Path, name: str, write: Write) -> None:
    """Make the file, and let go of the claim to it."""
    with claim, _turn:
        if not _closed(_found(name, state_of_data())):
            _closed(_made(folder, name, write))


def _before(name: str) -> Kept | None:
    """Return the latest file of that name, if it was as the data were, and not too long ago."""
    is_recent = time.time() - _noted(name) <= settings.DATA_FILES_GRACE
    return _opened(name, "*") if is_recent else None


def _noted(name: str) -> float:
    """Return when the file of that name last was as the data are, in seconds since 1970; 0 if never."""
    try:
        return (settings.DATA_FILES_DIR / f"{name}.seen").stat().st_mtime
    except OSError:
        return 0.0


def _note(folder: Path, name: str, at: float) -> None:
    """Note that the file of that name was as the data were at a time."""
    with suppress(OSError):  # then it passes for older than it is
        (folder / f"{name}.seen").touch()
        os.utime(folder / f"{name}.seen", (at, at))


def known(names: Iterable[str]) -> dict[str, Kept]:
    """Return what is known of the files that would be given, by name; none of them is open. One query."""
    state = state_of_data()
    found = {name: _closed(_found(name, state) or _before(name)) for name in names}
    return {name: each for name, each in found.items() if each}


def _closed(kept: Kept | None) -> Kept | None:
    """Return what is known of a file that one does not read."""
    if kept:
        kept.file.close()
    return kept


def state_of_data() -> str:
    """Return what differs whenever a file may: data, day, program and settings. One query."""
    program = versions.of_software(Path(__file__).parent.parent)
    named = (settings.BASE_URL, settings.SITE_NAME, settings.CONTACT_EMAIL)
    return hashlib.sha256(repr((rows.version(), program, named)).encode()).hexdigest()[:16]


def _found(name: str, state: str) -> Kept | None:
    """Return the file of that name that was made of a state of the data."""
    return _opened(name, state)


def _opened(name: str, state: str) -> Kept | None:
    """Return the file of that name and a state, or of any."""
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
        begun, state = time.time(), state_of_data()
        with new.open("w+b") as file:
            write(file)
            checksum = _checksum(file)
        if state_of_data() == state:
            break
    same = next(folder.glob(f"*.{checksum}.{name}"), new)
    last = same.rename(folder / f"{state}.{checksum}.{name}")
    new.unlink(missing_ok=True)
    for old in folder.glob(f"*.{name}"):
        if old != last:
            old.unlink(missing_ok=True)
    _note(folder, name, begun)
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
