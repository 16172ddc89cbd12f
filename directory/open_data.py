"""Pages about what others may take with them: the data, and how a program fetches them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from offers.api.reading import manual
from policies.api.api import API as POLICIES
from policies.api.api import LICENCE


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """Show the manual of each API, made of its OpenAPI file."""
    name, url = LICENCE
    context = {"manuals": [manual(POLICIES)], "licence": name, "licence_url": url}
    return render(request, "data/api.html", context)
