"""The offers' pages: the front, the list, and one offer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from offers import linked_data
from offers.acute import acute_lines
from offers.ages import for_whom
from offers.filters import OfferFilter
from offers.for_everybody import for_everybody
from offers.htmx import HtmxRequest
from offers.labels import WHOM
from offers.missed_searches import note
from offers.models import ContactPoint, LifeSituation, Need, Offer, Organisation, TargetGroup
from offers.opening_hours import weeks
from offers.opening_now import openings
from offers.paging import page_of
from offers.panel import panel
from offers.pieces import kept_page
from offers.reasons import hits
from offers.search import current
from offers.search.question import Question
from offers.search.similar import similar
from offers.steps import price, steps
from offers.templatetags.wording import offers_in_words
from offers.ways_out import near_needs, says_nothing, ways_out, whom_to_call


@require_safe
@for_everybody
def front(request: HttpRequest) -> HttpResponse:
    """Show the door: a search box, the needs in plain words, and help for those who cannot wait."""
    everything = current.ask(Question())
    counts = everything.counts["behov"]
    areas = Need.objects.areas().in_order().prefetch_related("children")
    context = {
        "areas": [area for area in areas if counts.get(area.slug)],
        "counts": counts,
        "life_situations": LifeSituation.objects.in_order().prefetch_related("needs"),
        "acute_lines": acute_lines(),
        "whom": WHOM.items(),
        "offer_count": len(everything.keys),
    }
    return render(request, "offers/front.html", context)


@require_safe
@for_everybody
@vary_on_headers("HX-Request")
def offer_list(request: HtmxRequest) -> HttpResponse:
    """Show the published offers that fit what is asked; a wrong question is told at its field.

    To htmx only what changes with the filters. What is wrong is shown by the whole page.
    """
    found = OfferFilter.of(request.GET)
    if request.htmx and found.form.errors:
        return HttpResponseClientRedirect(request.get_full_path())
    note(request, found)
    page = page_of(request, found.answer.keys)
    context = {
        "filter": found,
        "path": request.path,
        "page": page,
        "hits": hits(found, found.cards(list(page.object_list))),
        "ways": ways_out(found),
        "says_nothing": says_nothing(found),
    }
    if not found.answer.keys:
        context |= {"needs": near_needs(found), "numbers": whom_to_call(found)}
    if found.is_crisis or not found.answer.keys:
        context["acute_lines"] = acute_lines(found.crisis_needs)
    if request.htmx:
        return render(request, "offers/_live.html", context)
    return kept_page(request, "offers/list.html", {"is_asked": bool(found.data)}, _parts(found, context))


def _parts(found: OfferFilter, context: dict[str, Any]) -> dict[str, str]:
    """Return what is new on each page of the list."""
    crisis = {"is_crisis": found.is_crisis, "lines": context.get("acute_lines")}
    form = found.form
    return {
        "errors": render_to_string("includes/error_summary.html", {"form": form}) if form.errors else "",
        "crisis": render_to_string("offers/_crisis.html", crisis),
        "panel": panel(found),
        "in_words": offers_in_words(len(found.answer.keys)),
        "found": render_to_string("offers/_found.html", context),
    }


@require_safe
@for_everybody
def offer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything a person needs to act on one offer."""
    offer = get_object_or_404(Offer.objects.published().for_page(), slug=slug)
    return render(request, "offers/detail.html", told_of(offer))


def told_of(offer: Offer) -> dict[str, Any]:
    """Return what the page of one offer tells; it was loaded `for_page`."""
    contacts, via = contacts_of(offer)
    today = timezone.localdate()
    start_dates = offer.start_dates_from(today)
    closures = [row for row in offer.closures.all() if row.ends_on >= today]
    return {
        "offer": offer,
        "contacts": contacts,
        "via": via,
        "steps": steps(offer, contacts, via, start_dates),
        "price": price(offer),
        "similar": similar_to(offer),
        "opening": openings([offer]).get(offer.pk),
        "weeks": weeks(offer.opening_hours.all()),
        "closures": closures,
        "start_dates": start_dates,
        "venues": offer.venues.all(),
        "linked_data": linked_data.script(offer, closures),
    }


def similar_to(offer: Offer) -> list[tuple[Offer, str]]:
    """Return at most a handful of offers that one might use instead, the likest first, and whom for.

    One statement; to whom they are told is known by the index.
    """
    index, needs = current.reader().index, [need.slug for need in offer.needs.all()]
    keys = similar(index, offer.pk, needs, timezone.localdate().toordinal())
    shown = Offer.objects.published().only("slug", "title", "summary", "min_age", "max_age")
    found = shown.in_bulk(keys) if keys else {}
    known = current.kept.value(("rows", "groups"), lambda: list(TargetGroup.objects.in_order()))
    told = []
    for key, document in zip(keys, index.places_of(keys).tolist(), strict=True):
        if row := found.get(key):
            named = index.facets["maalgruppe"].of(document)
            groups = [group for group in known if group.slug in named]
            told.append((row, for_whom(row.min_age, row.max_age, groups)))
    return told


def contacts_of(offer: Offer) -> tuple[list[ContactPoint], Organisation | None]:
    """Return whom to ask about `offer`, and through which organisation when it is not the offer itself.

    An offer with neither a contact nor a page of its own leads to the organisation behind it, or to
    the one above that.
    """
    own = [row for row in offer.contact_points.all() if row.may_be_told]
    if own or offer.url or offer.apply_url:
        return own, None
    for organisation in filter(None, (offer.organisation, offer.organisation.parent)):
        found = [row for row in organisation.contact_points.all() if row.may_be_told]
        if found or organisation.url:
            return found, organisation
    return [], None
