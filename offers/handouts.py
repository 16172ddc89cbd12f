"""What one takes along from an offer's page: dates for the calendar, a code for the phone, a poster."""

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from offers.calendar_file import calendar_file
from offers.for_everybody import for_everybody
from offers.models import ContactPoint, Offer

# Readable with a corner torn off or a stain: a quarter of the code may be lost (level Q of ISO/IEC 18004).
CORRECTION = "q"


@require_safe
@conditional_page
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the dates to come as a calendar file; 404 when there are none: no calendar may be empty."""
    offer = get_object_or_404(
        Offer.objects.published().prefetch_related("venues", "start_dates"), slug=slug
    )
    start_dates = offer.start_dates_from(timezone.localdate())
    if not start_dates:
        raise Http404
    return _file(calendar_file(offer, start_dates), "text/calendar; charset=utf-8")


@require_safe
@conditional_page
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a QR code of the address of the offer's page."""
    offer = get_object_or_404(Offer.objects.published(), slug=slug)
    image = io.BytesIO()
    segno.make_qr(_address(offer), error=CORRECTION).save(
        image, kind="svg", scale=10, light="#fff", svgclass=None, lineclass=None
    )
    return _file(image.getvalue(), "image/svg+xml")


@require_safe
@for_everybody
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page to print and hang on the wall: what it is, whom to call, and the code."""
    offer = get_object_or_404(Offer.objects.published().prefetch_related("contact_points"), slug=slug)
    contacts = [row for row in offer.contact_points.all() if row.may_be_told]
    numbers = [row for row in contacts if row.kind == ContactPoint.Kind.PHONE]
    context = {"offer": offer, "numbers": numbers, "address": _address(offer)}
    return render(request, "offers/poster.html", context)


def _address(offer: Offer) -> str:
    """Return the whole address of the offer's page, as the public uses it."""
    return settings.BASE_URL + offer.get_absolute_url()


def _file(content: bytes, content_type: str) -> HttpResponse:
    """Return a file that search engines leave alone."""
    return HttpResponse(content, content_type=content_type, headers={"X-Robots-Tag": "noindex"})
