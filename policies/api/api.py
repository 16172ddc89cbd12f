"""The addresses of the policies' API, and its OpenAPI file."""

from django.conf import settings
from pydantic import Field

from offers.api.collection import Collection
from offers.api.endpoint import Endpoint
from offers.api.openapi import Api
from offers.api.parameters import Asked
from offers.api.records import Answer, Record
from offers.hsds.api import LICENCE
from policies.api import asked, records, said

VERSION = "1.0.0"
ABOUT = (
    "Hvad kommunen vil, hvem der har besluttet det, og hvilke tilbud der udfører det. Alle må læse og "
    "bruge det uden nøgle. (What the council wants, who decided it, and which offers carry it out. "
    "Open to all, without a key.)"
)
COLLECTIONS = (
    Collection(
        "policies",
        "policy",
        "Politikker",
        "Politikker, strategier, planer og oplæg. Et udkast har is_draft: true. (Policies, strategies and "
        "plans; a draft has is_draft: true.)",
        records.PolicyRecord,
        asked.PoliciesAsked,
        asked.policies,
        said.policy,
    ),
    Collection(
        "goals",
        "goal",
        "Mål",
        "Mål i politikkerne med deres indikatorer. (Goals of the policies, with their indicators.)",
        records.GoalRecord,
        asked.GoalsAsked,
        asked.goals,
        said.goal,
    ),
    Collection(
        "initiatives",
        "initiative",
        "Indsatser",
        "Indsatser, der skal nå målene, og de offentlige tilbud, der udfører dem. (Initiatives that serve "
        "the goals, and the published offers that carry them out.)",
        records.InitiativeRecord,
        asked.InitiativesAsked,
        asked.initiatives,
        said.initiative,
    ),
    Collection(
        "indicators",
        "indicator",
        "Indikatorer",
        "Tal, der viser, om målene er nået. (Figures that show whether the goals are met.)",
        records.IndicatorRecord,
        asked.IndicatorsAsked,
        asked.indicators,
        said.indicator,
    ),
    Collection(
        "committees",
        "committee",
        "Udvalg",
        "Udvalg, råd og byråd: hvad de har ansvar for. (Committees and councils: what they answer for.)",
        records.CommitteeRecord,
        asked.CommitteesAsked,
        asked.committees,
        said.committee,
    ),
    Collection(
        "meetings",
        "meeting",
        "Møder",
        "Møder i udvalgene, de seneste først. (Meetings of the committees, the latest first.)",
        records.MeetingRecord,
        asked.MeetingsAsked,
        asked.meetings,
        said.meeting,
    ),
)


class RootRecord(Record):
    """Hvad API'et er, og hvor dets lister er. (What the API is, and where its lists are.)"""

    title: str = Field(description="API'ets navn.")
    version: str = Field(description="API'ets version.", examples=[VERSION])
    openapi_url: str = Field(description="Beskrivelsen i OpenAPI 3.1.")
    documentation_url: str = Field(description="Siden for mennesker.")
    hsds_url: str = Field(description="API'et med tilbuddene (HSDS).")
    licence: str = Field(description="Hvad man må: navnet på licensen.", examples=[LICENCE[0]])
    licence_url: str = Field(description="Licensens tekst.")
    lists: dict[str, str] = Field(description="Listerne, hver med sin adresse.")


def root(asked: Asked) -> Answer:
    """Answer what there is."""
    base = settings.BASE_URL + said.BASE
    return Answer(
        RootRecord(
            title=API.title,
            version=VERSION,
            openapi_url=f"{base}/openapi.json",
            documentation_url=f"{settings.BASE_URL}/data/api/",
            hsds_url=f"{settings.BASE_URL}/api/hsds",
            licence=LICENCE[0],
            licence_url=LICENCE[1],
            lists={each.name: f"{base}/{each.name}" for each in COLLECTIONS},
        )
    )


START = Endpoint(
    "/",
    "getStart",
    "Start",
    "Hvad API'et har",
    "Listernes adresser, version og licens. (The addresses of the lists, version and licence.)",
    Asked,
    RootRecord,
    root,
)
API = Api(
    base=said.BASE,
    title="Politik-API",
    version=VERSION,
    description=ABOUT,
    licence=LICENCE,
    endpoints=(START, *(endpoint for each in COLLECTIONS for endpoint in each.endpoints())),
)
