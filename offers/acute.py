"""Help for those who cannot wait: who can be rung, and who of them answers now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offers.for_everybody import for_everybody
from offers.models import ContactPoint, Offer
from offers.opening_now import Opening, openings
from offers.search import current
from offers.search.question import Question


@dataclass(frozen=True)
class AcuteLine:
    """A number to ring, and whether somebody answers it now; None where the hours are not known."""

    contact: ContactPoint
    opening: Opening | None

    @property
    def is_closed(self) -> bool:
        """Whether it is known that nobody answers now."""
        return self.opening is not None and not self.opening.is_open


class Number(NamedTuple):
    """Whom one rings, the number as it is read, and as a telephone takes it."""

    name: str
    number: str
    href: str


# Those that were shown last, for when the database does not answer.
_last_numbers: list[Number] = []


def last_numbers() -> list[Number]:
    """Return the numbers for those who cannot wait as they were last known. No query."""
    return list(_last_numbers)


def acute_lines(needs: Sequence[str] = ()) -> list[AcuteLine]:
    """Return the numbers for those who cannot wait, those for one of `needs` (slugs) first.

    Among these, those that are closed now stand last.
    """
    fitting = current.ask(Question(chosen={"behov": tuple(needs)})).keys if needs else ()
    # Read again on each day, since what is published hangs on it, and when a row behind them changes.
    numbers = current.kept.value(("numbers to ring", timezone.localdate()), _numbers)
    contacts = [contact for contact in numbers if contact.may_be_told]
    standing = openings([contact.offer for contact in contacts])
    lines = [AcuteLine(contact, standing.get(contact.offer_id)) for contact in contacts]
    _last_numbers[:] = [Number(contact.offer.title, contact.value, contact.href) for contact in contacts]
    return sorted(lines, key=lambda line: (line.contact.offer_id not in fitting, line.is_closed))


def _numbers() -> list[ContactPoint]:
    """Return the numbers of acute offers, the most urgent first. Three queries."""
    return list(ContactPoint.objects.to_ring(Offer.objects.published().acute()))


@require_safe
@for_everybody
def acute(request: HttpRequest) -> HttpResponse:
    """Show help for those who cannot wait: what is open, what may be open, and what opens next."""
    standing = openings(offers := list(Offer.objects.published().acute().for_acute_page()))
    lines = [(offer, standing.get(offer.pk)) for offer in offers]
    context = {
        "open_now": [line for line in lines if line[1] and line[1].is_open],
        "unknown": [line for line in lines if line[1] is None],
        "closed": sorted(
            ((offer, opening) for offer, opening in lines if opening and not opening.is_open),
            key=lambda line: line[1].wait,
        ),
    }
    return render(request, "offers/acute.html", context)
