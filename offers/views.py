"""The offers' pages: the front, the list, and one offer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from offers.filters import OfferFilter
from offers.models import LifeSituation, Need, Offer
from offers.opening_hours import weeks
from offers.paging import page_of


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the door: a search box, the needs in plain words, and help for those who cannot wait."""
    offers = Offer.objects.published()
    areas = Need.objects.areas().in_order().with_offer_count(offers).prefetch_related("children")
    context = {
        "areas": [area for area in areas if area.offer_count],
        "life_situations": LifeSituation.objects.in_order().prefetch_related("needs"),
        "acute_offers": offers.acute().for_acute_line(),
        "offer_count": offers.count(),
    }
    return render(request, "offers/front.html", context)


@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    """Show the published offers that fit what is asked; a wrong question is told at its field."""
    found = OfferFilter(request.GET, queryset=Offer.objects.published().in_order())
    page = page_of(request, found.qs.for_listing())
    return render(request, "offers/list.html", {"filter": found, "page": page})


@require_safe
def offer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything a person needs to act on one offer."""
    offer = get_object_or_404(Offer.objects.published().for_page(), slug=slug)
    context = {
        "offer": offer,
        "weeks": weeks(offer.opening_hours.all()),
        "closures": [row for row in offer.closures.all() if row.ends_on >= timezone.localdate()],
        "start_dates": [row for row in offer.start_dates.all() if row.starts_on >= timezone.localdate()],
        "venues": offer.venues.all(),
    }
    return render(request, "offers/detail.html", context)
