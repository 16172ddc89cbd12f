"""Pages about what others may take with them: the data, and how a program fetches them."""

import re
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from offers.api.reading import manual
from offers.for_everybody import for_everybody
from offers.hsds import kept, terms
from offers.hsds.api import API as OFFERS
from offers.hsds.api import LICENCE, VERSION
from offers.hsds.files import ALL
from policies.api.api import API as POLICIES

# What the fields of HSDS mean here.
RULES = (
    (
        _("Id"),
        _(
            "Et id er en UUID og er fast. Det er det samme i alle lister og filer. Tilbud, der "
            "følger med programmet, har samme id alle steder."
        ),
    ),
    (
        "description",
        _("Det første afsnit er tilbuddet kort fortalt. Resten er beskrivelsen, skrevet i Markdown."),
    ),
    (
        "minimum_age, maximum_age",
        _("Begge aldre er med. Mangler feltet, er der ingen grænse, eller vi kender den ikke."),
    ),
    (
        "opens_at, closes_at",
        _(
            "Klokken er den i Danmark (Europe/Copenhagen), sommer og vinter. Der står ingen "
            "tidszone. Lukker det før, det åbner, er det næste dag. 00:00–23:59 er hele døgnet. "
            "Et tilbud uden tider har vi ingen tider for."
        ),
    ),
    (
        "status",
        _(
            "active er et tilbud, man kan få. temporarily closed er lukket i dag. "
            "defunct er taget af listen."
        ),
    ),
    (
        "defunct",
        _(
            "Et tilbud, der er taget af, står i listen i et år. Så kan du se det med "
            "modified_after. Derefter svarer vi 404. Kun navn, organisation og tid er med."
        ),
    ),
    (
        "last_modified",
        _(
            "Tiden flytter sig, når noget i tilbuddet bliver ændret: også et sted, et "
            "telefonnummer, et ord eller organisationen."
        ),
    ),
    (
        "assured_date",
        _("Dagen, hvor nogen sidst kontrollerede oplysningerne."),
    ),
    (
        "service_areas",
        _("Hvor man skal bo. extent er kommunens kode med fire cifre, eller DK for hele landet."),
    ),
    (
        "cost_options",
        _("Kun det, der er gratis, har et beløb. Anden pris står med ord i fees_description."),
    ),
    (
        "state_province",
        _(
            "Regionen. Fra 1. januar 2027 er Region Hovedstaden og Region Sjælland blevet til "
            "Region Østdanmark."
        ),
    ),
    (
        "easy_text",
        _("En attribut med link_type easy_text har teksten “Let at læse” i value."),
    ),
    (
        _("Hemmelige adresser"),
        _("De er ikke med. Et krisecenter har telefon og område, men intet sted."),
    ),
    (
        _("Sprog"),
        _("Alle tekster er på dansk. languages er de sprog, man kan få hjælpen på."),
    ),
)


@require_safe
@for_everybody
def data(request: HttpRequest) -> HttpResponse:
    """Say what there is, what one may do with it, and how one gets it."""
    known = kept.known(file.name for file in ALL)
    files = [(file, known.get(file.name)) for file in ALL]
    told = {"files": files, "minutes": -(-settings.DATA_FILES_GRACE // 60)}
    return render(request, "data/data.html", told | _licence())


@require_safe
@for_everybody
def api(request: HttpRequest) -> HttpResponse:
    """Show the manual of each API, made of its OpenAPI file."""
    context = {"manuals": [manual(OFFERS), manual(POLICIES)]}
    return render(request, "data/api.html", context | _licence())


@require_safe
def attempt(request: HttpRequest) -> HttpResponse:
    """Lead a form of the manual to the address that it is about, without the fields that were left empty.

    A form of HTML can neither write into a path nor leave a field out. Raises Http404 for any other.
    """
    asked = request.GET.copy()
    name = asked.pop("operation", [""])[-1]
    paths = {
        address.name: f"{api.base}{address.path.partition(' ')[2]}".rstrip("/")
        for api in (OFFERS, POLICIES)
        for address in manual(api).addresses
    }
    if name not in paths:
        raise Http404
    path = paths[name]
    for key in set(re.findall(r"{(\w+)}", path)):
        path = path.replace(f"{{{key}}}", quote(asked.pop(key, [""])[-1].strip() or "-", safe=""))
    filled = [(key, value) for key, values in asked.lists() for value in values if value.strip()]
    return redirect(f"{path}?{urlencode(filled)}" if filled else path)


@require_safe
@for_everybody
def hsds(request: HttpRequest) -> HttpResponse:
    """Show the profile: what the fields of HSDS mean here, and the vocabularies."""
    vocabularies = [
        {
            "name": each.name,
            "description": each.description,
            "link_type": each.link_type,
            "uri": terms.address("taxonomies", each.id),
        }
        for each in terms.ALL
    ]
    context = {"rules": RULES, "vocabularies": vocabularies, "version": VERSION}
    return render(request, "data/hsds.html", context)


def _licence() -> dict[str, str]:
    """Return under what the data may be used."""
    name, url = LICENCE
    return {"licence": name, "licence_url": url}
