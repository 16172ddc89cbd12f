"""An index as a file that all processes of a machine share, by mapping it into memory when it is large.

The file is a line that names the format, two pieces of JSON, each after its length and its checksum (one
says of what version it is, the other what is in it), and the arrays one after the other, each at a multiple
of 64 bytes. It is written beside the old one and then renamed, so that a reader sees the one or the other
whole, even when the writer is killed; a checksum finds any damage.
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

MAGIC = b"vejviser-index 2\n"
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
    stamp = {"rows": stored.rows, "analysis": stored.analysis}
    header = {
        "names": [stored.index.terms.names, stored.index.words.names],
        "values": {group: facet.values for group, facet in stored.index.facets.items()},
        "arrays": [[name, array.dtype.str, array.shape] for name, array in arrays.items()],
        "checksum": checksum,
    }
    new = path.with_suffix(f".{os.getpid()}.tmp")
    with new.open("wb") as file:
        file.write(MAGIC + _json(stamp) + _json(header))
        for block in blocks:
            file.write(b"\0" * (-file.tell() % ALIGNMENT))
            file.write(block.data.cast("B") if block.size else b"")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read(path: Path) -> Stored:
    """Return what is stored at `path`; raises DamagedError, or OSError when there is no such file."""
    with _bytes_of(path) as data:
        stamp, place = _json_at(data, len(MAGIC))
        return Stored(_unpacked(data, place), stamp["rows"], stamp["analysis"])


def version(path: Path) -> tuple[str, str]:
    """Return of what rows and analysis the index at `path` is, at little cost; raises as `read` does."""
    with _bytes_of(path) as data:
        stamp, _ = _json_at(data, len(MAGIC))
        return stamp["rows"], stamp["analysis"]


@contextmanager
def _bytes_of(path: Path) -> Iterator[memoryview]:
    """Read or map a file of ours; whatever turns out to be wrong with it in the block is a DamagedError."""
    with path.open("rb") as file:
        try:
            small = os.fstat(file.fileno()).st_size < MAPPED_FROM
            data = memoryview(
                file.read() if small else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            )
            if data[: len(MAGIC)] != MAGIC:
                raise ValueError("it is no index of this format")
            yield data
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(f"{path.name}: {error}") from error


def _json(value: dict[str, Any]) -> bytes:
    """Return a value as it stands in the file: after its length and its checksum."""
    text = json.dumps(value, ensure_ascii=False).encode()
    return len(text).to_bytes(LENGTH_BYTES) + zlib.crc32(text).to_bytes(LENGTH_BYTES) + text


def _json_at(data: memoryview, place: int) -> tuple[dict[str, Any], int]:
    """Return the value that `_json` wrote at `place`, and what place comes after it."""
    begins = place + 2 * LENGTH_BYTES
    length, checksum = (
        int.from_bytes(data[at : at + LENGTH_BYTES]) for at in (place, place + LENGTH_BYTES)
    )
    text = data[begins : begins + length]
    if zlib.crc32(text) != checksum:
        raise ValueError("the header is damaged")
    return json.loads(bytes(text)), begins + length


def _unpacked(data: memoryview, place: int) -> Index:
    """Return the index whose header stands at `place`; raises ValueError when it is not as was written."""
    header, place = _json_at(data, place)
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
    return _index(header, arrays)


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
