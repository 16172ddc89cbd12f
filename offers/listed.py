"""Reads what cards show, in a handful of statements whatever the number of offers.

Models with their related rows would cost four times as much to read, and to keep.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import F, Value

from offers.models import Closure, Format, Municipality, Need, Offer, OpeningHours, TargetGroup, Venue
from offers.search import current
from offers.search.index import Index

# The relations to vocabularies, whose rows all cards share.
VOCABULARIES: dict[str, Any] = {
    "needs": Need.objects.select_related("parent"),
    "target_groups": TargetGroup.objects.all(),
    "formats": Format.objects.all(),
    "municipalities": Municipality.objects.all(),
}
_BESIDE = ("opening_hours", "closures", "points", "organisation_name")


class Rows(tuple):
    """Some rows, to be read as the related rows of a model are."""

    def all(self) -> "Rows":
        """Return them."""
        return self


class Hours(NamedTuple):
    """Opening hours without their row: what one has to know to tell whether it is open."""

    channel: str
    venue_id: int | None
    weekday: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None
    note: str


class Closed(NamedTuple):
    """Days on which an offer is closed, and why."""

    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True)
class Listed:
    """An offer as it is read for a list; templates read it as they read an offer."""

    pk: int
    slug: str
    code: str
    title: str
    summary: str
    description: str
    easy_text: str
    keywords: str
    min_age: int | None
    max_age: int | None
    way_in: str
    anonymous: str
    cost: str
    closed_on_public_holidays: bool | None
    organisation_name: str
    needs: Rows
    target_groups: Rows
    formats: Rows
    municipalities: Rows
    opening_hours: Rows
    closures: Rows
    points: Sequence[tuple[float, float]]

    def get_way_in_display(self) -> str:
        """Return what the way in is called."""
        return str(Offer.WayIn(self.way_in).label)

    def get_anonymous_display(self) -> str:
        """Return whether one can be anonymous, in words."""
        return str(Offer.Anonymous(self.anonymous).label)

    def get_cost_display(self) -> str:
        """Return what the price is called."""
        return str(Offer.Cost(self.cost).label)


# What stands in the row of the offer itself.
_OWN = [
    one.name for one in fields(Listed) if one.name not in {*VOCABULARIES, *_BESIDE, "organisation_name"}
]


def listed(index: Index, keys: Sequence[int]) -> list[Listed]:
    """Return what there is of the offers `keys` that are public, in any order.

    Two statements, and one more for each of hours, closures and venues, where `index` has any.
    """
    rows = Offer.objects.published().filter(pk__in=keys)
    links = _links(keys)
    hours = _grouped(
        OpeningHours.objects.order_by("weekday", "opens", "pk"), Hours, index.with_rows("hours", keys)
    )
    closures = _grouped(
        Closure.objects.order_by("starts_on", "pk"), Closed, index.with_rows("closures", keys)
    )
    known = {name: _in_order(name) for name in VOCABULARIES}
    points = _points({pk for found in links["venues"].values() for pk in found})

    def beside(pk: int) -> dict[str, Any]:
        rows = {name: _chosen(known[name], links[name].get(pk, ())) for name in VOCABULARIES}
        mine = [points[venue] for venue in links["venues"].get(pk, ()) if venue in points]
        return rows | {
            "opening_hours": Rows(hours.get(pk, ())),
            "closures": Rows(closures.get(pk, ())),
            "points": mine,
        }

    own = rows.values(*_OWN, organisation_name=F("organisation__name"))
    return [Listed(**row, **beside(row["pk"])) for row in own]


def _links(keys: Sequence[int]) -> dict[str, dict[int, list[int]]]:
    """Return for each relation the keys of the rows that each offer is linked to. One statement."""
    parts = []
    for name in (*VOCABULARIES, "venues"):
        relation: Any = Offer._meta.get_field(name)
        through = relation.remote_field.through.objects.filter(offer__in=keys)
        parts.append(
            through.order_by().values_list(Value(name), "offer_id", relation.m2m_reverse_field_name())
        )
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, offer, other in parts[0].union(*parts[1:], all=True):
        found[name][offer].append(other)
    return found


def _in_order(name: str) -> dict[int, tuple[int, Any]]:
    """Return the rows of a vocabulary by their keys, each with its place in the order. Mostly no query."""
    rows = VOCABULARIES[name]
    return current.kept.value(
        ("rows", name), lambda: {row.pk: (place, row) for place, row in enumerate(rows.all())}
    )


def _chosen(known: dict[int, tuple[int, Any]], keys: Sequence[int]) -> Rows:
    """Return the rows of `keys` in the order of their vocabulary."""
    found = sorted((known[key] for key in keys if key in known), key=lambda pair: pair[0])
    return Rows(row for _, row in found)


def _grouped(rows: Any, kind: type[Any], keys: Sequence[int]) -> dict[int, list[Any]]:
    """Return rows as values of `kind`, by the offer they belong to, in their order. At most one query."""
    found: dict[int, list[Any]] = defaultdict(list)
    if not keys:
        return found
    for offer, *values in rows.filter(offer__in=keys).values_list("offer_id", *kind._fields):
        found[offer].append(kind(*values))
    return found


def _points(keys: set[int]) -> dict[int, tuple[float, float]]:
    """Return where the venues `keys` lie, where that is known and may be told. At most one query."""
    venues = Venue.objects.in_bulk(keys) if keys else {}
    return {pk: venue.point for pk, venue in venues.items() if venue.point}
