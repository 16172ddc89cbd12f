"""Telephones, mailboxes and addresses of the source as contacts here. Never a person's own."""

from typing import Any

from django.core.exceptions import ValidationError

from offers.exchange.columns import Raw
from offers.exchange.parts import USUAL_ORDER, ContactColumn
from offers.exchange.sheets import ORGANISATIONS
from offers.harvest import values
from offers.harvest.spool import Record
from offers.harvest.taken import Taken
from offers.models import ContactPoint

Kind = ContactPoint.Kind
KINDS = {"": Kind.PHONE, "voice": Kind.PHONE, "cell": Kind.PHONE, "phone": Kind.PHONE, "text": Kind.SMS}
WHO_SAYS_NO = "En kontakt ligner en persons egen og er udeladt: spørg personen, før den skrives ind."
UNUSABLE = "Et nummer eller en adresse kan ikke bruges og er udeladt."
# The columns of contacts by their kinds; they are the same of an offer and of an organisation.
COLUMNS = {one.kind: one.name for one in ORGANISATIONS.columns if isinstance(one, ContactColumn)}
# More belong to no single offer.
MOST = 50


def put_contacts(taken: Taken, found: list[tuple[str, str, str]]) -> None:
    """Let the columns of contacts hold what was `found`: kind, value and what it is for, in that order."""
    by_kind: dict[str, list[Raw]] = {name: [] for name in COLUMNS.values()}
    seen: set[tuple[str, str]] = set()
    for kind, value, label in found[:MOST]:
        contact = ContactPoint(kind=kind, value=value, label=label[:120])
        if (kind, value) in seen or not value:
            continue
        seen.add((kind, value))
        try:
            contact.clean_fields(exclude={"offer", "organisation", "revision"})
            contact.clean()
        except ValidationError as error:
            is_person = "has_consent" in getattr(error, "error_dict", {})
            taken.notes.append(WHO_SAYS_NO if is_person else UNUSABLE)
            continue
        by_kind[COLUMNS[kind]].append([value, contact.label, USUAL_ORDER + len(seen)])
    taken.values |= by_kind


def phones(record: Record) -> list[tuple[str, str, str]]:
    """Return the telephones of a record, and those of its contacts that are not named persons."""
    found = [_phone(each) for each in values.rows(record.get("phones"))]
    for contact in values.rows(record.get("contacts")):
        if values.line(contact.get("name")):
            continue
        what = values.line(contact.get("department")) or values.line(contact.get("title"))
        found += [
            (kind, number, label or what)
            for kind, number, label in map(_phone, values.rows(contact.get("phones")))
        ]
        found.append((Kind.EMAIL, values.line(contact.get("email")), what))
    return [one for one in found if one[0]]


def _phone(record: Record) -> tuple[str, str, str]:
    """Return one number; a fax has no kind here."""
    kind: Any = KINDS.get(values.line(record.get("type")).casefold(), "")
    label, extension = values.line(record.get("description")), values.whole(record.get("extension"))
    if extension is not None:
        label = f"{label} lokal {extension}".strip()
    return kind, values.line(record.get("number")), label


def mailbox(record: Record) -> list[tuple[str, str, str]]:
    """Return the mailbox of a record."""
    return [(Kind.EMAIL, values.line(record.get("email")), "")]


def webs(links: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return links as contacts: what is called chat is one."""
    return [
        (
            Kind.CHAT if "chat" in label.casefold() else Kind.WEB,
            address,
            "" if label in {Kind.CHAT.label, Kind.WEB.label} else label,
        )
        for label, address in links
    ]
