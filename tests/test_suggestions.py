"""`/forslag/`: what the search box suggests while one types, as the page gets it."""

import re
from datetime import timedelta

import html5lib
import pytest
from django.utils import timezone

from offers.models import Offer, Organisation, Synonym
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
OPTION = re.compile(r'<a class="suggestion[^"]*" role="option"[^>]*href="([^"]+)"[^>]*>(.*?)</a>')


@pytest.fixture
def suggested(visitor):
    """Return a function that gives the options for a text: their addresses and their words, in order."""

    def ask(text):
        response = visitor.get("/forslag/", {"q": text}, headers=HTMX)
        assert response.status_code == 200
        html = response.content.decode()
        parser = html5lib.HTMLParser()
        parser.parseFragment(html)
        assert not parser.errors, parser.errors
        found = OPTION.findall(html)
        said = f"{len(found)} forslag" if found else "Ingen forslag"
        assert re.search(rf'hx-swap-oob="innerHTML">[^<]*{said}</p>', html)
        return [
            (href.replace("&amp;", "&"), " ".join(re.sub("<[^>]+>", " ", inside).split()))
            for href, inside in found
        ]

    return ask


def addresses(options):
    """Return where the options lead."""
    return [address for address, _ in options]


def test_needs_stand_before_offers_organisations_and_words(visitor, suggested):
    found = addresses(suggested("alko"))
    assert found[0] == "/tilbud/?behov=alkohol-og-stoffer"
    assert {"/tilbud/alkolinjen/", "/tilbud/?q=Alkohol%20%26%20Samfund", "/tilbud/?q=alkohol"} <= set(found)
    html = visitor.get("/forslag/", {"q": "alko"}, headers=HTMX).content.decode()
    names = re.findall(r'role="group" aria-label="([^"]+)"', html)
    assert names == ["Behov", "Tilbud", "Hvem der hjælper", "Søg efter"]


@pytest.mark.parametrize("text", ["sk", "skils", "ked af", "min", "b", "børn", "ros", "selvm", "hjælp til"])
def test_eight_are_enough_and_every_one_leads_somewhere(visitor, suggested, text):
    options = suggested(text)
    assert len(options) <= 8
    for address in addresses(options):
        response = visitor.get(address.partition("#")[0])
        assert response.status_code == 200
        assert "page" not in response.context or response.context["page"].paginator.count


def test_a_need_shows_how_many_offers_it_leads_to(visitor, suggested):
    address, said = suggested("skils")[0]
    assert address == "/tilbud/?behov=skilsmisse"
    number = visitor.get(address).context["page"].paginator.count
    assert said == f"Skilsmisse {number} tilbud"


def test_what_people_say_is_shown_with_what_it_means(suggested):
    address, said = suggested("jeg er ked af de")[0]
    assert address == "/tilbud/?behov=trist-eller-bange"
    assert re.fullmatch(r".*ked af det.* : → Trist, bange eller presset \d+ tilbud", said)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("AALDRE", "/tilbud/?behov=aeldre"),
        ("aeldre", "/tilbud/?behov=aeldre"),
        ("skilsmise", "/tilbud/?behov=skilsmisse"),
        ("depressoin", "/tilbud/?behov=trist-eller-bange"),
        ("depressoin", "/tilbud/?q=depression"),
        ("headspace i ros", "/tilbud/headspace-roskilde/"),
    ],
)
def test_bare_letters_and_slips_find_what_was_meant(suggested, text, address):
    assert address in addresses(suggested(text))


@pytest.mark.parametrize(
    "text", ["selvm", "selvmord", "vil ikke leve", "jeg vil ikke le", "dø", "min mand slår", "vold"]
)
def test_words_of_crisis_bring_acute_help_first(visitor, suggested, text):
    address, said = suggested(text)[0]
    assert said.startswith("Få hjælp nu")
    page, _, place = address.partition("#")
    html = visitor.get(page).content.decode()
    assert f'id="{place}"' in html
    assert 'href="tel:' in html


