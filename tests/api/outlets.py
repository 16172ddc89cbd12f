"""Every address that tells the public anything, and what it tells, out of whatever it is packed in."""

import io
import json
import re
import zipfile

from django.urls import get_resolver, resolve

from offers.models import Offer
from policies.models import Committee
from tests.addresses import public_addresses
from tests.conftest import LINKED_DATA

# Addresses that tell of offers and policies to machines, with what makes them tell most.
OUTLETS = (
    "/api/hsds",
    "/api/hsds/openapi.json",
    "/api/hsds/services?per_page=100",
    "/api/hsds/services?per_page=100&full=true",
    "/api/hsds/services?format=ndjson&full=true",
    "/api/hsds/services?minimal=true&per_page=100",
    "/api/hsds/services?search=skjul",
    "/api/hsds/organizations?per_page=100&full=true&full_service=true",
    "/api/hsds/organizations?format=ndjson&full_service=true",
    "/api/hsds/service_at_locations?per_page=100&full=true",
    "/api/hsds/service_at_locations?format=ndjson&full=true",
    "/api/hsds/service_at_locations?postcode=4321",
    "/api/hsds/taxonomies",
    "/api/hsds/taxonomy_terms?per_page=100",
    "/api/hsds/taxonomy_terms?format=ndjson",
    "/api/politikker",
    "/api/politikker/openapi.json",
    "/api/politikker/policies?per_page=100",
    "/api/politikker/goals?per_page=100",
    "/api/politikker/initiatives?per_page=100",
    "/api/politikker/indicators?per_page=100",
    "/api/politikker/committees?per_page=100",
    "/api/politikker/meetings?per_page=100",
    "/data/katalog.jsonld",
    "/data/SHA256SUMS",
    "/data/tilbud.xlsx",
    "/data/tilbud.csv",
    "/data/services.ndjson",
    "/data/services.json",
    "/data/services.zip",
    "/tilbud/nyt.atom",
    "/tilbud/nyt.json?q=skjul",
    "/tilbud/nyt.json",
    "/tilbud/opstart.ics",
    "/tilbud/fundet.csv?alder=15",
    "/tilbud/fundet.xlsx?kommune=0265",
    "/forslag/?q=skjul",
    "/overblik/huller.csv",
    "/liste/arbejder.js",
    "/kalender.atom",
    "/kalender.ics",
    "/bibliotek/feed.atom",
    "/ideer/feed.atom",
    "/sitemap.xml",
)
SINGLE = {
    "hsds": ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"),
    "politikker": ("policies", "goals", "initiatives", "indicators", "committees", "meetings"),
}
# What tells of no offer and no policy: what is not there, colours, the icon, and what machines look at;
# words of thanks, and links that were mailed; and what asks who one is.
SAY_NOTHING = re.compile(
    r"\^api/\w+/\(\?P<rest>|healthz|readyz|robots|\.well-known/|favicon\.ico|kommune\.css|admin/|konto/"
    r"|data/api/proev/$|indlejr/vejviser\.js$|indsatser/$|tilbud/<slug:slug>/(ret/tak|stadig-rigtigt)/"
)
# A moment without its zone, wherever it stands.
NAIVE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(?![\d:.]|Z|[+-]\d\d)")


def addresses(visitor):
    """Yield every address; those of single things as far as there are any."""
    yield from public_addresses()
    yield from OUTLETS
    for api, names in SINGLE.items():
        for name in names:
            page = visitor.get(f"/api/{api}/{name}?per_page=100").json()
            yield from (f"/api/{api}/{name}/{each['id']}" for each in page["contents"])
    for offer in Offer.objects.published():
        page = offer.get_absolute_url()
        yield from (f"/en{page}", f"{page}qr.svg", f"{page}ret/")
        if offer.start_dates.exists():
            yield f"{page}datoer.ics"
    for committee in Committee.objects.all():
        yield from (f"{committee.get_absolute_url()}moeder.{kind}" for kind in ("atom", "ics"))
    codes = "+".join(Offer.objects.exclude(code="").values_list("code", flat=True)[:20])
    yield from (f"/liste/?tilbud={codes}", f"/liste/sammenlign/?tilbud={codes}")


def routes(patterns=None, before=""):
    """Yield the pattern of every address that there is."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, whole)
        elif not SAY_NOTHING.match(whole):
            yield whole


def route_of(address):
    """Return the pattern of an address."""
    return resolve(address.partition("?")[0].removeprefix("/en")).route


def told(visitor, address):
    """Return all that an address tells; what is packed is unpacked."""
    by_the_box = {"HX-Request": "true"} if address.startswith("/forslag/") else {}
    response = visitor.get(address, headers=by_the_box)
    assert response.status_code == 200, address
    content = response.getvalue()
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def values(address, text):
    """Yield what is told as JSON: the whole, line by line, or in the middle of a page."""
    path = address.partition("?")[0]
    if path.endswith(("ndjson",)) or "format=ndjson" in address:
        yield from map(json.loads, text.splitlines())
    elif path.endswith((".json", ".jsonld")) or path.startswith("/api/"):
        yield json.loads(text)
    else:
        yield from map(json.loads, LINKED_DATA.findall(text))
