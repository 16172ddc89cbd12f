"""Never a dead end: what the list says when it finds little, nothing, or cannot read the question."""

import pytest
from django.urls import reverse

from offers.search.unanswered import FEW
from offers.ways_out import MOST
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

LITTLE = [
    "q=alkohol&alder=5&pris=betaling&kommune=0265",
    "q=min+datter+p%C3%A5+14+skader+sig+selv+i+Lejre&pris=gratis",
    "q=min+s%C3%B8n+p%C3%A5+12+og+min+datter+p%C3%A5+14+i+R%C3%B8dovre+chat+gratis",
    "q=kan+ikke+betale+husleje+i+Roskilde",
    "q=mindre%C3%A5rig+samtalegruppe+chat+p%C3%A5+90+%C3%A5r",
    "q=friplads&kommune=0175&kommune=0153&form=chat&form=kursus",
    "q=fridplads&ordret=ja",
    "q=skilsmise+friplads+fritidspas&maalgruppe=veteraner&anonym=ja",
    "q=vil+ike+leve+mer&pris=betaling&alder=3",
    "q=SEL+%C2%A7+101+og+gruppe&adgang=afgoerelse&anonym=ja",
    "q=xyzzy",
    "q=xyzzy+friplads&sorter=navn&page=1",
    "behov=vold&form=gruppe",
    "alder=3&maalgruppe=aeldre&pris=indkomst",
    "kommune=0563&behov=kriminalitet&behov=bolig",
    "q=%F0%9F%99%82&form=chat&maalgruppe=veteraner",
]


def ways(visitor, query):
    """Return the ways out that the list shows for a query string, by their words."""
    found = visitor.get(f"{reverse('offers:list')}?{query}").context["ways"]
    assert len({way.words for way in found}) == len(found)
    return {way.words: way for way in found}


@pytest.mark.parametrize("query", LITTLE)
def test_each_way_out_leads_to_as_many_offers_as_it_says(visitor, query):
    response = visitor.get(f"/tilbud/?{query}")
    now, shown = response.context["page"].paginator.count, response.context["ways"]
    assert now < FEW
    assert 0 < len(shown) <= MOST
    html, reached = response.content.decode(), []
    for way in shown:
        assert f'href="/tilbud/?{way.query.replace("&", "&amp;")}"' in html
        page = visitor.get(f"/tilbud/?{way.query}").context
        reached.append(frozenset(page["filter"].answer.keys))
        assert page["page"].paginator.count == way.count > now
    assert len(set(reached)) == len(reached)


def test_where_there_is_enough_no_way_out_is_shown(visitor):
    for number in range(FEW):
        make_offer(f"nok-{number}", keywords="qvintus")
    assert ways(visitor, "q=qvintus") == {}
    assert ways(visitor, "") == {}


def test_a_little_younger_and_older_and_each_wish_are_offered(visitor):
    make_offer("ung", keywords="qvintus", min_age=12, max_age=13, cost="betaling")
    make_offer("voksen", keywords="qvintus", min_age=30, max_age=40, cost="gratis")
    assert ways(visitor, "q=qvintus&alder=15")["Også lidt yngre og lidt ældre"].count == 1
    assert ways(visitor, "q=qvintus+15+%C3%A5r")["Også lidt yngre og lidt ældre"].count == 1
    assert ways(visitor, "q=qvintus&alder=15")["Uden alder"].count == 2
    assert ways(visitor, "q=qvintus&pris=gratis&alder=13")["Uden “Gratis”"].count == 1
    assert "Også lidt yngre og lidt ældre" not in ways(visitor, "q=qvintus&alder=17")


def test_an_age_around_is_shown_and_can_be_taken_away(visitor):
    make_offer("ung", keywords="qvintus", min_age=12, max_age=13)
    response = visitor.get("/tilbud/?q=qvintus&alder=15&omkring=ja")
    chips = {chip.words: chip.query for chip in response.context["filter"].chips()}
    assert chips["Alder: også 3 år yngre og ældre"] == "q=qvintus&alder=15"
    assert [hit.fits for hit in response.context["hits"]] == [""]


