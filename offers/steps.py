"""How one gets in, step by step, made of an offer's facts and of nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offers.models import ContactPoint, Offer, Organisation, StartDate
from offers.models.offer_choices import Cost, WayIn

# What comes first when it is not up to oneself.
_FIRST = {
    WayIn.REFERRAL: _("Få en henvisning. Spørg, hvem der kan give den."),
    WayIn.DECISION: _("Spørg kommunen. Den afgør, om du kan få hjælpen."),
}
_CALLS = {
    ContactPoint.Kind.PHONE: _("Ring til {value}."),
    ContactPoint.Kind.SMS: _("Skriv en SMS til {value}."),
    ContactPoint.Kind.EMAIL: _("Skriv til {value}."),
    ContactPoint.Kind.CHAT: _("Skriv i chatten."),
    ContactPoint.Kind.WEB: _("Læs mere på nettet."),
}
_PRICES = {
    Cost.FREE: _("Det er gratis."),
    Cost.PAID: _("Det koster penge."),
    Cost.BY_INCOME: _("Prisen afhænger af, hvad du tjener."),
}


@dataclass(frozen=True)
class Step:
    """One thing to do: a sentence, an editor's own (in Danish) or ours, and the address that does it."""

    text: str
    href: str = ""
    is_external: bool = False
    is_written: bool = False


def steps(
    offer: Offer,
    contacts: Sequence[ContactPoint],
    via: Organisation | None,
    start_dates: Sequence[StartDate],
) -> list[Step]:
    """Return what to do, in order: what an editor wrote, else what the facts give; then signing up.

    `contacts` are those of the offer or of `via`, the organisation that answers for it; `start_dates`
    are still to come.
    """
    written = [
        Step(line.strip(), is_written=True) for line in offer.way_in_note.splitlines() if line.strip()
    ]
    return [*(written or _told(offer, contacts, via)), *_signing_up(offer, start_dates)]


def _told(offer: Offer, contacts: Sequence[ContactPoint], via: Organisation | None) -> Iterator[Step]:
    """Yield what follows from the way in and from whom one can reach."""
    if first := _FIRST.get(WayIn(offer.way_in)):
        yield Step(str(first))
    if contacts:
        contact = contacts[0]
        whom = [gettext("Spørg {organisation}.").format(organisation=via.name)] if via else []
        text = _CALLS[ContactPoint.Kind(contact.kind)].format(value=contact.value)
        yield Step(" ".join([*whom, text]), contact.href, contact.kind in {"chat", "web"})
    elif via:
        text = gettext("Spørg {organisation} på nettet.").format(organisation=via.name)
        yield Step(text, via.url, is_external=True)
    elif offer.url and not offer.apply_url:
        text = gettext("Se på tilbuddets egen side, eller spørg der.")
        yield Step(text, offer.url, is_external=True)


def _signing_up(offer: Offer, start_dates: Sequence[StartDate]) -> Iterator[Step]:
    """Yield where and until when one signs up, as far as it is known."""
    if offer.apply_url:
        yield Step(gettext("Tilmeld dig på nettet."), offer.apply_url, is_external=True)
    today = timezone.localdate()
    last_days = [start.apply_by for start in start_dates if start.apply_by and start.apply_by >= today]
    if last_days:
        yield Step(gettext("Tilmeld dig senest {day}.").format(day=date_format(min(last_days))))


def price(offer: Offer) -> str:
    """Return what it costs in a sentence of ours, without the note; empty when nothing is known."""
    return str(_PRICES.get(Cost(offer.cost), ""))
