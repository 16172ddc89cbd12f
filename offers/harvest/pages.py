"""The records of another directory's API: page by page, with an end to whatever it answers."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from offers.harvest.fetching import Fetcher, HarvestError
from offers.harvest.spool import NOT_HSDS, ORGANIZATION, SERVICE, Record, Spool

# A page of a list, in bytes; HSDS names no largest size.
MOST_OF_A_PAGE, PER_PAGE, MOST_PAGES = 30_000_000, 100, 2_000
# A service that has none of these in a list may have them on its own page: `full` is not known everywhere.
AROUND = {
    "phones",
    "schedules",
    "service_at_locations",
    "service_areas",
    "attributes",
    "contacts",
    "languages",
}
RING = "Kilden svarer med de samme tilbud igen og igen. Intet er gemt. Sig det til dem, der driver den."


def read_api(fetcher: Fetcher, base: str, spool: Spool) -> None:
    """Put all services and organisations of the API at `base` into the spool; raises HarvestError."""
    for record in _listed(fetcher, base, SERVICE):
        if not AROUND & set(record) and record.get("status") != "defunct" and record.get("id"):
            record = _object(
                fetcher, f"{base}/{SERVICE}/{quote(str(record['id']), safe='')}", MOST_OF_A_PAGE
            )
        _add(spool, SERVICE, record)
    try:
        for record in _listed(fetcher, base, ORGANIZATION):
            _add(spool, ORGANIZATION, {**record, "services": None})
    except HarvestError:
        # The list of organisations is optional; each service names its own.
        return


def _add(spool: Spool, kind: str, record: Record) -> None:
    """Keep a record that a list may have twice, when something moved between two pages."""
    spool.add(kind, record)


def _listed(fetcher: Fetcher, base: str, name: str):
    """Yield the records of a list; raises HarvestError when it does not end."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        page = _page(fetcher, f"{base}/{name}", number)
        contents = page.get("contents")
        if not isinstance(contents, list) or not all(isinstance(each, dict) for each in contents):
            raise HarvestError(NOT_HSDS)
        new = [each for each in contents if str(each.get("id")) not in seen]
        yield from new
        seen |= {str(each.get("id")) for each in new}
        total = page.get("total_pages")
        is_last = page.get("last_page") is True or (isinstance(total, int) and number >= total)
        if is_last or not contents or page.get("empty") is True:
            return
        if not new:
            raise HarvestError(RING)
    raise HarvestError(RING)


def _page(fetcher: Fetcher, address: str, number: int) -> Record:
    """Return one page; a server that refuses what it does not know is asked for less."""
    asked = {"page": number, "per_page": PER_PAGE, "full": "true"}
    try:
        return _object(fetcher, f"{address}?{urlencode(asked)}", MOST_OF_A_PAGE)
    except HarvestError:
        return _object(fetcher, f"{address}?{urlencode({'page': number})}", MOST_OF_A_PAGE)


def _object(fetcher: Fetcher, address: str, most: int) -> Record:
    """Return the JSON object at an address; raises HarvestError."""
    with fetcher.get(address, most) as body:
        found = parsed(body.read())
    if not isinstance(found, dict):
        raise HarvestError(NOT_HSDS)
    return found


def parsed(text: bytes | str) -> Any:
    """Return what a JSON text says; raises HarvestError for any other, and for one that is too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise HarvestError("Svaret er ikke JSON. Giv adressen på et HSDS-API, eller en fil.") from None
