"""The stylesheet that gives the site a municipality's colour: made from one setting, a few lines long."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from directory.contrast import button_in_the_dark, link_in_the_dark

A_YEAR = 365 * 24 * 3600


def rules(colour: str) -> str:
    """Return the rules by which `colour` takes the place of our own, in the light and in the dark."""
    link, button = link_in_the_dark(colour), button_in_the_dark(colour)
    own = f":root {{ --link: light-dark({colour}, {link}); --accent: light-dark({colour}, {button}); }}\n"
    # Another stylesheet does not know our names: its theme gives way for links and the main buttons.
    theirs = (
        "a { color: var(--link); }\n.button.button-primary { background: var(--accent); color: #fff; }\n"
    )
    return own + theirs if settings.STYLESHEET else own


def address() -> str:
    """Return the address of the stylesheet, another for each colour; empty when there is none."""
    if not settings.MUNICIPALITY_COLOUR:
        return ""
    version = hashlib.sha256(rules(settings.MUNICIPALITY_COLOUR).encode()).hexdigest()[:8]
    return f"{reverse('colour')}?v={version}"


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve the rules; whoever has them keeps them, because another colour has another address."""
    if not settings.MUNICIPALITY_COLOUR:
        raise Http404
    response = HttpResponse(rules(settings.MUNICIPALITY_COLOUR), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
