"""What one record of the source is here, before it is compared with what there is."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from offers.exchange.cells import shown
from offers.exchange.columns import Raw
from offers.exchange.sheets import Sheet
from offers.harvest import values
from offers.harvest.spool import Record

CUT = "“{heading}” er for lang og er kortet af til {most} tegn."


@dataclass
class Taken:
    """A record: its id at the source and here, what each column is to hold, and what could not be used."""

    key: str
    uuid: UUID
    name: str
    modified: str = ""
    values: dict[str, Raw] = field(default_factory=dict)
    # Sentences for the person who runs the import.
    notes: list[str] = field(default_factory=list)
    # Why it cannot be taken at all.
    refusal: str = ""
    # Whether the source has withdrawn it.
    is_gone: bool = False
    # Whether an editor must look before anybody else does.
    is_held: bool = False


def key_of(record: Record) -> str:
    """Return what a record is known by at the source: its id, else its name, of a place with its street."""
    if key := values.line(record.get("id"))[:200]:
        return key
    street = next((values.line(each.get("address_1")) for each in values.rows(record.get("addresses"))), "")
    return " / ".join(filter(None, (values.line(record.get("name")), street)))[:200]


def begun(source: str, record: Record, name: str) -> Taken:
    """Return a record of which nothing is taken yet but its name."""
    key = key_of(record)
    return Taken(key, values.own_id(source, key), shown(name), values.moment(record.get("last_modified")))


def put_text(taken: Taken, sheet: Sheet, name: str, text: str) -> None:
    """Let a column hold a text, no longer than its field has room for."""
    column: Any = sheet.column(name)
    most = column.field.max_length
    if most and len(text) > most:
        taken.notes.append(CUT.format(heading=column.heading, most=most))
        text = f"{text[: most - 1].rstrip()}…"
    taken.values[name] = text


def put_address(taken: Taken, sheet: Sheet, name: str, text: str) -> None:
    """Let a column hold an address on the net; one that cannot be opened is left out."""
    column: Any = sheet.column(name)
    text = text if not text or "://" in text else f"https://{text}"
    taken.values[name] = ""
    if text:
        try:
            column.field.run_validators(text)
            taken.values[name] = text
        except ValidationError:
            taken.notes.append(f"“{column.heading}” er ikke en adresse, der kan åbnes, og er udeladt.")


def refuse_cpr(taken: Taken, sheet: Sheet) -> None:
    """Refuse a record that may hold a CPR number; it is told where, and never what."""
    for name, value in taken.values.items():
        if values.holds_cpr(value) and not sheet.column(name).is_free_of_cpr and name != "uuid":
            heading = sheet.column(name).heading
            taken.refusal = f"Der står måske et CPR-nummer i “{heading}”. Posten er ikke taget."
            return
