"""An index as a file that all processes of a machine share, by mapping it into memory when it is large.

The file is a line that names the format, the length of a JSON header, the header, and the arrays one after
the other, each at a multiple of 64 bytes. It is written beside the old one and then renamed, so that a
reader sees the one or the other whole, even when the writer is killed; a checksum finds any damage.
"""

import fcntl
import json
import mmap
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from offers.search.index import COLUMNS, TABLES, Facet, Index
from offers.search.postings import Postings

MAGIC = b"vejviser-index 1\n"
ALIGNMENT = 64
LENGTH_BYTES = 8
# Smaller files are read, larger ones mapped: who cuts a mapped file short in place, rather than
# replacing it as we do, ends the processes that have it mapped (SIGBUS).
MAPPED_FROM = 8 * 1024 * 1024


class DamagedError(Exception):
    """The file is no index, or not the one that was written."""


@dataclass(frozen=True)
class Stored:
    """An index with the version of the rows, and of the analysis, that it was made of."""

    index: Index
    rows: str
    analysis: str


def write(path: Path, stored: Stored) -> None:
    """Replace the file at `path` by `stored`; raises OSError when that cannot be done."""
    arrays = _arrays(stored.index)
    blocks = [np.ascontiguousarray(array) for array in arrays.values()]
    checksum = 0
    for block in blocks:
        checksum = zlib.crc32(block.data.cast("B") if block.size else b"", checksum)
    header = {
        "rows": stored.rows,
        "analysis": stored.analysis,
        "names": [stored.index.terms.names, stored.index.words.names],
        "values": {group: facet.values for group, facet in stored.index.facets.items()},
        "arrays": [[name, array.dtype.str, array.shape] for name, array in arrays.items()],
        "checksum": checksum,
    }
    text = json.dumps(header, ensure_ascii=False).encode()
    new = path.with_suffix(f".{os.getpid()}.tmp")
    with new.open("wb") as file:
        file.write(
            MAGIC + len(text).to_bytes(LENGTH_BYTES) + zlib.crc32(text).to_bytes(LENGTH_BYTES) + text
        )
        for block in blocks:
            file.write(b"\0" * (-file.tell() % ALIGNMENT))
            file.write(block.data.cast("B") if block.size else b"")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read(path: Path) -> Stored:
    """Return what is stored at `path`; raises DamagedError, or OSError when there is no such file."""
    with path.open("rb") as file:
        try:
            if os.fstat(file.fileno()).st_size < MAPPED_FROM:
                return _unpacked(memoryview(file.read()))
            return _unpacked(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(f"{path.name}: {error}") from error


def _unpacked(data: memoryview) -> Stored:
    """Return what the bytes of a file hold; raises ValueError when they are not as they were written."""
    place = len(MAGIC) + 2 * LENGTH_BYTES
    length, checksum = (
        int.from_bytes(data[at : at + LENGTH_BYTES]) for at in (len(MAGIC), len(MAGIC) + LENGTH_BYTES)
    )
    text = data[place : place + length]
    if data[: len(MAGIC)] != MAGIC or zlib.crc32(text) != checksum:
        raise ValueError("the header is damaged")
    header = json.loads(bytes(text))
    place += length
    arrays, checksum = {}, 0
    for name, kind, shape in header["arrays"]:
        place += -place % ALIGNMENT
        dtype, count = np.dtype(kind), int(np.prod(shape))
        block = data[place : place + count * dtype.itemsize]
        checksum = zlib.crc32(block, checksum)
        arrays[name] = np.frombuffer(block, dtype, count).reshape(shape)
        place += len(block)
    if checksum != header["checksum"]:
        raise ValueError("the arrays are damaged")
    return Stored(_index(header, arrays), header["rows"], header["analysis"])


def _arrays(index: Index) -> dict[str, np.ndarray]:
    """Return the arrays of an index by name."""
    lists = {"terms": index.terms, "words": index.words}
    return {
        "keys": index.keys,
        "signatures": index.signatures,
        **{
            f"{name}.{part}": getattr(found, part)
            for name, found in lists.items()
            for part in ("start", "docs", "weights")
        },
        **{f"facets.{group}": facet.has for group, facet in index.facets.items()},
        **index.columns,
        **index.tables,
    }


def _index(header: dict[str, Any], arrays: dict[str, np.ndarray]) -> Index:
    """Put an index together again."""
    terms, words = (
        Postings(tuple(names), *(arrays[f"{name}.{part}"] for part in ("start", "docs", "weights")))
        for name, names in zip(("terms", "words"), header["names"], strict=True)
    )
    return Index(
        keys=arrays["keys"],
        signatures=arrays["signatures"],
        terms=terms,
        words=words,
        facets={
            group: Facet(tuple(values), arrays[f"facets.{group}"])
            for group, values in header["values"].items()
        },
        columns={name: arrays[name] for name in COLUMNS},
        tables={name: arrays[name] for name in TABLES},
    )


@contextmanager
def writing(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Let one process at a time write the file at `path`; the lock goes with the process that dies.

    What a killed writer left half-written is swept away. Whoever will not wait gets a BlockingIOError while
    another writes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        for rest in path.parent.glob(f"{path.stem}.*.tmp"):
            rest.unlink(missing_ok=True)
        yield
