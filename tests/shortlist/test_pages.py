"""`/liste/`: a list that lives in its address: to read, change, print, compare and hand on."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offers import cpr
from offers.shortlist import codes
from offers.shortlist.codes import MOST
from tests.conftest import ROOT
from tests.test_cpr import DATE, LAST, shows
from tests.test_offer_list import make_offer
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
A_WEEK = timedelta(7)


def titles(html):
    """Return the headings of the offers on the page, in order."""
    return re.findall(r'<h2 class="card-heading">(?:<a[^>]*>)?([^<]*)', html)


def link(html, name):
    """Return where the first link with that visible name leads, and its fragment."""
    href = unescape(re.search(rf'<a [^>]*href="([^"]*)"[^>]*>{name}<', html)[1])
    return urlsplit(href)


def codes_of(address):
    return parse_qs(address.query).get("tilbud", [""])[0].split()


def test_the_order_of_the_address_is_the_order_of_the_page(shown, offers):
    assert titles(shown("ef56 ab12 cd34")) == ["Hjælp ef56", "Hjælp ab12", "Hjælp cd34"]
    assert titles(shown("EF56,Cd34")) == ["Hjælp ef56", "Hjælp cd34"]


def test_plain_links_move_and_remove_and_lead_back_to_what_was_moved(shown, offers):
    html = shown("ab12 cd34 ef56")
    down = link(html, "Flyt ned")
    assert codes_of(down) == ["cd34", "ab12", "ef56"]
    assert f'id="{down.fragment}"' in shown("cd34 ab12 ef56")
    up = link(html, "Flyt op")
    assert codes_of(up) == ["cd34", "ab12", "ef56"]
    assert up.fragment == "ned-1"  # at the top, it can only be moved down
    removed = link(html, "Fjern")
    assert codes_of(removed) == ["cd34", "ef56"]
    alone = shown("ab12")
    assert "Flyt" not in alone
    assert link(alone, "Fjern").query == ""


def test_the_day_follows_through_every_link(shown, offers):
    day = (TODAY() - A_WEEK).isoformat()
    html = shown(dato=day)
    for name in ("Flyt op", "Flyt ned", "Fjern"):
        assert parse_qs(link(html, name).query)["dato"] == [day]
    assert parse_qs(link(html, "Jeg har set det nye. Brug dagens dato").query)["dato"] == [
        TODAY().isoformat()
    ]
    assert f'name="dato" value="{day}"' in html


def test_without_javascript_one_adds_by_searching_on_the_page(shown, offers):
    make_offer("noget-helt-eget", code="zz99", title="Kvaksalverkursus")
    html = shown("ab12", q="kvaksalverkursus")
    add = unescape(re.search(r'href="([^"]*)"[^>]*><span>Kvaksalverkursus', html)[1])
    assert codes_of(urlsplit(add)) == ["ab12", "zz99"]
    assert "står på listen" in shown("zz99", q="kvaksalverkursus")
    assert "Kvaksalverkursus" in shown("ab12", q="ZZ99")
    assert "Vi fandt ikke noget" in shown("ab12", q="xyzzyxyzzy")
    assert 'name="tilbud" value="ab12"' in html


def test_a_full_list_offers_no_more(shown):
    many = [f"kode{n}" for n in range(MOST)]
    for code in many:
        make_offer(f"tilbud-{code}", code=code)
    html = shown(" ".join(many), q="gæld")
    assert "Listen er fuld" in html
    assert 'name="q"' not in html


def test_every_card_and_page_leads_to_a_list_with_that_offer(visitor, offers):
    for path in ("/tilbud/?q=ab12", offers[0].get_absolute_url()):
        html = visitor.get(path).content.decode()
        href, name = re.search(r'href="(/liste/\?tilbud=ab12)"[^>]*>(.*?)</a>', html, re.DOTALL).groups()
        assert re.sub("<[^>]*>", "", name).strip() == "Læg på liste Hjælp ab12"
        assert titles(visitor.get(href).content.decode()) == ["Hjælp ab12"]
    assert "Tilbuddets kode: ab12" in html


def test_the_link_the_mail_and_the_code_hold_nothing_but_codes_and_the_day(shown, offers):
    html = shown("ab12 cd34", q="gæld")
    address = unescape(re.search(r'id="link"[^>]*value="([^"]*)"', html)[1])
    assert address == f"{configured.BASE_URL}/liste/?tilbud=ab12+cd34&dato={TODAY().isoformat()}"
    mail = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"', html)[1]))
    assert mail.path == ""
    asked = parse_qs(mail.query)
    assert set(asked) == {"subject", "body"}
    assert address in asked["body"][0]
    assert unquote(re.search(r'src="data:image/svg\+xml;charset=utf-8,([^"]*)"', html)[1]).startswith(
        "<svg"
    )
    older = (TODAY() - A_WEEK).isoformat()
    assert f"dato={older}" in re.search(r'id="link"[^>]*value="([^"]*)"', shown("ab12", dato=older))[1]


def test_the_heading_and_the_notes_are_in_no_form_and_have_no_name(shown, offers):
    html = shown("ab12 cd34")
    fields = re.findall(r"<(?:input|textarea)[^>]*data-list-note[^>]*>", html)
    assert len(fields) == 3
    assert not [field for field in fields if re.search(r"\b(name|form|value)=", field)]
    for form in re.findall(r"<form.*?</form>", html, re.DOTALL):
        assert "data-list-note" not in form
        assert not re.search(r'method="post"', form)


def test_nothing_is_stored_of_a_list_on_the_way(client, offers):
    for path in ("/liste/", "/liste/sammenlign/"):
        response = client.get(path, {"tilbud": "ab12"})
        assert not response.cookies
        assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert 'content="noindex"' in response.content.decode()
        assert client.post(path).status_code == 405


def test_a_thousand_codes_are_thirty_and_a_way_to_the_rest(visitor, django_assert_max_num_queries, offers):
    many = " ".join(["ab12", *(f"k{n}" for n in range(1000))])
    with django_assert_max_num_queries(20):
        html = visitor.get("/liste/", {"tilbud": many}).content.decode()
    assert titles(html) == ["Hjælp ab12"]
    assert str(codes.TOO_MANY) in html
    rest = unescape(re.search(r'href="([^"]*)">Se resten på en liste for sig \((\d+)\)', html)[1])
    assert codes_of(urlsplit(rest))[0] == f"k{MOST - 1}"
    assert len(codes_of(urlsplit(rest))) == 1001 - MOST


@pytest.mark.parametrize("path", ["/liste/", "/liste/sammenlign/"])
@pytest.mark.parametrize("name", ["tilbud", "dato", "vis", "q"])
def test_a_cpr_number_is_not_shown_again_and_the_list_stays(visitor, offers, path, name):
    number = f"{DATE}-{LAST}"
    query = {"tilbud": "ab12 cd34", name: f"ab12 cd34 {number}"}
    response = visitor.get(path, query)
    assert response.status_code == 200
    assert not shows(response, number)
    assert "Hjælp ab12" in response.content.decode()
    assert "Hjælp cd34" in response.content.decode()
    if name in {"tilbud", "dato"} or (name, path) == ("q", "/liste/"):
        assert str(cpr.REMOVED) in response.content.decode()


@pytest.mark.parametrize(
    "query", ["tilbud=%ff%fe", "tilbud=%00", "tilbud=%zz&dato=%", "&&==", "tilbud=" + "+" * 5000]
)
@pytest.mark.parametrize("path", ["/liste/", "/liste/sammenlign/"])
def test_an_address_of_nothing_is_an_empty_list(visitor, path, query):
    response = visitor.get(f"{path}?{query}")
    assert response.status_code == 200
    assert_valid(response.content.decode(), query)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/liste/", "/liste/sammenlign/"]),
    query=st.dictionaries(st.sampled_from(["tilbud", "dato", "vis", "q"]), st.text(max_size=60)),
)
def test_no_list_is_ever_answered_by_a_500(db, path, query):
    assert Client().get(path, query).status_code == 200


def test_four_stand_side_by_side_and_the_others_are_named(visitor, offers):
    for code in ("gh78", "jk99"):
        make_offer(f"tilbud-{code}", code=code, title=f"Hjælp {code}")
    everything = {"tilbud": "ab12 cd34 ef56 gh78 jk99"}
    response = visitor.get("/liste/sammenlign/", everything)
    html = response.content.decode()
    assert_valid(html, "compare")
    assert re.findall(r'<th scope="col"><a[^>]*>([^<]*)', html) == [
        f"Hjælp {c}" for c in ("ab12", "cd34", "ef56", "gh78")
    ]
    assert re.findall(r'<th scope="row">([^<]*)', html)[:3] == [
        "For hvem",
        "Sådan får du hjælpen",
        "Kontakt",
    ]
    assert "Disse er ikke med: Hjælp jk99." in html
    html = visitor.get("/liste/sammenlign/", {**everything, "vis": ["jk99", "ab12"]}).content.decode()
    assert re.findall(r'<th scope="col"><a[^>]*>([^<]*)', html) == ["Hjælp jk99", "Hjælp ab12"]
    assert "tilbud=ab12+cd34+ef56+gh78+jk99" in html  # the way back to the whole list
    assert "ikke noget at sammenligne" in visitor.get("/liste/sammenlign/").content.decode()


def test_the_worker_may_watch_over_the_site_and_stores_nothing_by_itself(visitor):
    response = visitor.get("/liste/arbejder.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Service-Worker-Allowed"] == "/"
    code = response.content.decode()
    assert not re.search(r"\.(add|addAll|put)\(|caches\.open", code)
    assert "worker-src 'self'" in visitor.get("/").headers["Content-Security-Policy"]


def test_the_words_of_the_script_stand_in_the_page_with_the_same_ceiling(visitor):
    html = visitor.get("/").content.decode()
    assert f'data-most="{MOST}"' in html
    assert f'data-today="{TODAY().isoformat()}"' in html
    assert not re.search("[æøåÆØÅ]", re.sub(r"//.*", "", (ROOT / "static" / "shortlist.js").read_text()))


def test_the_list_in_an_address_is_not_called_ones_own(visitor, offers):
    html = visitor.get("/liste/?tilbud=ab12").content.decode()
    assert "<title>En liste" in html
    assert re.search(r'aria-current="page".*?En liste', html, re.DOTALL)
    assert "<title>Din liste" in visitor.get("/liste/").content.decode()


def test_what_nobody_knows_of_any_offer_is_no_row_side_by_side(visitor, offers):
    offers[0].cost = "gratis"
    offers[0].save()
    html = visitor.get("/liste/sammenlign/?tilbud=ab12+cd34").content.decode()
    rows = re.findall(r'<th scope="row">([^<]*)', html)
    assert "Pris" in rows
    assert not {"Sted", "Åbningstid", "Form", "Sprog"} & set(rows)


def test_one_step_is_not_numbered(shown, offers):
    offers[0].way_in_note = "Ring til os"
    offers[0].save()
    html = shown("ab12")
    assert "<p>Ring til os</p>" in html
    assert "<li>Ring til os" not in html
