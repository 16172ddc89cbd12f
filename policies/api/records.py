"""What the API tells of policies and what hangs on them. Ids are kept when a title is changed."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from offers.api.records import Record
from offers.models.organisation import OrganisationKind
from policies.models.committee import CommitteeKind, CommitteeLinkKind
from policies.models.goal import GoalKind
from policies.models.meeting import MeetingStatus
from policies.models.policy import PolicyKind, PolicyStatus

PAGE = "Siden for mennesker. (The page for people.)"
MARKDOWN = "Tekst i Markdown."


class NamedRecord(Record):
    """En anden post, ved id og navn. (Another item, by its id and name.)"""

    id: UUID = Field(description="Den anden posts id.")
    name: str = Field(description="Navnet eller titlen.", examples=["Udsattepolitik"])


class AuthorityRecord(NamedRecord):
    """Den myndighed, der står bag; samme id som organisationen har i HSDS."""

    kind: OrganisationKind = Field(description="Hvem der ejer den.")


class TermRecord(Record):
    """Et ord i et af vejviserens ordforråd."""

    code: str = Field(description="Ordet, som det står i adresser.", examples=["ensom"])
    name: str = Field(description="Ordet på dansk.", examples=["Ensomhed"])


class SdgRecord(Record):
    """Et af FN's 17 verdensmål."""

    number: int = Field(ge=1, le=17, description="Målets nummer.", examples=[3])
    name: str = Field(description="Navnet på dansk.", examples=["Sundhed og trivsel"])


class PolicyRecord(Record):
    """En politik, strategi, plan eller et oplæg. (A policy, strategy, plan or paper.)"""

    id: UUID = Field(description="Fast id.")
    title: str = Field(description="Titlen.", examples=["Udsattepolitik"])
    kind: PolicyKind = Field(description="Hvilken slags papir det er.")
    status: PolicyStatus = Field(description="Om den er vedtaget.")
    is_draft: bool = Field(description="Sand for et udkast, som ingen har vedtaget. (True for a draft.)")
    in_force: bool = Field(description="Sand, når den er vedtaget og gælder i dag.")
    authority: AuthorityRecord
    committee: NamedRecord | None = None
    part_of: NamedRecord | None = Field(None, description="Den politik, som fx en handleplan hører under.")
    approved_on: date | None = Field(None, description="Dagen, den blev godkendt.")
    revised_on: date | None = Field(None, description="Dagen, den sidst blev ændret.")
    published_note: str | None = Field(
        None, description="Hvornår den kom, når dagen ikke er kendt.", examples=["marts 2013"]
    )
    valid_from: date | None = Field(None, description="Første dag, den gælder.")
    valid_until: date | None = Field(None, description="Sidste dag, den gælder.")
    summary: str | None = Field(None, description="Kort fortalt.")
    vision: str | None = Field(None, description="Visionen.")
    description: str | None = Field(None, description=MARKDOWN)
    target_groups: list[TermRecord] | None = Field(None, description="Hvem den handler om.")
    needs: list[TermRecord] | None = Field(None, description="Hvilke behov den handler om.")
    sdgs: list[SdgRecord] | None = Field(None, description="Verdensmål, den nævner.")
    source_url: str | None = Field(None, description="Hvor den er hentet fra.")
    source_note: str | None = Field(None, description="Om kilden.")
    url: str = Field(description=PAGE)
    goals_url: str = Field(description="Listen af dens mål i dette API.")
    initiatives_url: str = Field(description="Listen af dens indsatser i dette API.")


class IndicatorRecord(Record):
    """Hvordan man ser, om et mål er nået. (How one sees whether a goal is met.)"""

    id: UUID = Field(description="Fast id.")
    goal_id: UUID = Field(description="Målet, den måler.")
    policy_id: UUID = Field(description="Politikken, målet står i.")
    is_draft: bool = Field(description="Sand, når politikken er et udkast.")
    what: str = Field(description="Hvad der måles.", examples=["Andel, der føler sig ensomme"])
    method: str | None = Field(None, description="Hvordan der måles.")
    baseline: str | None = Field(None, description="Tallet, man begyndte med.", examples=["67,4 procent"])
    target: str | None = Field(None, description="Tallet, man vil nå.")
    latest: str | None = Field(None, description="Det seneste tal.")
    when: str | None = Field(None, description="Hvornår målet skal være nået.")
    source: str | None = Field(None, description="Hvor tallene kommer fra.")
    source_url: str | None = Field(None, description="Kildens adresse.")


