"""The addresses of /api/hsds, and its OpenAPI file."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from pydantic import BaseModel, Field

from offers.api.endpoint import Endpoint
from offers.api.openapi import Api
from offers.api.parameters import Asked
from offers.api.records import Answer, File, Record, page_type
from offers.hsds import asked, lists, records, rows, terms
from offers.hsds.uris import email

VERSION = "3.2"
PROFILE = "/data/hsds/"
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
ABOUT = (
    "Alle offentlige tilbud om hjælp efter HSDS 3.2 (Open Referral). Alle må læse og bruge det uden nøgle. "
    "(All public offers of help by HSDS 3.2. Open to all, without a key.)"
)


class Publisher(Record):
    """Hvem der udgiver data. (Who publishes the data.)"""

    name: str = Field(description="Navnet.")
    email: str | None = Field(default=None, description="Postkassen.")
    website: str = Field(description="Siden.")


class Root(Record):
    """Hvad API'et er. (What the API is.)"""

    version: str = Field(description="Versionen af HSDS.", examples=[VERSION])
    profile: str = Field(description="Hvordan vi bruger HSDS. (How we use HSDS.)")
    openapi_url: str = Field(description="Beskrivelsen i OpenAPI 3.1.")
    description: str = Field(description="Hvad der er her.")
    data_guide: str = Field(description="Om data, for mennesker.")
    publisher: Publisher


def root(asked: Asked) -> Answer:
    """Answer what there is."""
    site = settings.BASE_URL
    publisher = Publisher(
        name=settings.OPERATOR or settings.SITE_NAME, email=email(settings.CONTACT_EMAIL), website=site
    )
    return Answer(
        Root(
            version=VERSION,
            profile=f"{site}{PROFILE}",
            openapi_url=f"{site}{terms.BASE}/openapi.json",
            description=ABOUT,
            data_guide=f"{site}/data/",
            publisher=publisher,
        )
    )


SERVICE_PAGE = page_type(records.Service)
ORGANIZATION_PAGE = page_type(records.OrganizationWithServices, "OrganizationPage")
PLACE_PAGE = page_type(records.ServicePlaceWithService, "ServicePlacePage")
TAXONOMY_PAGE = page_type(records.Taxonomy)
TERM_PAGE = page_type(records.Term)


def _told_services(found: Any, asked: Any, today: Any) -> Any:
    """Load what is told of services."""
    return rows.telling(found)


def _told_places(found: Any, asked: Any, today: Any) -> Any:
    """Load what is told of services at locations."""
    return rows.telling_places(found, full=asked.full)


SERVICES = lists.Shelf(rows.services, _told_services, lists.told_service, SERVICE_PAGE)
ORGANIZATIONS = lists.Shelf(
    rows.organisations, lists.with_services, lists.told_organization, ORGANIZATION_PAGE
)
PLACES = lists.Shelf(lists.places_asked, _told_places, lists.told_place, PLACE_PAGE)


def _pair(
    name: str,
    tag: str,
    description: str,
    several: tuple[type[Asked], type[BaseModel], Callable[..., Answer | File]],
    one: tuple[type[Asked], type[BaseModel], Callable[..., Answer]],
) -> tuple[Endpoint, Endpoint]:
    """Return the address of a list, and that of one of its items."""
    words = "".join(part.capitalize() for part in name.split("_"))
    single = f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")
    whole = Endpoint(
        f"/{name}", f"list{words}", tag, f"{tag}: listen", description, *several, version=rows.version
    )
    alone = Endpoint(
        f"/{name}/{{id}}", f"get{single}", tag, f"{tag}: en enkelt", description, *one, version=rows.version
    )
    return whole, alone


API = Api(
    base=terms.BASE,
    title="HSDS",
    version=f"{VERSION}.0",
    description=ABOUT,
    licence=LICENCE,
    endpoints=(
        Endpoint(
            "/",
            "getRoot",
            "Start",
            "Hvad API'et har",
            "Version, profil og udgiver. (Version, profile and publisher.)",
            Asked,
            Root,
            root,
        ),
        *_pair(
            "services",
            "Tilbud",
            "Tilbud om hjælp; dem, der er taget af inden for et år, har status defunct. (Offers of help; "
            "those withdrawn within a year are defunct.)",
            (asked.ServicesAsked, SERVICE_PAGE, lists.services(SERVICES)),
            (Asked, records.Service, lists.one_service),
        ),
        *_pair(
            "organizations",
            "Organisationer",
            "Dem, der giver hjælpen, og dem, de hører under. (Those who give the help, and those "
            "above them.)",
            (asked.OrganizationsAsked, ORGANIZATION_PAGE, ORGANIZATIONS.several),
            (asked.OneOrganizationAsked, records.OrganizationWithServices, lists.one_organization),
        ),
        *_pair(
            "service_at_locations",
            "Tilbud på steder",
            "Hvert tilbud på hvert sted; hemmelige adresser er ikke med. (Each service at each location; "
            "confidential addresses are left out.)",
            (asked.PlacesAsked, PLACE_PAGE, PLACES.several),
            (Asked, records.ServicePlaceWithService, lists.one_place),
        ),
        *_pair(
            "taxonomies",
            "Ordforråd",
            "Ordforråd, tilbuddene er ordnet efter. (Vocabularies by which the services are sorted.)",
            (asked.TaxonomiesAsked, TAXONOMY_PAGE, lists.of_values(lists.taxonomies, TAXONOMY_PAGE)),
            (
                Asked,
                records.Taxonomy,
                lists.one_value(lambda: [terms.taxonomy(vocabulary) for vocabulary in terms.ALL]),
            ),
        ),
        *_pair(
            "taxonomy_terms",
            "Ord",
            "Ordene i ordforrådene. (The terms of the vocabularies.)",
            (asked.TermsAsked, TERM_PAGE, lists.of_values(rows.words, TERM_PAGE)),
            (
                Asked,
                records.Term,
                lists.one_value(
                    lambda: [word for vocabulary in terms.ALL for word in terms.words_of(vocabulary)]
                ),
            ),
        ),
    ),
)
