"""What one may ask of /api/hsds: the parameters of HSDS 3.2."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from offers.api.parameters import DIGITS, Asked, Id, Moment, PageAsked, Truth, Words, refused

# Half the way around the earth, in metres.
FARTHEST = 20_000_000
POSTCODE = "^[0-9]{4}$"


class Format(StrEnum):
    """How a list is written."""

    JSON = "json"
    NDJSON = "ndjson"


def _postcode(value: Any) -> Any:
    """Return the postcode that stands in the text."""
    if not (isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit()):
        raise refused("Skriv et dansk postnummer med fire cifre, fx 4000.")
    return value


Postcode = Annotated[
    str, BeforeValidator(_postcode), WithJsonSchema({"type": "string", "pattern": POSTCODE})
]


Metres = Annotated[int, Field(ge=0, le=FARTHEST), DIGITS]


class ListAsked(PageAsked):
    """What every list takes."""

    ALSO: ClassVar[dict[str, str]] = {"perPage": "per_page"}

    search: Words | None = Field(
        default=None,
        description="Ord at søge efter. For tilbud er det den samme søgning som på siden. Tomt er som "
        "ingen søgning; tegn uden ord finder intet. (Words to search for; of services by the search of the "
        "site. Empty is no search; signs without a word find nothing.)",
        examples=["ensom"],
    )
    format: Format = Field(
        default=Format.JSON,
        description="ndjson giver hele listen på én gang, en post på hver linje; page og per_page bruges "
        "ikke. (ndjson gives the whole list at once, one item a line; page and per_page are not used.)",
    )


class _WithWords(ListAsked):
    """What lists take whose items have words of our vocabularies."""

    taxonomy_term_id: Id | None = Field(
        default=None,
        description="Kun med dette ord fra /taxonomy_terms; et område står for sine behov. (Only with this "
        "term; an area stands for its needs.)",
    )
    taxonomy_id: Id | None = Field(
        default=None, description="Kun med et ord fra dette ordforråd. (Only with a term of this taxonomy.)"
    )
    full: Truth = Field(
        default=False, description="Alt om hver post, som når den står alene. (All of each item.)"
    )


class ServicesAsked(_WithWords):
    """Which services."""

    organization_id: Id | None = Field(
        default=None, description="Kun fra denne organisation. (Only of this organisation.)"
    )
    modified_after: Moment | None = Field(
        default=None,
        description="Kun dem, der er ændret da eller senere, også dem, der er taget af. (Only those "
        "changed then or later, withdrawn ones included.)",
        examples=["2026-11-22T08:30:00Z"],
    )
    minimal: Truth = Field(
        default=False,
        description="Kun id, navn, status, organisation og ændringstid; går forud for full. (Only id, "
        "name, status, organisation and time of change; it overrules full.)",
    )


class OrganizationsAsked(_WithWords):
    """Which organisations."""

    full_service: Truth = Field(
        default=False, description="Med alt om hvert tilbud. (With all of each service.)"
    )


class OneOrganizationAsked(Asked):
    """How much of one organisation."""

    full_service: Truth = Field(
        default=False, description="Med alt om hvert tilbud. (With all of each service.)"
    )


class PlacesAsked(_WithWords):
    """Which services at which locations."""

    organization_id: Id | None = Field(
        default=None, description="Kun fra denne organisation. (Only of this organisation.)"
    )
    modified_after: Moment | None = Field(
        default=None,
        description="Kun dem, der er ændret da eller senere. (Only those changed then or later.)",
        examples=["2026-11-22"],
    )
    postcode: Postcode | None = Field(
        default=None, description="Kun steder med dette postnummer. (Only places with this postcode.)"
    )
    proximity: Metres | None = Field(
        default=None,
        description="Også steder så mange meter fra postnummeret; uden postcode er svaret 404. (Places so "
        "many metres from the postcode, too; without a postcode the answer is 404.)",
    )


class TaxonomiesAsked(ListAsked):
    """Which vocabularies."""


class TermsAsked(ListAsked):
    """Which words."""

    taxonomy_id: Id | None = Field(
        default=None, description="Kun fra dette ordforråd. (Only of this taxonomy.)"
    )
    parent_id: Id | None = Field(
        default=None, description="Kun ord lige under dette. (Only terms right below this one.)"
    )
    top_only: Truth = Field(
        default=False, description="Kun ord, der ikke er under et andet. (Only terms without a parent.)"
    )
