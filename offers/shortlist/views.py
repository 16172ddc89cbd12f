"""The pages of a list: the list, some of it side by side, and the worker that lets it be read offline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from offers.filters import OfferFilter
from offers.models import Offer
from offers.shortlist.codes import MOST, Reading, Shortlist, read
from offers.shortlist.rows import FACTS, Entry, entries

# Offers that a search on the page of the list shows; who wants more writes more words.
MOST_FOUND = 8
MOST_COMPARED = 4


@dataclass(frozen=True)
class Line:
    """One offer on the page of the list, with the lists that its links lead to."""

    entry: Entry
    place: int
    up: str
    down: str
    without: str


@dataclass(frozen=True)
class Found:
    """One offer that a search on the page of the list found, and the list with it."""

    offer: Offer
    is_listed: bool
    query: str


# Which offers a person was given tells of her; no cache on the way keeps it.
@cache_control(private=True, no_store=True)
@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the list that stands in the address: to read, change, print and hand on."""
    today = timezone.localdate()
    reading = _read(request, today)
    told = entries(reading.shortlist, today)
    rows = [row for row in told if row.is_known]
    listed = replace(reading.shortlist, codes=tuple(row.code for row in rows))
    asked = _asked(request)
    context = {
        "reading": reading,
        "listed": listed,
        "unknown": [row.code for row in told if not row.is_known],
        "lines": _lines(listed, rows),
        "shown": [row.offer for row in rows if row.offer],
        "asked": asked,
        "found": _found(asked, listed) if asked and not listed.is_full else [],
        "today": today,
        "most": MOST,
        "most_compared": MOST_COMPARED,
        "renewed": listed.made(today).query if listed.day and listed.day < today else "",
    }
    if listed.codes:
        context |= _ways_to_hand_on(listed.made(listed.day or today))
    return render(request, "offers/shortlist/list.html", context)


@cache_control(private=True, no_store=True)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show up to four of a list side by side: those that are ticked (`vis`), or the first."""
    today = timezone.localdate()
    reading = _read(request, today)
    ticked = read(request.GET.getlist("vis"), "", today).shortlist
    chosen = replace(reading.shortlist, codes=ticked.codes or reading.shortlist.codes)
    rows = [row for row in entries(chosen, today) if row.offer]
    context = {
        "reading": reading,
        "listed": reading.shortlist,
        "rows": rows[:MOST_COMPARED],
        "left_out": rows[MOST_COMPARED:],
        "most_compared": MOST_COMPARED,
        "facts": {key: name for key, name in FACTS.items() if any(row.knows(key) for row in rows)},
    }
    return render(request, "offers/shortlist/compare.html", context)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker that lets a list be read offline; it may watch over the whole site.

    Its address has no hash: a browser looks there for a newer one.
    """
    code = (settings.BASE_DIR / "static" / "shortlist-worker.js").read_text()
    response = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


def _read(request: HttpRequest, today: date) -> Reading:
    """Return what the address says of a list."""
    return read(request.GET.getlist("tilbud"), request.GET.get("dato", ""), today)


def _asked(request: HttpRequest) -> OfferFilter | None:
    """Return the search for more, asked as the list of offers asks; none when nothing is searched for."""
    if not request.GET.get("q", "").strip():
        return None
    question = QueryDict(mutable=True)
    question["q"] = request.GET["q"]
    return OfferFilter.of(question)


def _lines(listed: Shortlist, rows: Sequence[Entry]) -> list[Line]:
    """Return the rows with their links; at the ends there is no way on."""
    last = len(rows)
    return [
        Line(
            entry=row,
            place=place,
            up=listed.moved(row.code, -1).query if place > 1 else "",
            down=listed.moved(row.code, +1).query if place < last else "",
            without=listed.without(row.code).query,
        )
        for place, row in enumerate(rows, start=1)
    ]


def _found(asked: OfferFilter, listed: Shortlist) -> list[Found]:
    """Return what a search found, the offer with that very code first."""
    words = (asked.form.cleaned_data.get("q") or "").strip()
    by_code = Offer.objects.published().filter(code__in={words, words.lower(), words.upper()})
    keys = asked.answer.keys[:MOST_FOUND]
    answers = Offer.objects.published().only("code", "title").in_bulk(keys)
    offers = [*by_code, *(answers[key] for key in keys if key in answers)]
    once = {offer.pk: offer for offer in reversed(offers)}.values()
    return [
        Found(offer, offer.code in listed, listed.with_code(offer.code).query)
        for offer in list(once)[::-1][:MOST_FOUND]
    ]


def _ways_to_hand_on(listed: Shortlist) -> dict[str, str]:
    """Return the public address of a list, as text, as a QR code and as the beginning of an e-mail."""
    address = f"{settings.BASE_URL}{reverse('offers:shortlist')}?{listed.query}"
    subject = gettext("En liste fra {site_name}").format(site_name=settings.SITE_NAME)
    greeting = gettext("Her er listen:")
    body = f"{greeting}\n\n{address}\n"
    return {
        "address": address,
        "mail": f"mailto:?subject={quote(subject)}&body={quote(body)}",
        # In the page itself, so that it is there offline; `border` is the quiet zone of the standard.
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(
            border=4, light="#fff", omitsize=True
        ),
    }
