"""What is new among the offers that a search finds: feeds to follow without an account.

A feed answers the same address as the list, filters and all; what changed last stands first.
"""

import json
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from offers.asked import of_what_is_asked
from offers.calendar_file import calendar_of
from offers.feeds import NEWS, Entry, Feed, answer, atom_answer, paragraphs
from offers.filters import OfferFilter
from offers.hsds import rows, said
from offers.hsds.records import Service
from offers.models import Offer

JSON_FEED = "https://jsonfeed.org/version/1.1"


@of_what_is_asked
def atom(found: OfferFilter) -> HttpResponse:
    """Give what is new among the offers asked for as an Atom feed."""
    return atom_answer(_feed(found, "atom"), [_entry(service) for service in _services(found)])


@of_what_is_asked
def json_feed(found: OfferFilter) -> HttpResponse:
    """Give the same as a JSON Feed."""
    feed, entries = _feed(found, "json"), [_entry(service) for service in _services(found)]
    told = {
        "version": JSON_FEED,
        "title": feed.name,
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "language": get_language(),
        "items": [
            {
                "id": entry.name,
                "url": entry.page,
                "title": entry.title,
                "content_html": entry.html,
                "date_modified": entry.changed.isoformat(),
                "language": settings.LANGUAGE_CODE,
            }
            for entry in entries
        ],
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    return answer(content, "application/feed+json", [entry.changed for entry in entries])


@of_what_is_asked
def dates(found: OfferFilter) -> HttpResponse:
    """Give the days to come on which the offers asked for begin, as a calendar to subscribe to."""
    today = timezone.localdate()
    public = Offer.objects.published(today).filter(
        pk__in=found.answer.keys, start_dates__starts_on__gte=today
    )
    offers = list(public.distinct().order_by("pk").prefetch_related("venues", "start_dates"))
    moments = [start.updated_at for offer in offers for start in offer.start_dates_from(today)]
    content = calendar_of(_named(gettext("Opstart"), found), offers, today)
    return answer(content, "text/calendar; charset=utf-8", moments)


def _services(found: OfferFilter) -> list[Service]:
    """Return the offers found, as they are told everywhere, with what changed last first."""
    today = timezone.localdate()
    latest = Offer.objects.published(today).filter(pk__in=found.answer.keys).order_by("-updated_at", "pk")
    told = [said.service(row, today, full=True) for row in rows.telling(latest)[:NEWS]]
    return sorted(told, key=lambda service: service.last_modified, reverse=True)


def _feed(found: OfferFilter, kind: str) -> Feed:
    """Return what is the same for all entries."""
    query = found.query_with()
    behind = f"?{query}" if query else ""
    return Feed(
        name=_named(gettext("Nyt om tilbud"), found),
        here=f"{settings.BASE_URL}{reverse(f'offers:news-{kind}')}{behind}",
        page=f"{settings.BASE_URL}{reverse('offers:list')}{behind}",
    )


def _named(what: str, found: OfferFilter) -> str:
    """Return the name of a feed: what it tells, and of which offers."""
    asked = ", ".join(chip.words for chip in found.chips())
    return f"{what}: {asked}" if asked else what


def _entry(service: Service) -> Entry:
    """Return what a feed tells of an offer."""
    lines: Iterable[str | None] = (
        service.summary,
        service.organization.name if service.organization else "",
        service.eligibility_description,
        service.fees_description,
        service.alert,
    )
    return Entry(
        title=service.name,
        page=service.page,
        html=paragraphs(line for line in lines if line),
        name=service.id.urn,
        changed=service.last_modified,
    )
