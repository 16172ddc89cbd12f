"""Where the records come from: the address of an API, or a file, here or on the net."""

from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from offers.harvest import values
from offers.harvest.fetching import Fetcher, HarvestError
from offers.harvest.pages import parsed, read_api
from offers.harvest.spool import NOT_HSDS, ORGANIZATION, SERVICE, Record, Spool
from offers.harvest.tabular import read_folder, read_zip

# JSON is read at once, a line at a time is enough for NDJSON.
MOST_JSON, LONGEST_LINE = 30_000_000, 5_000_000
TOO_LARGE = "JSON-filen er for stor. Brug NDJSON: én post på hver linje."


def read(source: str, spool: Spool) -> str:
    """Put all records of `source` into the spool, and return its name; raises HarvestError."""
    if source.startswith(("http://", "https://")):
        name = _read_address(source, spool)
    else:
        name = _read_path(Path(source), spool)
    if not spool.count(SERVICE):
        raise HarvestError(NOT_HSDS)
    return name


def _read_address(url: str, spool: Spool) -> str:
    """Read an API or a file on the net; the source is the address of the API, or of the file."""
    fetcher = Fetcher()
    parts = urlsplit(url)
    base = url.partition("?")[0].rstrip("/").removesuffix(f"/{SERVICE}")
    if parts.path.endswith(f"/{SERVICE}"):
        read_api(fetcher, base, spool)
        return base
    with fetcher.get(url) as body:
        if body.read(1) == b"{" and (first := _first(body)) and not _is_record(first):
            read_api(fetcher, base, spool)
            return base
        body.seek(0)
        _read_body(body, spool)
    return url


def _first(body: IO[bytes]) -> Record | None:
    """Return the object that the whole of a short answer is; None for anything else."""
    body.seek(0)
    text = body.read(LONGEST_LINE)
    try:
        found = parsed(text)
    except HarvestError:
        return None
    return found if isinstance(found, dict) else None


def _is_record(found: Record) -> bool:
    """Whether an object is a service, or a page of them, and not the root of an API."""
    return "contents" in found or {"id", "name"} <= set(found) or SERVICE in found


def _read_path(path: Path, spool: Spool) -> str:
    """Read a file, or a folder with the tables of a package; the source is its name."""
    try:
        if path.is_dir() or path.suffix.lower() == ".csv":
            read_folder(path if path.is_dir() else path.parent, spool)
        else:
            with path.open("rb") as file:
                _read_body(file, spool)
    except OSError:
        raise HarvestError(f"Vi kan ikke læse filen {path.name}. Ret navnet, og prøv igen.") from None
    return path.name


def _read_body(body: IO[bytes], spool: Spool) -> None:
    """Read a file of any kind: packed tables, JSON, or JSON line by line."""
    beginning = body.read(4)
    body.seek(0)
    if beginning.startswith(b"PK"):
        read_zip(body, spool)
        return
    first = body.readline(LONGEST_LINE).strip()
    second = body.readline(LONGEST_LINE).strip()
    body.seek(0)
    if first.startswith(b"{") and first.endswith(b"}") and (not second or second.startswith(b"{")):
        _read_lines(body, spool)
    else:
        text = body.read(MOST_JSON + 1)
        if len(text) > MOST_JSON:
            raise HarvestError(TOO_LARGE)
        _read_whole(parsed(text), spool)


def _read_lines(body: IO[bytes], spool: Spool) -> None:
    """Read NDJSON."""
    while line := body.readline(LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            raise HarvestError("En linje i filen er for lang. Intet er gemt.")
        if line.strip():
            _read_whole(parsed(line), spool)


def _read_whole(found: object, spool: Spool) -> None:
    """Keep a record, a list of records, a page of them, or an organisation with its services."""
    several = found.get("contents") if isinstance(found, dict) else found
    if isinstance(several, list):
        for each in several:
            spool.add(SERVICE, each)
    elif not isinstance(found, dict) or not {"id", "name", SERVICE} & set(found):
        raise HarvestError(NOT_HSDS)
    elif "status" not in found and isinstance(found.get(SERVICE), list):
        _read_organisation(found, spool)
    else:
        spool.add(SERVICE, found)


def _read_organisation(found: Record, spool: Spool) -> None:
    """Keep an organisation and its services; without an id it is no more than what they stand in."""
    own = {**found, SERVICE: None}
    if found.get("id"):
        spool.add(ORGANIZATION, own)
    for each in values.rows(found[SERVICE]):
        spool.add(SERVICE, {"organization": own, **each} if found.get("id") else each)
