"""The rows of a list: what the public may read about the offer behind each code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offers.models import ContactPoint, Offer, OfferSuccession, Organisation
from offers.opening_hours import Week, weeks
from offers.shortlist.changes import Notice, notices
from offers.shortlist.codes import Shortlist
from offers.views import contacts_of

# What one compares by, in this order: key → name. The facts themselves are put into words in `_fact.html`.
FACTS: dict[str, str | Promise] = {
    "hvem": _("For hvem"),
    "vej-ind": _("Sådan får du hjælpen"),
    "kontakt": _("Kontakt"),
    "sted": _("Sted"),
    "tider": _("Åbningstid"),
    "pris": _("Pris"),
    "anonymt": _("Anonymt"),
    "form": _("Form"),
    "sprog": _("Sprog"),
    "bor": _("For dem, der bor i"),
}


@dataclass(frozen=True)
class Entry:
    """One code on a list: its offer, when the public may see it, and where the list's links lead.

    Of an offer that is not public nothing is told but that it is gone, and which public ones take over.
    """

    code: str
    offer: Offer | None = None
    is_known: bool = False
    successions: list[OfferSuccession] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    contacts: list[ContactPoint] = field(default_factory=list)
    via: Organisation | None = None
    weeks: list[Week] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, str | Promise]:
        """What the list and the paper tell of the offer: key → name, without what nobody knows."""
        if self.offer is None:
            return {}
        return {key: name for key, name in FACTS.items() if key != "form" and self.knows(key)}

    def knows(self, key: str) -> bool:
        """Whether anything but "Ikke oplyst" can be told of the fact `key` of the entry's offer."""
        if self.offer is None:
            return False
        known = {
            "sted": self.offer.venues.all(),
            "tider": self.weeks,
            "pris": self.offer.cost != Offer.Cost.UNKNOWN or self.offer.cost_note,
            "anonymt": self.offer.anonymous != Offer.Anonymous.UNKNOWN,
            "sprog": self.offer.languages.all(),
            "form": self.offer.formats.all(),
        }
        return bool(known.get(key, True))


def entries(shortlist: Shortlist, today: date) -> list[Entry]:
    """Return an entry for each code of `shortlist`, in its order. The number of queries is constant."""
    rows = _by_code(Offer.objects.all(), shortlist.codes)
    gone = [row.pk for row in rows.values() if not row.is_published(today)]
    shown = _loaded([row.pk for row in rows.values() if row.pk not in gone])
    after: dict[int, list[OfferSuccession]] = {key: [] for key in gone}
    for succession in OfferSuccession.objects.filter(offer__in=gone).to_published():
        after[succession.offer_id].append(succession)
    found = []
    for code in shortlist.codes:
        row = rows.get(code.casefold())
        if row is None:
            found.append(Entry(code))
        elif row.pk not in shown:
            found.append(Entry(code, is_known=True, successions=after.get(row.pk, [])))
        else:
            found.append(_entry(shown[row.pk], shortlist.day, today))
    return found


def _entry(offer: Offer, since: date | None, today: date) -> Entry:
    """Return the entry of an offer that the public may see."""
    contacts, via = contacts_of(offer)
    return Entry(
        offer.code,
        offer,
        is_known=True,
        notices=notices(offer, since, today),
        contacts=contacts,
        via=via,
        weeks=weeks(offer.opening_hours.all(), today),
    )


def _by_code(offers: QuerySet[Offer], codes: Sequence[str]) -> dict[str, Offer]:
    """Return the offers with one of `codes`, by folded code; people write codes in any letter case."""
    wanted = {way for code in codes for way in (code, code.lower(), code.upper())}
    fields = ("pk", "code", "status", "publish_from", "publish_until")
    return {
        row.code.casefold(): row for row in offers.filter(code__in=wanted).only(*fields).order_by("-pk")
    }


def _loaded(keys: list[int]) -> dict[int, Offer]:
    """Return the offers `keys` with all that a list shows of them, by key."""
    return Offer.objects.published().for_page().in_bulk(keys)
