"""What is new among the offers that a search finds: feeds to follow without an account.

A feed answers the same address as the list, filters and all; what changed last stands first.
"""

import json
from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from offers.api.problems import Fault, ProblemError, bad_parameters
from offers.calendar_file import calendar_of
from offers.feeds import NEWS, Entry, Feed, answer, atom_answer, paragraphs
from offers.filters import OfferFilter
from offers.hsds import rows, said
from offers.hsds.records import Service
from offers.models import Offer

JSON_FEED = "https://jsonfeed.org/version/1.1"
# What the address of a list may say and a feed has no use for.
OF_THE_LIST = ("page", "sorter", "ordret", "hvem", "omkring")


def _of_what_is_asked(make: Callable[[OfferFilter], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Make a view of what answers a filter; one that cannot be read gets a problem document."""

    @require_safe
    @conditional_page
    @wraps(make)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            found = _asked(request.GET)
        except ProblemError as problem:
            return problem.response()
        return make(found)

    return view


@_of_what_is_asked
def atom(found: OfferFilter) -> HttpResponse:
    """Give what is new among the offers asked for as an Atom feed."""
    return atom_answer(_feed(found, "atom"), [_entry(service) for service in _services(found)])


@_of_what_is_asked
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


@_of_what_is_asked
def dates(found: OfferFilter) -> HttpResponse:
    """Give the days to come on which the offers asked for begin, as a calendar to subscribe to."""
    today = timezone.localdate()
    public = Offer.objects.published(today).filter(
        pk__in=found.answer.keys, start_dates__starts_on__gte=today
    )
    offers = list(public.distinct().order_by("pk").prefetch_related("venues", "start_dates"))
    moments = [start.updated_at for offer in offers for start in offer.start_dates_from(today)]
    content = calendar_of(_feed(found, "atom").name, offers, today)
    return answer(content, "text/calendar; charset=utf-8", moments)


def _asked(query: QueryDict) -> OfferFilter:
    """Return what is asked; raises ProblemError, for nobody sees an error beside a field of a feed."""
    found = OfferFilter(query, queryset=Offer.objects.none())
    faults = [Fault(name, str(errors[0])) for name, errors in found.form.errors.items()]
    known = {*found.form.fields, *OF_THE_LIST}
    unknown = gettext("Parameteren findes ikke. Vælg på siden med tilbud, og kopiér adressen derfra.")
    faults += [Fault(name[:40], unknown) for name in found.data if name not in known]
    if faults:
        raise bad_parameters(*faults)
    return found


def _services(found: OfferFilter) -> list[Service]:
    """Return the offers found, as they are told everywhere, with what changed last first."""
    today = timezone.localdate()
    latest = Offer.objects.published(today).filter(pk__in=found.answer.keys).order_by("-updated_at", "pk")
    told = [said.service(row, today, full=True) for row in rows.telling(latest)[:NEWS]]
    return sorted(told, key=lambda service: service.last_modified, reverse=True)


def _feed(found: OfferFilter, kind: str) -> Feed:
    """Return what is the same for all entries."""
    asked = ", ".join(chip.words for chip in found.chips())
    query = found.query_with()
    behind = f"?{query}" if query else ""
    name = gettext("Nyt om tilbud")
    return Feed(
        name=f"{name}: {asked}" if asked else name,
        here=f"{settings.BASE_URL}{reverse(f'offers:news-{kind}')}{behind}",
        page=f"{settings.BASE_URL}{reverse('offers:list')}{behind}",
    )


def _entry(service: Service) -> Entry:
    """Return what a feed tells of an offer."""
    links = service.additional_urls or []
    lines: Iterable[str | None] = (
        (service.description or "").partition("\n\n")[0],
        service.organization.name if service.organization else "",
        service.eligibility_description,
        service.fees_description,
        service.alert,
    )
    return Entry(
        title=service.name,
        page=links[0].url if links else settings.BASE_URL,
        html=paragraphs(line for line in lines if line),
        name=service.id.urn,
        changed=service.last_modified,
    )
