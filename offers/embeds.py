"""What other sites show of ours in a frame: a search box or a short list; and the page with the code.

Only the sites in the setting `EMBED_ORIGINS` may; every other page of ours stays out of any frame.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from offers.filters import OfferFilter
from offers.models import Offer

BOX, LIST = "soeg", "liste"
COUNTS = (3, 5, 10)
USUAL = COUNTS[1]
# Pixels, where no script tells the height: the box, the list without its offers, and one offer in it.
BOX_HEIGHT, LIST_HEIGHT, OFFER_HEIGHT = 230, 170, 130


class CodeForm(forms.Form):
    """What is to be shown on the other site."""

    vis = forms.ChoiceField(
        label=_("Hvad vil du vise?"),
        choices=[(BOX, _("Et søgefelt")), (LIST, _("En kort liste med tilbud"))],
        error_messages={"invalid_choice": _("Det kan vi ikke vise. Vælg et søgefelt eller en liste.")},
    )
    q = forms.CharField(label=_("Ord at søge efter"), required=False)
    kommune = forms.ChoiceField(label=_("Kommune"), required=False)
    antal = forms.ChoiceField(
        label=_("Hvor mange tilbud?"),
        choices=[(str(number), number) for number in COUNTS],
        required=False,
        initial=USUAL,
        error_messages={"invalid_choice": _("Listen kan have 3, 5 eller 10 tilbud.")},
    )

    def __init__(self, data: QueryDict, found: OfferFilter):
        """Take the municipalities, and what is wrong with the search, from `found`."""
        super().__init__(data or None, auto_id="filter-%s-felt")
        places: Any = self.fields["kommune"]
        places.choices = [("", _("Hele landet")), *found.municipalities]
        self.found = found

    def clean_q(self) -> str:
        """Return the words, if the search can use them."""
        if problem := self.found.form.errors.get("q"):
            raise forms.ValidationError(problem)
        return self.cleaned_data["q"]


def _framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let the sites of the setting, and nobody else, show a page in a frame."""

    @require_safe
    @xframe_options_exempt
    @wraps(view)
    def framed(request: HttpRequest) -> HttpResponseBase:
        directives = {"frame-ancestors": settings.EMBED_ORIGINS or [NONE], "form-action": [SELF]}
        response = csp_replace(directives)(view)(request)
        # Else a site that keeps itself apart (Cross-Origin-Embedder-Policy) could not show it.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return framed


@_framed
def box(request: HttpRequest) -> HttpResponse:
    """Show a search box that leads to our list."""
    return render(request, "embeds/box.html")


@_framed
def some(request: HttpRequest) -> HttpResponse:
    """Show the first offers of a search; the address asks as that of the list does, and how many."""
    found = OfferFilter.of(request.GET)
    asked = request.GET.copy()
    number = asked.pop("antal", [""])[-1]
    most = int(number) if number in map(str, COUNTS) else USUAL
    is_wrong = bool(found.form.errors)
    keys = [] if is_wrong else found.answer.keys
    rows = Offer.objects.published().only("slug", "title", "summary").in_bulk(keys[:most])
    context = {
        "offers": [rows[key] for key in keys[:most] if key in rows],
        "count": len(keys),
        "is_wrong": is_wrong,
        "all_url": f"{reverse('offers:list')}?{asked.urlencode()}" if asked else reverse("offers:list"),
    }
    return render(request, "embeds/list.html", context, status=400 if is_wrong else 200)


@require_safe
@conditional_page
def script(request: HttpRequest) -> HttpResponse:
    """Give the script that other sites may use in the place of a frame; its address stays the same."""
    code = (settings.BASE_DIR / "static" / "embed" / "vejviser.js").read_text()
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
    return HttpResponse(code, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """Give the code for what one chooses."""
    found = OfferFilter.of(_search(request.GET))
    form = CodeForm(request.GET, found)
    context: dict[str, Any] = {"form": form, "origins": settings.EMBED_ORIGINS}
    if form.is_valid():
        context |= _code(form.cleaned_data)
    return render(request, "embeds/build.html", context)


def _search(asked: QueryDict) -> QueryDict:
    """Return of what is asked what the list of offers knows."""
    known = QueryDict(mutable=True)
    for name in ("q", "kommune"):
        if value := asked.get(name, "").strip():
            known[name] = value
    return known


def _code(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return where the frame leads, how high it is, and what it is called to those who cannot see it."""
    path, height = reverse("offers:embed-box"), BOX_HEIGHT
    if chosen["vis"] == LIST:
        number = int(chosen["antal"] or USUAL)
        asked = {name: chosen[name] for name in ("q", "kommune") if chosen[name]}
        path = f"{reverse('offers:embed-list')}?{urlencode({**asked, 'antal': number})}"
        height = LIST_HEIGHT + number * OFFER_HEIGHT
    return {
        "frame": settings.BASE_URL + path,
        "path": path,
        "height": height,
        "is_list": chosen["vis"] == LIST,
        "script_url": settings.BASE_URL + reverse("offers:embed-script"),
        "list_url": settings.BASE_URL + reverse("offers:list"),
        "language": get_language(),
    }
