"""`/overblik/`: the map of needs and ages, its holes in words and as a file, and its switches."""

import csv
import io
import re
from html import unescape

import pytest
from django.http import QueryDict

from offers.csv_file import harmless
from offers.filters import OfferFilter
from offers.models import Need, Offer
from offers.search.coverage import BANDS
from policies.models import Goal
from tests.lists import offers_on
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

SWITCHES = ["", "kommune=0265", "kommune=0175&adgang=selv&adgang=ukendt&pris=gratis"]


def overview(visitor, query=""):
    """Return the map that the page shows."""
    return visitor.get(f"/overblik/?{query}").context["overview"]


def table(answer):
    """Return the rows of a CSV file, its byte order mark left out."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("switches", SWITCHES)
def test_every_number_is_what_one_finds_behind_it(visitor, switches):
    shown = overview(visitor, switches)
    cells = [cell for row in shown.rows for cell in row.cells]
    assert len(cells) == Need.objects.count() * len(BANDS)
    asked = OfferFilter.of(QueryDict(""))
    for cell in cells:
        behind = asked.asking(QueryDict(cell.url.partition("?")[2]))
        assert not behind.form.errors
        assert len(behind.answer.keys) == cell.count, cell.url
    for hole in shown.holes:
        assert asked.asking(QueryDict(hole.url.partition("?")[2])).answer.keys == [], hole.words


def test_a_click_shows_the_number_and_the_ages(visitor):
    make_offer("elleve-til-sytten", needs=["handicap"], min_age=11, max_age=17)
    [row] = [row for row in overview(visitor).rows if row.need.slug == "handicap"]
    assert [cell.count for cell in row.cells] == [0, 1, 1, 0, 0, 0]
    page = visitor.get(row.cells[1].url)
    assert [offer.slug for offer in offers_on(page)] == ["elleve-til-sytten"]
    html = page.content.decode()
    assert "Alder: 6–12" in html
    assert 'name="alder_til" value="12"' in html
    [chip] = [chip for chip in page.context["filter"].chips() if chip.words == "Alder: 6–12"]
    assert chip.query == "behov=handicap"


def test_picture_and_table_have_the_same_numbers(visitor):
    html = visitor.get("/overblik/").content.decode()
    picture = re.findall(r'<text class="heat-number[^>]*>(\d+)<', html)
    cells = re.findall(r'<td><a class="heat-\d"[^>]*>(\d+)<', html)
    assert picture == cells
    assert len(picture) == Need.objects.count() * len(BANDS)


def test_an_offer_without_limits_counts_at_every_age_and_a_hidden_one_nowhere(visitor):
    make_offer("alle", needs=["handicap"])
    make_offer("kladde", needs=["handicap"], status=Offer.Status.DRAFT)
    [row] = [row for row in overview(visitor).rows if row.need.slug == "handicap"]
    assert [cell.count for cell in row.cells] == [1] * len(BANDS)


def test_holes_are_named_in_words(visitor):
    make_offer("voksne", needs=["handicap"], min_age=18, max_age=29)
    shown = overview(visitor)
    words = [hole.words for hole in shown.holes]
    assert "Ingen tilbud om handicap for 0–17 år" in words
    assert "Ingen tilbud om handicap for 30 år og ældre" in words
    assert "Ingen tilbud om ny i Danmark" in words
    html = visitor.get("/overblik/").content.decode()
    assert all(hole.words in unescape(html) for hole in shown.holes)
    assert html.index("Ingen hjælp i nogen alder") < html.index("Kun hjælp i andre aldre")


def test_an_area_is_no_hole_beside_its_needs(visitor):
    named = {hole.need.slug for hole in overview(visitor, "kommune=0175&pris=betaling").holes}
    assert not named & set(Need.objects.filter(children__isnull=False).values_list("slug", flat=True))


def test_a_place_counts_its_own_offers_and_those_for_everybody(visitor):
    make_offer("her", needs=["handicap"], municipalities=["0265"])
    make_offer("der", needs=["handicap"], municipalities=["0175"])
    make_offer("alle", needs=["handicap"])
    counts = {place: overview(visitor, place).counts["handicap"][0] for place in ("", "kommune=0265")}
    assert counts == {"": 3, "kommune=0265": 2}
    assert "der bor i Roskilde, kan bruge" in visitor.get("/overblik/?kommune=0265").content.decode()


@pytest.mark.parametrize("query", ["kommune=9999", "adgang=findes-ikke", "pris=%00", "kommune=0101900001"])
def test_a_switch_that_is_wrong_is_told_and_the_map_is_shown(visitor, query):
    answer = visitor.get(f"/overblik/?{query}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Noget i søgningen kunne ikke bruges" in html
    assert answer.context["overview"].counts == overview(visitor).counts
    assert_valid(html, query)
    assert visitor.get(f"/overblik/huller.csv?{query}").status_code == 200
    part = visitor.get(f"/overblik/?{query}", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].startswith("/overblik/?")


def test_htmx_gets_the_map_and_the_number_of_holes(visitor):
    part = visitor.get("/overblik/?pris=gratis", headers={"HX-Request": "true"})
    number = len(part.context["overview"].holes)
    html = part.content.decode()
    assert "<html" not in html
    assert '<span id="valgt-pris" hx-swap-oob="true"> <span class="badge badge-info">1<' in html
    assert f'<div id="hul-antal" hx-swap-oob="innerHTML"><p>{number} huller</p>' in " ".join(
        html.split()
    ).replace("> <p>", "><p>")


def test_nothing_at_all_is_a_map_of_holes(visitor):
    Offer.objects.all().delete()
    assert {count for row in overview(visitor).counts.values() for count in row} == {0}
    Goal.objects.update(theme=None)  # ideas have areas of needs for themes
    Need.objects.filter(parent__isnull=False).delete()
    Need.objects.all().delete()
    answer = visitor.get("/overblik/")
    assert "Der er tilbud til hvert behov" not in answer.content.decode()
    assert_valid(answer.content.decode(), "empty")
    assert len(table(visitor.get("/overblik/huller.csv"))) == 1


def test_the_file_has_the_holes_in_their_order(visitor):
    query = "kommune=0265&pris=gratis"
    answer = visitor.get(f"/overblik/huller.csv?{query}")
    head, *rows = table(answer)
    assert head[:4] == ["Område", "Behov", "Fra alder", "Til og med alder"]
    holes = overview(visitor, query).holes
    assert [row[1:4] for row in rows] == [[hole.need.name, *map(str, hole.hole.ages)] for hole in holes]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="huller.csv"' in answer.headers["Content-Disposition"]
    assert (
        f"/overblik/huller.csv?{query}".replace("&", "&amp;")
        in visitor.get(f"/overblik/?{query}").content.decode()
    )


@pytest.mark.parametrize("name", ["=1+1", "+45", "-2", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_takes_no_name_for_a_formula(visitor, name):
    Need.objects.create(slug="formel", name=name)
    assert [row[1] for row in table(visitor.get("/overblik/huller.csv")) if name.strip() in row[1]] == [
        harmless(name)
    ]


def test_the_page_may_be_kept_by_caches_whoever_asks(visitor):
    for address in ("/overblik/", "/overblik/huller.csv"):
        answer = visitor.get(address)
        assert "public" in answer.headers["Cache-Control"]
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_ages_that_go_backwards_are_told(visitor):
    answer = visitor.get("/tilbud/?alder=30&alder_til=18")
    assert "Den ældste alder må ikke være lavere end den yngste." in answer.content.decode()
    assert answer.context["filter"].question.ages == range(30, 31)


def test_an_oldest_age_alone_is_from_birth(visitor):
    assert visitor.get("/tilbud/?alder_til=5").context["filter"].question.ages == range(6)