def test_the_neighbours_of_a_municipality_are_offered(visitor):
    make_offer("her", keywords="qvintus", municipalities=["0265"])
    make_offer("ved-siden-af", keywords="qvintus", municipalities=["0350"])
    make_offer("langt-vaek", keywords="qvintus", municipalities=["0860"])
    for query in ("q=qvintus&kommune=0265", "q=qvintus+i+Roskilde"):
        found = ways(visitor, query)
        assert found["Også nabokommunerne"].count == 2
        assert found["I alle kommuner"].count == 3


def test_a_question_of_several_things_can_let_each_go(visitor):
    make_offer("den-ene", title="Qvintus: zorbel", keywords="qvintus")
    for number in range(60):
        make_offer(f"mange-{number}", description="Her er zorbel blandt mange andre ord om alt muligt.")
    found = ways(visitor, "q=Qvintus,+zorbel!")
    assert found["Uden “Qvintus”"].count == 61
    assert "Uden “zorbel”" not in found


def test_without_a_hit_the_nearest_needs_are_shown_or_all_areas(visitor):
    near = visitor.get("/tilbud/?q=skilsmisse&form=behandling&alder=100").context["needs"]
    assert near[0].slug == "skilsmisse"
    areas = visitor.get("/tilbud/?q=xyzzy").context["needs"]
    assert {"alkohol-og-stoffer", "familie"} <= {need.slug for need in areas}
    for need in [*near, *areas]:
        assert visitor.get(f"/tilbud/?behov={need.slug}").context["page"].paginator.count == need.count


def test_without_a_hit_the_number_of_the_municipality_is_shown_where_it_is_known(visitor):
    html = visitor.get("/tilbud/?q=xyzzy&kommune=0175").content.decode()
    assert html.index("Du kan også ringe til kommunen") < html.index("Ring 36 37 70 00")
    assert "Du kan også ringe" not in visitor.get("/tilbud/?q=xyzzy&kommune=0265").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=vil+ike+leve+mer",
        "q=jeg+vil+ikk+leve+mere&pris=betaling&alder=3",
        "q=selvmrod",
        "q=min+k%C3%A6reste+sl%C3%A5er&maalgruppe=veteraner&form=chat&pris=indkomst",
        "q=overdosis&kommune=0563&alder=120",
    ],
)
def test_words_of_crisis_have_the_acute_lines_on_top_whatever_else_is_asked(visitor, query):
    response = visitor.get(f"/tilbud/?{query}")
    html = response.content.decode()
    assert response.context["filter"].is_crisis
    assert html.index('href="tel:112"') < html.index('id="antal"')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("og eller", "Vi kan ikke søge på “og eller”."),
        ("  !!! ", "Der er ingen ord at søge på."),
        ("🙂", "Der er ingen ord at søge på."),
        ("<b>", None),
        ("friplads", None),
        ("i Roskilde", None),
        ("", None),
    ],
)
def test_a_question_that_says_nothing_is_told_so_above_the_list(visitor, words, said):
    response = visitor.get("/tilbud/", {"q": words})
    html = response.content.decode()
    assert response.context["says_nothing"] == bool(said)
    if said:
        assert html.index(said) < html.index('id="antal"')
        assert response.context["page"].paginator.count > FEW
    else:
        assert "Skriv, hvad det handler om" not in html


def test_several_slips_are_told_as_one_would_say_them(visitor):
    html = visitor.get("/tilbud/?q=fridplads+dagpennge+agnst+gruppe").content.decode()
    right = "<strong>friplads</strong>, <strong>dagpenge</strong> og <strong>angst</strong>"
    assert f"Viser resultater for {right}." in html
    assert "Søg i stedet efter <em>fridplads</em>, <em>dagpennge</em> og <em>agnst</em>" in html