@pytest.mark.parametrize("text", ["skils", "psyk", "mand", "vil ikke", "barn", "gæld"])
def test_other_words_raise_no_alarm(suggested, text):
    assert "Få hjælp nu" not in str(suggested(text))


def test_what_the_public_may_not_see_is_never_suggested(suggested):
    tomorrow = timezone.localdate() + timedelta(days=1)
    giver = Organisation.objects.create(slug="ukendte", name="Zvasargruppen", kind="forening")
    for slug, fields in {
        "zvasar-kladde": {"status": Offer.Status.DRAFT},
        "zvasar-senere": {"publish_from": tomorrow},
        "zvasar-forbi": {"publish_until": tomorrow - timedelta(days=2)},
    }.items():
        make_offer(slug, title=f"Zvasargruppe {slug}", keywords="zvasarer", **fields)
    Offer.objects.filter(slug__startswith="zvasar").update(organisation=giver)
    assert suggested("zvas") == []
    assert suggested("zvasargrupe") == []
    make_offer("zvasar-nu", title="Zvasargruppe nu")
    Offer.objects.filter(slug="zvasar-nu").update(organisation=giver)
    found = addresses(suggested("zvas"))
    assert found[0] == "/tilbud/zvasar-nu/"
    assert {"/tilbud/?q=Zvasargruppen", "/tilbud/?q=zvasargruppe"} <= set(found)
    assert not {"/tilbud/zvasar-kladde/", "/tilbud/zvasar-senere/", "/tilbud/zvasar-forbi/"} & set(found)
    assert "/tilbud/?q=zvasarer" not in found


def test_a_new_phrase_is_suggested_at_once(suggested):
    assert suggested("qrøvle") == []
    offer = Offer.objects.published().filter(needs__parent__isnull=False).first()
    need = offer.needs.filter(parent__isnull=False).first()
    Synonym.objects.create(phrase="qrøvlehovedet larmer", need=need)
    assert addresses(suggested("qrøvle"))[0] == f"/tilbud/?behov={need.slug}"


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "?!", "(((", "\N{SLIGHTLY SMILING FACE}", "skils\0", "skils" * 2000, "%", "q" * 199,
     f"{'1' * 6}-{'2' * 4}", "'; --", "٣٤", "Ω" * 50],
)  # fmt: skip
def test_strange_texts_get_an_empty_list(suggested, text):
    assert suggested(text) == []


def test_what_is_written_is_never_kept_and_never_listed(visitor):
    response = visitor.get("/forslag/", {"q": "skils"}, headers=HTMX)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert visitor.post("/forslag/", {"q": "skils"}, headers=HTMX).status_code == 405


@pytest.mark.parametrize("text", ["skils & co", "", "æ\0"])
def test_who_opens_the_address_by_hand_gets_the_whole_answer(visitor, text):
    response = visitor.get("/forslag/", {"q": text}, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/tilbud/"
    assert response.context["filter"].data["q"] == text


@pytest.mark.parametrize("text", ["sk", "ked af det", "selvm", "skilsmise", "xyzzy"])
def test_a_suggestion_costs_one_query_once_the_index_is_read(
    suggested, monkeypatch, django_assert_max_num_queries, text
):
    organisation = Organisation.objects.get(slug="kl")
    fields = {"summary": "Skilsmisse", "status": Offer.Status.PUBLISHED, "organisation": organisation}
    Offer.objects.bulk_create(Offer(slug=f"m-{n}", title=f"Skole {n}", **fields) for n in range(200))
    suggested(text)
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    with django_assert_max_num_queries(1):
        suggested(text)


@pytest.mark.parametrize("address", ["/", "/tilbud/"])
def test_without_javascript_the_box_is_a_plain_field(visitor, address):
    html = visitor.get(address).content.decode()
    (box,) = re.findall(r"<input[^>]*name=\"q\"[^>]*>", html)
    assert 'type="text"' in box
    assert 'autocomplete="off"' in box
    assert 'role="combobox"' not in box
    assert re.search(r'role="listbox"[^>]* hidden>', html)
