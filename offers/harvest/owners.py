"""Organisations and places of the source as ours."""

from offers.exchange.sheets import ORGANISATIONS, VENUES
from offers.harvest import values
from offers.harvest.contacts import mailbox, phones, put_contacts
from offers.harvest.spool import Record
from offers.harvest.taken import Taken, begun, put_address, put_text, refuse_cpr
from offers.harvest.words import Words
from offers.models import Organisation

NAMELESS = "Posten har intet navn og er ikke taget."
OUTSIDE = "Adressen er ikke dansk. Kun navn, vej og by er med."


def organisation(source: str, record: Record, *, whole: bool) -> Taken:
    """Return an organisation; inside a service it is not `whole`: its contacts are left out there."""
    name = values.line(record.get("name"))
    taken = begun(source, record, name)
    put_text(taken, ORGANISATIONS, "name", name)
    kinds = {str(kind.label).casefold(): kind.value for kind in Organisation.Kind}
    legal = values.line(record.get("legal_status"))
    taken.values["kind"] = kinds.get(legal.casefold(), Organisation.Kind.UNKNOWN.value)
    numbers = [
        "".join(filter(str.isdigit, values.line(each.get("identifier"))))
        for each in values.rows(record.get("organization_identifiers"))
        if values.line(each.get("identifier_scheme")) == "DK-CVR"
        or "cvr" in values.line(each.get("identifier_type")).casefold()
    ]
    taken.values["cvr"] = next((number for number in numbers if len(number) == 8), "")
    put_address(taken, ORGANISATIONS, "url", values.line(record.get("website") or record.get("url")))
    if whole:
        put_contacts(taken, [*phones(record), *mailbox(record)])
    taken.refusal = "" if name else NAMELESS
    refuse_cpr(taken, ORGANISATIONS)
    return taken


def venue(source: str, record: Record, words: Words) -> Taken:
    """Return a place that one can come to; one that is no such place is refused."""
    address = next(iter(values.rows(record.get("addresses"))), {})
    lines = [values.line(address.get(name)) for name in ("address_1", "address_2")]
    name = values.line(record.get("name")) or lines[0]
    taken = begun(source, record, name)
    put_text(taken, VENUES, "name", name)
    put_text(taken, VENUES, "street", ", ".join(filter(None, lines)))
    put_text(taken, VENUES, "city", values.line(address.get("city")))
    put_text(taken, VENUES, "access_note", values.text(record.get("description")))
    postcode = values.line(address.get("postal_code")).removeprefix("DK-")
    is_danish = len(postcode) == 4 and postcode.isascii() and postcode.isdigit()
    if postcode and not is_danish:
        taken.notes.append(OUTSIDE)
    taken.values["postcode"] = postcode if is_danish else ""
    region = values.line(address.get("region"))
    taken.values["municipality"] = words.municipality(region) if region else None
    point = [values.number(record.get(name)) for name in ("latitude", "longitude")]
    known = None not in point and abs(point[0] or 0) <= 90 and abs(point[1] or 0) <= 180
    taken.values["latitude"], taken.values["longitude"] = point if known else (None, None)
    if not name:
        taken.refusal = NAMELESS
    if values.line(record.get("location_type")) in ("virtual", "postal"):
        taken.refusal = "Det er ikke et sted, man kan komme hen, og er ikke taget."
    refuse_cpr(taken, VENUES)
    return taken
