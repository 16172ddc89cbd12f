"""The objects of HSDS 3.2, as far as we have something to say. The order of keys is that of reading."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from offers.api.records import Record

Clock = Annotated[str, Field(pattern=r"^\d\d:\d\d:\d\d$")]
Uri = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Mailbox = Annotated[str, Field(json_schema_extra={"format": "email"})]
ID = "Fast id. (An id that stays.)"


class Taxonomy(Record):
    """Et ordforråd. (A vocabulary.)"""

    id: UUID = Field(description=ID)
    name: str = Field(description="Navnet.", examples=["Behov"])
    description: str = Field(
        description="Hvad ordene siger noget om.", examples=["Det, man får hjælp til."]
    )
    uri: Uri = Field(description="Ordforrådets adresse.")
    version: str = Field(description="Ordforrådets version.", examples=["1"])


class Term(Record):
    """Et ord i et ordforråd. (A term of a vocabulary.)"""

    id: UUID = Field(description=ID)
    code: str = Field(description="Ordet, som det står i vores adresser.", examples=["ensom"])
    name: str = Field(description="Ordet på dansk.", examples=["Ensomhed"])
    description: str = Field(description="Hvad ordet dækker.", examples=["Du føler dig alene."])
    parent_id: UUID | None = Field(default=None, description="Det ord, det hører under.")
    taxonomy: str = Field(description="Ordforrådets navn.", examples=["Behov"])
    taxonomy_id: UUID = Field(description="Ordforrådets id.")
    taxonomy_detail: Taxonomy
    language: str = Field(description="Sproget, ordet er skrevet på.", examples=["da"])
    term_uri: Uri = Field(description="Ordets adresse.")


class Attribute(Record):
    """Det, HSDS ikke har et felt til: et ord fra et ordforråd, eller en tekst."""

    id: UUID = Field(description=ID)
    link_type: str = Field(description="Hvad det siger noget om.", examples=["service_type"])
    link_entity: Literal["service"] = Field(description="Hvad det hører til.")
    label: str = Field(description="Hvad det hedder på dansk.", examples=["Behov"])
    value: str | None = Field(default=None, description="Teksten, når det ikke er et ord fra et ordforråd.")
    taxonomy_term: Term | None = None


class Identifier(Record):
    """Et nummer, andre kender organisationen ved."""

    id: UUID = Field(description=ID)
    identifier_scheme: str = Field(description="Listen, nummeret står i.", examples=["DK-CVR"])
    identifier_type: str = Field(description="Hvad nummeret er.", examples=["CVR-nummer"])
    identifier: str = Field(description="Nummeret.", examples=["29189404"])


class Phone(Record):
    """Et telefonnummer. (A telephone number.)"""

    id: UUID = Field(description=ID)
    number: str = Field(description="Nummeret, som ejeren skriver det.", examples=["70 20 12 66"])
    type: Literal["voice", "text"] = Field(description="Tale eller SMS.")
    description: str | None = Field(default=None, description="Hvad det er til.")


class Link(Record):
    """En anden adresse på nettet."""

    id: UUID = Field(description=ID)
    label: str = Field(description="Hvad man finder der.", examples=["Chat"])
    url: Uri = Field(description="Adressen.")


class Schedule(Record):
    """Et åbent tidsrum, der går igen hver uge, i dansk tid. (Wall-clock time in Denmark.)"""

    id: UUID = Field(description=ID)
    freq: Literal["WEEKLY"] = Field(description="Hvor tit det går igen.")
    wkst: Literal["MO"] = Field(description="Ugen begynder mandag.")
    byday: str = Field(
        description="Dagene.", examples=["MO,TU"], pattern=r"^(MO|TU|WE|TH|FR|SA|SU)(,\w\w)*$"
    )
    opens_at: Clock = Field(description="Åbner.", examples=["10:00:00"])
    closes_at: Clock = Field(
        description="Lukker. Er det før opens_at, er det næste dag. 23:59:00 er hele døgnet.",
        examples=["16:00:00"],
    )
    valid_from: date | None = Field(default=None, description="Første dag, det gælder.")
    valid_to: date | None = Field(default=None, description="Sidste dag, det gælder.")
    description: str | None = Field(default=None, description="Hvad der er åbent.", examples=["Telefon"])
    notes: str | None = Field(default=None, description="Noter.")


class SpokenLanguage(Record):
    """Et sprog, man kan få hjælpen på."""

    id: UUID = Field(description=ID)
    name: str = Field(description="Sproget på dansk.", examples=["Engelsk"])
    code: str = Field(description="ISO 639-koden.", examples=["en"])


class Area(Record):
    """Hvor man skal bo. (Where one has to live.)"""

    id: UUID = Field(description=ID)
    name: str = Field(description="Navnet.", examples=["Roskilde Kommune"])
    extent_type: Literal["text"] = Field(description="Slagsen af extent.")
    extent: str = Field(description="Kommunekoden, eller DK for hele landet.", examples=["0265"])


class CostOption(Record):
    """Hvad det koster, når det er kendt."""

    id: UUID = Field(description=ID)
    option: str = Field(description="Med ord.", examples=["Gratis"])
    amount: float = Field(ge=0, description="Beløbet.", examples=[0])
    currency: Literal["DKK"] = Field(description="Valutaen.")


class Address(Record):
    """En adresse, alle må kende."""

    id: UUID = Field(description=ID)
    address_1: str = Field(description="Vej og nummer.", examples=["Ringstedgade 8"])
    city: str = Field(description="By.", examples=["Roskilde"])
    region: str | None = Field(default=None, description="Kommunen.", examples=["Roskilde Kommune"])
    state_province: str = Field(description="Regionen.", examples=["Region Sjælland"])
    postal_code: str = Field(description="Postnummer.", examples=["4000"])
    country: Literal["DK"] = Field(description="Landet.")
    address_type: Literal["physical"] = Field(description="Slagsen.")


class Location(Record):
    """Et sted, man kan komme hen. (A place one can come to.)"""

    id: UUID = Field(description=ID)
    location_type: Literal["physical"] = Field(description="Slagsen.")
    name: str = Field(description="Navnet.", examples=["Ungdommens Hus"])
    description: str | None = Field(default=None, description="Sådan kommer man ind.")
    latitude: float | None = Field(default=None, description="Breddegrad.", examples=[55.64])
    longitude: float | None = Field(default=None, description="Længdegrad.", examples=[12.08])
    addresses: list[Address] | None = None


class Organization(Record):
    """Hvem der giver hjælpen. (Who gives the help.)"""

    id: UUID = Field(description=ID)
    name: str = Field(description="Navnet.", examples=["Roskilde Kommune"])
    description: str = Field(description="Hvad det er for en organisation.", examples=["Kommune"])
    legal_status: str | None = Field(default=None, description="Hvem der ejer den.", examples=["Kommune"])
    website: Uri | None = Field(default=None, description="Hjemmesiden.")
    email: Mailbox | None = Field(default=None, description="Postkassen.")
    parent_organization_id: UUID | None = Field(default=None, description="Den, den hører under.")
    organization_identifiers: list[Identifier] | None = None
    phones: list[Phone] | None = None


class ServicePlace(Record):
    """Et tilbud på et sted. (A service at a location.)"""

    id: UUID = Field(description=ID)
    service_id: UUID = Field(description="Tilbuddets id.")
    location_id: UUID = Field(description="Stedets id.")
    location: Location
    schedules: list[Schedule] | None = Field(default=None, description="Hvornår der er åbent netop der.")


class Service(Record):
    """Et tilbud om hjælp. (An offer of help.)"""

    id: UUID = Field(description=ID)
    name: str = Field(description="Hvad man får.", examples=["Børnetelefonen"])
    description: str | None = Field(
        default=None, description="Kort fortalt i det første afsnit; derefter beskrivelsen i Markdown."
    )
    status: Literal["active", "temporarily closed", "defunct"] = Field(
        description="defunct: taget af listen for mindre end et år siden. (Withdrawn within a year.)"
    )
    organization_id: UUID = Field(description="Organisationens id.")
    organization: Organization | None = None
    url: Uri | None = Field(default=None, description="Hjemmesiden.")
    email: Mailbox | None = Field(default=None, description="Postkassen.")
    additional_urls: list[Link] | None = Field(default=None, description="Andre adresser, vores først.")
    application_process: str | None = Field(default=None, description="Sådan får man hjælpen.")
    eligibility_description: str | None = Field(default=None, description="Hvem det er for.")
    minimum_age: int | None = Field(default=None, ge=0, description="Yngste alder, med.", examples=[15])
    maximum_age: int | None = Field(default=None, ge=0, description="Ældste alder, med.", examples=[25])
    fees_description: str | None = Field(default=None, description="Prisen med ord.", examples=["Gratis"])
    alert: str | None = Field(default=None, description="Lukkedage.")
    assured_date: date | None = Field(default=None, description="Dagen, nogen sidst kontrollerede det.")
    assurer_email: Mailbox | None = Field(default=None, description="Hvem man skriver til om fejl.")
    last_modified: datetime = Field(description="Hvornår noget i tilbuddet sidst blev ændret.")
    phones: list[Phone] | None = None
    schedules: list[Schedule] | None = None
    service_areas: list[Area] | None = None
    service_at_locations: list[ServicePlace] | None = None
    languages: list[SpokenLanguage] | None = None
    cost_options: list[CostOption] | None = None
    attributes: list[Attribute] | None = None

    @property
    def summary(self) -> str:
        """It in short: the first paragraph of the description."""
        return (self.description or "").partition("\n\n")[0]

    @property
    def page(self) -> str:
        """The address of our own page about it; empty for one of which no more than its name is told."""
        return self.additional_urls[0].url if self.additional_urls else ""

    def words(self, link_type: str) -> list[str]:
        """Return the words of one vocabulary that fit it."""
        return [
            each.taxonomy_term.name
            for each in self.attributes or []
            if each.taxonomy_term and each.link_type == link_type
        ]


class OrganizationWithServices(Organization):
    """En organisation med sine tilbud. (An organisation with its services.)"""

    services: list[Service] | None = Field(default=None, description="Dens tilbud.")


class ServicePlaceWithService(ServicePlace):
    """Et tilbud på et sted, med tilbuddet. (A service at a location, with the service.)"""

    service: Service | None = None