class GoalRecord(Record):
    """Noget, en politik vil: et princip, et mål, et fokusområde eller en idé."""

    id: UUID = Field(description="Fast id.")
    policy: NamedRecord
    part_of_id: UUID | None = Field(None, description="Det mål, det hører under.")
    kind: GoalKind = Field(description="Hvilken slags mål det er.")
    is_draft: bool = Field(description="Sand, når politikken er et udkast.")
    number: str | None = Field(None, description="Nummeret i politikken.", examples=["2"])
    title: str = Field(description="Titlen.", examples=["Færre ensomme"])
    description: str | None = Field(None, description=MARKDOWN)
    target_groups: list[TermRecord] | None = Field(None, description="Hvem det handler om.")
    sdgs: list[SdgRecord] | None = Field(None, description="Verdensmål, det nævner.")
    indicators: list[IndicatorRecord] | None = Field(None, description="Hvordan man måler det.")
    initiative_ids: list[UUID] | None = Field(None, description="Indsatser, der tjener målet.")
    url: str = Field(description=PAGE)


class DeliveryRecord(Record):
    """Et tilbud, der udfører indsatsen. (An offer that carries the initiative out.)"""

    id: UUID = Field(description="Tilbuddets id; det samme som i HSDS: /api/hsds/services/{id}.")
    title: str = Field(description="Tilbuddets titel.", examples=["Natteravnene"])
    reason: str = Field(description="Hvorfor vi siger, at tilbuddet udfører indsatsen.")
    url: str = Field(description=PAGE)


class InitiativeRecord(Record):
    """En indsats, der skal nå et mål, med en dansk handleplans afsnit."""

    id: UUID = Field(description="Fast id.")
    policy: NamedRecord
    is_draft: bool = Field(description="Sand, når politikken er et udkast.")
    title: str = Field(description="Titlen.", examples=["Færre ensomme"])
    summary: str | None = Field(None, description="Kort fortalt.")
    background: str | None = Field(None, description="Baggrund.")
    purpose: str | None = Field(None, description="Formål.")
    success_criteria: str | None = Field(None, description="Mål og succeskriterier.")
    target_group: str | None = Field(None, description="Målgruppe.")
    involvement: str | None = Field(None, description="Sådan inddrages målgruppen.")
    activities: str | None = Field(None, description="Aktiviteter.")
    period: str | None = Field(None, description="Periode, som kilden skriver den.")
    starts_on: date | None = Field(None, description="Første dag.")
    ends_on: date | None = Field(None, description="Sidste dag.")
    partners: str | None = Field(None, description="Samarbejdspartnere.")
    evaluation: str | None = Field(None, description="Dokumentation og evaluering.")
    owner: str | None = Field(None, description="Tovholder: en enhed, ikke en person.")
    goal_ids: list[UUID] | None = Field(None, description="Mål, indsatsen tjener.")
    offers: list[DeliveryRecord] | None = Field(None, description="Tilbud, der udfører indsatsen.")
    source_url: str | None = Field(None, description="Hvor den er hentet fra.")
    url: str = Field(description=PAGE)


class CommitteeLinkRecord(Record):
    """En adresse, hvor udvalget offentliggør noget."""

    kind: CommitteeLinkKind = Field(description="Hvad man finder der.")
    label: str = Field(description="Hvad linket hedder.")
    url: str = Field(description="Adressen.")


class CommitteeRecord(Record):
    """Et udvalg, et råd eller et byråd. (A committee or council.)"""

    id: UUID = Field(description="Fast id.")
    name: str = Field(description="Navnet.", examples=["Skole- og Børneudvalget"])
    kind: CommitteeKind = Field(description="Hvad det må.")
    authority: AuthorityRecord
    summary: str | None = Field(None, description="Kort fortalt.")
    responsibilities: list[str] | None = Field(None, description="Det, udvalget har ansvar for.")
    budget_area: str | None = Field(None, description="Budgetområde.")
    budget_share: float | None = Field(
        None, ge=0, le=100, description="Andel af budgettet i procent.", examples=[32.0]
    )
    budget_year: int | None = Field(None, description="Året, andelen gælder.")
    budget_source: str | None = Field(None, description="Det papir, andelen står i.")
    budget_note: str | None = Field(None, description="Om budgettet.")
    established_year: int | None = Field(None, description="Året, det blev oprettet.")
    links: list[CommitteeLinkRecord] | None = Field(None, description="Dagsordener, budget og andet.")
    source_url: str | None = Field(None, description="Hvor det er hentet fra.")
    url: str = Field(description=PAGE)
    atom_url: str = Field(description="Nyt om møderne som Atom.")
    calendar_url: str = Field(description="Møderne som kalender (iCal).")


class MeetingRecord(Record):
    """Et møde i et udvalg. (One meeting of a committee.)"""

    id: UUID = Field(description="Fast id; det samme som i kalenderen.")
    committee: NamedRecord
    held_on: date = Field(description="Dagen.", examples=["2027-02-03"])
    starts_at: datetime | None = Field(None, description="Hvornår det begynder, med tidszone.")
    ends_at: datetime | None = Field(None, description="Hvornår det slutter, med tidszone.")
    place: str | None = Field(None, description="Stedet.")
    status: MeetingStatus = Field(description="Om det holdes.")
    agenda_url: str | None = Field(None, description="Dagsordenen.")
    minutes_url: str | None = Field(None, description="Referatet.")
    last_modified: datetime = Field(description="Hvornår mødet sidst blev ændret her.")
    url: str = Field(description=PAGE)
