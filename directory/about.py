"""Pages about the site itself, for people, for search engines and for those who find a weakness."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from offers.for_everybody import for_everybody
from offers.phone import tel_uri


@require_safe
@for_everybody
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is, and who runs it."""
    return render(request, "about/about.html", _who())


@require_safe
@for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored of a visitor, and what is not (docs/decisions/0008)."""
    return render(request, "about/privacy.html", _who())


@require_safe
@for_everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, in the order of the European model (EU 2018/1523)."""
    return render(request, "about/accessibility.html", _who() | {"statement_url": settings.WAS_URL})


def _who() -> dict[str, str]:
    """Return who runs the site and how one gets hold of them; what is not set is empty."""
    return {
        "operator": settings.OPERATOR,
        "email": settings.CONTACT_EMAIL,
        "phone": settings.CONTACT_PHONE,
        "phone_uri": tel_uri(settings.CONTACT_PHONE),
    }


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell machines where they have no business, and where the map is (RFC 9309).

    Searches are not named: they carry `noindex`, which a machine can only see if it may read the page.
    """
    closed = [reverse("admin:index"), "/konto/", reverse("offers:suggestions")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return _text([*lines, f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}"])


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a weakness, and until when that holds (RFC 9116).

    404 without both, and when the day is over: nobody may go by it then.
    """
    expires = settings.SECURITY_EXPIRES
    if not (settings.SECURITY_CONTACT and expires) or expires <= timezone.localdate():
        raise Http404
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
            "Preferred-Languages: da, en",
            f"Canonical: {settings.BASE_URL}{request.path}",
        ]
    )


def _text(lines: list[str]) -> HttpResponse:
    """Return the lines as plain text."""
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
