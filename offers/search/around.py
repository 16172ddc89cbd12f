"""What belongs to some offers in other tables: links, telephone numbers, opening hours and closures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from offers.models import Closure, ContactPoint, Offer, OpeningHours
from offers.search.numbers import national
from offers.search.opening import NO_LIMIT, minutes

RELATIONS = ("needs", "target_groups", "formats", "languages", "municipalities", "legal_bases")
# Relations of which the index wants a name that never changes, not the key.
_NAMED = {"municipalities": "municipality__code", "languages": "language__slug"}

Grouped = dict[int, list[Any]]


class Around:
    """What belongs to the offers of some keys, by the key of the offer. Nine queries."""

    def __init__(self, keys: Sequence[int]):
        """Read it."""
        self.links: dict[str, Grouped] = {name: _links(name, keys) for name in RELATIONS}
        phones = ContactPoint.objects.filter(kind__in=(ContactPoint.Kind.PHONE, ContactPoint.Kind.SMS))
        mine = phones.filter(offer__in=keys).values_list("offer_id", "value")
        self.numbers = _grouped((offer, national(value)) for offer, value in mine)
        hours = OpeningHours.objects.filter(offer__in=keys).values_list(
            "offer_id", "weekday", "opens", "closes", "valid_from", "valid_until"
        )
        self.hours = _grouped(
            (
                offer,
                (weekday, *minutes(opens, closes), ordinal(first) or NO_LIMIT, ordinal(last) or NO_LIMIT),
            )
            for offer, weekday, opens, closes, first, last in hours
        )
        closures = Closure.objects.filter(offer__in=keys).values_list("offer_id", "starts_on", "ends_on")
        self.closures = _grouped(
            (offer, (first.toordinal(), last.toordinal())) for offer, first, last in closures
        )


def ordinal(day: date | None) -> int | None:
    """Return the ordinal of a day, None for no day."""
    return None if day is None else day.toordinal()


def _links(name: str, keys: Sequence[int]) -> Grouped:
    """Return what each offer is linked to by relation `name`: keys, or names that never change."""
    relation: Any = Offer._meta.get_field(name)
    through = relation.remote_field.through.objects.filter(offer__in=keys).order_by("pk")
    return _grouped(through.values_list("offer_id", _NAMED.get(name, relation.m2m_reverse_name())))


def _grouped(rows: Iterable[tuple[int, Any]]) -> Grouped:
    """Return the second of each pair by the first, in their order."""
    found: Grouped = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found
