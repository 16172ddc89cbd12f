"""Rows that may be the same thing twice: the same title, telephone number, web address or street address.

It is a warning and never a refusal: two offers may well share a telephone.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db import models

from offers.danish import fold
from offers.models import ContactPoint, Offer, Organisation, Venue
from offers.phone import digits

# A mark: what is the same, and what it is, as it is compared.
Mark = tuple[str, str]
TITLE, PHONE, WEB, ADDRESS, CVR = "navnet", "telefonnummeret", "hjemmesiden", "adressen", "CVR-nummeret"
MOST = 3
# What we know of a model: which field is its name, and how its contacts name it.
_NAMES: dict[type[models.Model], str] = {Offer: "title", Organisation: "name", Venue: "name"}


def marks(name: str = "", phones: Iterable[str] = (), url: str = "", address: str = "", cvr: str = ""):
    """Return the marks of one row, as a set of `Mark`; what is empty makes none."""
    # “BørneTelefonen: tal med en voksen” is also known by what stands before the colon.
    found = {
        (TITLE, fold(name)),
        (TITLE, fold(name.partition(":")[0])),
        (WEB, _page(url)),
        (ADDRESS, _place(address)),
        (CVR, cvr.strip()),
    }
    found |= {(PHONE, digits(phone).removeprefix("+45")) for phone in phones}
    return {(what, value) for what, value in found if value}


def _page(url: str) -> str:
    """Return a web address without what makes no difference."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{path}?{parts.query}" if host else ""


def _place(address: str) -> str:
    """Return a street address without commas, full stops and spaces."""
    return "".join(char for char in fold(address) if char.isalnum())


class Known:
    """The rows there are, by their marks."""

    def __init__(self, model: Any, rows: models.QuerySet | None = None):
        """Read the marks of `rows` of a model (default: of all). Two queries at most."""
        self.names: dict[int, str] = {}
        self._by_mark: defaultdict[Mark, list[int]] = defaultdict(list)
        name = _NAMES[model]
        rows = model._base_manager.all() if rows is None else rows
        for pk, found, *rest in rows.order_by().values_list("pk", name, *_FIELDS[model]).iterator():
            self.names[pk] = found
            self._add(pk, marks(found, **_given(model, rest)))
        owner = {Offer: "offer", Organisation: "organisation"}.get(model)
        if owner:
            numbers = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE).exclude(**{owner: None})
            for pk, number in numbers.values_list(f"{owner}_id", "value"):
                if pk in self.names:
                    self._add(pk, marks(phones=[number]))

    def _add(self, pk: int, found: set[Mark]) -> None:
        """Note what marks a row has."""
        for mark in found:
            self._by_mark[mark].append(pk)

    def like(self, found: set[Mark]) -> list[tuple[int, str, list[str]]]:
        """Return the rows that share a mark: key, name and what is the same; most in common first."""
        same: defaultdict[int, list[str]] = defaultdict(list)
        for mark in sorted(found):
            for pk in self._by_mark.get(mark, ()):
                if mark[0] not in same[pk]:
                    same[pk].append(mark[0])
        ranked = sorted(same.items(), key=lambda item: (-len(item[1]), self.names[item[0]]))
        return [(pk, self.names[pk], what) for pk, what in ranked[:MOST]]


_FIELDS: dict[Any, tuple[str, ...]] = {
    Offer: ("url",),
    Organisation: ("url", "cvr"),
    Venue: ("street", "postcode"),
}


def _given(model: Any, values: list[str]) -> dict[str, str]:
    """Return the arguments of `marks` out of the fields of a row."""
    if model is Venue:
        street, postcode = values
        return {"address": f"{street} {postcode}" if street else ""}
    return dict(zip(_FIELDS[model], values, strict=True))
