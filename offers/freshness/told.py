"""What an offer tells of each kind of fact, in words: so that it is plain what one says yes to."""

import hashlib
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from offers.ages import age_in_words
from offers.freshness.facts import facts_of
from offers.models import Fact, Offer
from offers.opening_hours import weeks


@dataclass(frozen=True)
class Told:
    """One kind of fact: its name, and what the public reads of it, a line each."""

    fact: Fact
    lines: list[str]

    @property
    def value(self) -> str:
        """Its name in a form."""
        return self.fact.value


def told(offer: Offer) -> list[Told]:
    """Return what the public page of `offer` (loaded for its page) tells; no confidential address."""
    return [Told(fact, [line for line in _LINES[fact](offer) if line]) for fact in facts_of(offer)]


def digest(parts: list[Told]) -> str:
    """Return a short mark of what is told; another one when a word of it has changed."""
    text = repr([(part.value, part.lines) for part in parts])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _contact(offer: Offer) -> list[str]:
    pages = {gettext("Hjemmeside"): offer.url, gettext("Tilmelding"): offer.apply_url}
    return [
        *map(str, offer.contact_points.all()),
        *(f"{name}: {address}" for name, address in pages.items() if address),
    ]


def _hours(offer: Offer) -> list[str]:
    lines = [
        f"{week.channel}, {day}: {' og '.join(map(str, intervals))}"
        for week in weeks(offer.opening_hours.all())
        for day, intervals in week.days
    ]
    for closure in offer.closures.all():
        first, last = date_format(closure.starts_on), date_format(closure.ends_on)
        lines.append(gettext("Lukket {first} til {last}").format(first=first, last=last))
    for start in offer.start_dates.all():
        lines.append(gettext("Begynder {day}").format(day=date_format(start.starts_on)))
    return [*lines, offer.starts_note, offer.duration_note]


def _price(offer: Offer) -> list[str]:
    return [str(offer.get_cost_display()), offer.cost_note]


def _place(offer: Offer) -> list[str]:
    return [
        ", ".join(filter(None, (venue.public_name, venue.address, venue.access_note)))
        for venue in offer.venues.all()
    ]


def _rest(offer: Offer) -> list[str]:
    return [
        offer.title,
        offer.summary,
        age_in_words(offer.min_age, offer.max_age),
        ", ".join(map(str, offer.target_groups.all())),
        str(offer.get_way_in_display()),
        *offer.way_in_note.splitlines(),
        *offer.description.splitlines(),
    ]


_LINES = {
    Fact.CONTACT: _contact,
    Fact.HOURS: _hours,
    Fact.PRICE: _price,
    Fact.PLACE: _place,
    Fact.REST: _rest,
}
