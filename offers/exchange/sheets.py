"""The tables there are: which columns each has, and which of them may be left to nobody but some."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from offers.exchange.cells import Cell
from offers.exchange.columns import (
    AnswerColumn,
    ChoiceColumn,
    Column,
    DayColumn,
    FieldColumn,
    IdColumn,
    LinkColumn,
    LinksColumn,
    NumberColumn,
    TextColumn,
)
from offers.exchange.parts import ClosuresColumn, ContactColumn, HoursColumn
from offers.models import Offer, Organisation, Venue

KEY_HELP = "Den sidste del af sidens adresse. Rækken kendes på den. Tom for det, der er nyt."
HOURS_HELP = "Fx “man-tor 9-15.30, fre 9-12”, “døgnåbent” eller “lukket”. Uden dage: mandag til fredag."
LIST_HELP = "Navne med semikolon imellem."
CONTACT_HELP = "Flere med semikolon imellem. I parentes: hvad det er til."

_OFFER = """
code slug title summary easy_text description keywords organisation needs target_groups formats languages
municipalities venues legal_bases min_age max_age way_in way_in_note apply_url anonymous cost cost_note
starts_note duration_note url @telefon @sms @e-mail @chat @hjemmeside #fremmoede #telefon #chat #sms
closed_on_public_holidays is_acute acute_order status publish_from publish_until verified_on verified_by
review_by source_url internal_note
"""
_ORGANISATION = """
slug name kind cvr parent municipality url upkeep_email @telefon @sms @e-mail @chat @hjemmeside source_url
"""
_VENUE = """
slug name street postcode city municipality latitude longitude access_note confidential source_url
"""
_CONTACTS = {
    "telefon": "Telefon",
    "sms": "SMS",
    "e-mail": "E-mail",
    "chat": "Chat",
    "hjemmeside": "Andre hjemmesider",
}
# Where a column is not called what is stored; records of imports know the names of columns.
_KINDS = {"@hjemmeside": "web"}
_HOURS = {
    "fremmoede": "Åbningstider",
    "telefon": "Telefontider",
    "chat": "Chattider",
    "sms": "SMS-tider",
}
# Only whoever reads the note may take it out or bring it in.
NOTE = "internal_note"


@dataclass(frozen=True)
class Sheet:
    """The table of one model."""

    slug: str  # stands in addresses and in the record of an import
    title: str  # the name of the sheet
    model: Any
    columns: tuple[Column, ...]
    # Fields by which a row is known, the surest first; and the one that people read.
    keys: tuple[str, ...]
    name: str
    # What no table shows, and another directory brings; see `offers.harvest`.
    behind: tuple[Column, ...] = ()

    @property
    def all(self) -> tuple[Column, ...]:
        """All columns, those that no table shows included."""
        return (*self.columns, *self.behind)

    @property
    def own(self) -> list[FieldColumn]:
        """The columns that are fields of the row itself."""
        return [column for column in self.all if isinstance(column, FieldColumn)]

    @property
    def apart(self) -> list[Any]:
        """The columns that are stored in other tables."""
        return [column for column in self.all if column.is_apart]

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.all if column.name == name)

    def heads(self, heading: Cell) -> Column | None:
        """Return the column that a heading names."""
        text = " ".join(str(heading or "").split()).rstrip(" *:").casefold()
        return next(
            (one for one in self.columns if text in {one.heading.casefold(), *one.also}),
            None,
        )


def _field_column(model: Any, name: str) -> Column:
    """Return the column of a field."""
    field: Any = model._meta.get_field(name)
    heading = "Nøgle" if name == "slug" else field.verbose_name[0].upper() + field.verbose_name[1:]
    usual: dict[str, Any] = {"name": name, "heading": heading, "help": str(field.help_text), "also": {name}}
    if name == "slug":
        usual |= {"help": KEY_HELP, "also": {"slug", "adresse"}}
    if field.many_to_many:
        return LinksColumn(**{**usual, "help": f"{LIST_HELP} {field.help_text}".strip()}, owner=model)
    default = None if field.null else field.get_default() if field.has_default() else ""
    kinds: list[tuple[bool, type[FieldColumn]]] = [
        (field.is_relation, LinkColumn),
        (bool(field.choices), ChoiceColumn),
        (isinstance(field, models.BooleanField), AnswerColumn),
        (isinstance(field, models.DateField), DayColumn),
        (isinstance(field, models.IntegerField | models.FloatField), NumberColumn),
        (True, TextColumn),
    ]
    kind = next(kind for fits, kind in kinds if fits)
    return kind(**usual, field=field, default=default if name != "code" else "")


def _columns(model: Any, names: str, owner: str) -> tuple[Column, ...]:
    """Return the columns: fields, “@” for contacts of a kind, “#” for the hours of a channel."""
    found: list[Column] = []
    for name in names.split():
        if name.startswith("@"):
            heading, kind = _CONTACTS[name[1:]], _KINDS.get(name, name[1:])
            found.append(ContactColumn(name, heading, CONTACT_HELP, owner=owner, kind=kind))
        elif name.startswith("#"):
            found.append(HoursColumn(name, _HOURS[name[1:]], HOURS_HELP, owner=owner, kind=name[1:]))
        else:
            found.append(_field_column(model, name))
    return tuple(found)


def _id(model: Any) -> Column:
    """Return the column of the id that others know a row by."""
    return IdColumn("uuid", "Id", field=model._meta.get_field("uuid"))


OFFERS = Sheet(
    "tilbud",
    "Tilbud",
    Offer,
    _columns(Offer, _OFFER, "offer"),
    ("code", "slug"),
    "title",
    (_id(Offer), ClosuresColumn("closures", "Lukkedage")),
)
ORGANISATIONS = Sheet(
    "organisationer",
    "Organisationer",
    Organisation,
    _columns(Organisation, _ORGANISATION, "organisation"),
    ("slug",),
    "name",
    (_id(Organisation),),
)
VENUES = Sheet("steder", "Steder", Venue, _columns(Venue, _VENUE, ""), ("slug",), "name", (_id(Venue),))
SHEETS = {sheet.slug: sheet for sheet in (OFFERS, ORGANISATIONS, VENUES)}
