"""`/tilbud/`: what one may ask, and what comes back."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from offers.models import Municipality, Need, Offer, Organisation
from tests.lists import offers_on

pytestmark = pytest.mark.django_db

CHILDRENS_GROUP = "boernegruppe-naar-mor-eller-far-drikker"
CAS = "cas-aaben-raadgivning"


@pytest.fixture
def found(visitor):
    """Return a function that asks the list and gives the slugs of all its pages, in order."""

    def ask(**query):
        slugs, number = [], 1
        while True:
            response = visitor.get(reverse("offers:list"), {**query, "page": number})
            assert response.status_code == 200
            slugs += [offer.slug for offer in offers_on(response)]
            if not response.context["page"].has_next():
                return slugs
            number += 1

    return ask


def make_offer(slug, **fields):
    """Return a published offer of which nothing is known but `fields`."""
    needs, places = fields.pop("needs", []), fields.pop("municipalities", [])
    usual = {"title": slug, "summary": "Prøve", "organisation": Organisation.objects.get(slug="kl")}
    offer = Offer.objects.create(slug=slug, **{"status": Offer.Status.PUBLISHED} | usual | fields)
    offer.needs.set(Need.objects.filter(slug__in=needs))
    offer.municipalities.set(Municipality.objects.filter(code__in=places))
    return offer


def test_a_child_of_ten_gets_the_group_for_9_to_12_and_not_cas(found):
    slugs = found(behov="alkohol-og-stoffer", alder="10")
    assert CHILDRENS_GROUP in slugs
    assert CAS not in slugs


def test_age_limits_are_inclusive_and_no_limit_is_for_everybody(found):
    make_offer("ni-til-tolv", min_age=9, max_age=12)
    make_offer("alle")
    assert {age: "ni-til-tolv" in found(alder=age) for age in (8, 9, 12, 13)} == {
        8: False,
        9: True,
        12: True,
        13: False,
    }
    assert "alle" in found(alder=0)
    assert "alle" in found(alder=120)


def test_an_area_of_need_includes_the_needs_in_it(found):
    make_offer("skilt", needs=["skilsmisse"])
    assert "skilt" in found(behov="familie")


def test_values_of_one_filter_widen_and_filters_together_narrow(found):
    make_offer("a", needs=["ensom"], cost="gratis")
    make_offer("b", needs=["vold"], cost="gratis")
    make_offer("c", needs=["vold"], cost="betaling")
    both = found(behov=["ensom", "vold"])
    assert {"a", "b", "c"} <= set(both)
    assert {"a", "b", "c"} & set(found(behov=["ensom", "vold"], pris="gratis")) == {"a", "b"}
    assert {"a", "b", "c"} & set(found(behov="vold", pris=["gratis", "betaling"])) == {"b", "c"}


def test_an_offer_with_two_of_the_needs_comes_once(found):
    make_offer("to", needs=["ensom", "vold"])
    assert found(behov=["ensom", "vold"]).count("to") == 1


def test_a_municipality_gets_its_own_offers_and_those_for_the_whole_country(found):
    make_offer("roskilde", municipalities=["0265"])
    make_offer("landet")
    slugs = found(kommune="0175")
    assert "landet" in slugs
    assert "roskilde" not in slugs
    assert "roskilde" in found(kommune=["0175", "0265"])


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("adgang", "selv", "way_in"), ("anonym", "ja", "anonymous"), ("pris", "gratis", "cost")],
)
def test_a_choice_keeps_the_offers_that_have_it(found, name, value, field):
    make_offer("har", **{field: value})
    make_offer("har-ikke")
    slugs = found(**{name: value})
    assert "har" in slugs
    assert "har-ikke" not in slugs


def test_target_group_and_format_keep_the_offers_that_have_them(found):
    assert CHILDRENS_GROUP in found(maalgruppe="boern", form="gruppe")
    assert CHILDRENS_GROUP not in found(form="chat")


@pytest.mark.parametrize("words", ["ØKONOMISK friplads", "økonomisk", "FRIPLADS", "  friplads  økonomisk "])
def test_words_are_found_in_any_case_and_order_with_danish_letters(found, words):
    assert "oekonomisk-friplads" in found(q=words)


def test_a_word_is_found_in_the_name_of_a_need_and_of_the_organisation(found):
    make_offer("hjaelp", needs=["skilsmisse"])
    assert "hjaelp" in found(q="samlivsbrud")
    assert "hjaelp" in found(q="KL")


def test_a_word_that_is_nowhere_does_not_hide_what_the_others_find(found):
    assert found(q="friplads xyzzy")[0] == "oekonomisk-friplads"
    assert found(q="xyzzy") == []


def test_what_meets_more_of_the_words_stands_first(found):
    make_offer("begge", title="Sødmælk og skorpe")
    make_offer("en", title="Sødmælk")
    assert found(q="sødmælk skorpe")[:2] == ["begge", "en"]


@pytest.mark.parametrize(
    "words", ["100%", "_", "%", "\\", "AND OR ( *", "🙂", "مرحبا", "og at det", "§", "112"]
)
def test_signs_and_stop_words_get_an_answer(found, words):
    assert isinstance(found(q=words), list)


def test_unpublished_offers_are_not_shown(found, visitor):
    make_offer("kladde", status=Offer.Status.DRAFT)
    make_offer("slut", publish_until="2020-01-01")
    make_offer("senere", publish_from="2999-01-01")
    assert {"kladde", "slut", "senere"}.isdisjoint(found())
    for slug in ("kladde", "slut", "senere"):
        assert visitor.get(reverse("offers:detail", args=[slug])).status_code == 404


def test_names_stand_in_danish_order(found):
    for title in ("Ærø", "Zebra", "Aabenraa", "Øst", "Bo"):
        make_offer(title.lower().replace("æ", "ae").replace("ø", "oe"), title=title, keywords="rækkefølge")
    titles = [Offer.objects.get(slug=slug).title for slug in found(q="rækkefølge")]
    assert titles == ["Bo", "Zebra", "Ærø", "Øst", "Aabenraa"]


def test_the_newest_check_can_stand_first(found):
    make_offer("gammel", keywords="qvintus", verified_on="2020-01-01")
    make_offer("ny", keywords="qvintus", verified_on="2026-01-01")
    make_offer("aldrig", keywords="qvintus")
    assert found(q="qvintus", sorter="kontrolleret") == ["ny", "gammel", "aldrig"]


def test_what_is_chosen_can_be_taken_away_one_by_one(visitor):
    html = visitor.get("/tilbud/?alder=10&behov=ensom&behov=vold").content.decode()
    assert 'href="/tilbud/?behov=ensom&amp;behov=vold"' in html
    assert 'href="/tilbud/?alder=10&amp;behov=vold"' in html


def test_pages_keep_the_question(visitor):
    for number in range(25):
        make_offer(f"nr-{number}", keywords="sideprøve")
    html = visitor.get("/tilbud/?q=sideprøve&alder=10").content.decode()
    assert "Side 1 af 2" in html
    assert "alder=10&amp;page=2" in html


def test_what_the_box_says_is_shown_and_can_be_taken_away(visitor):
    response = visitor.get("/tilbud/", {"q": "min datter på 14 skader sig selv i Roskilde"})
    html = response.content.decode()
    chips = {chip.words: chip.query for chip in response.context["filter"].chips()}
    assert list(chips) == ["14 år", "Roskilde", "For: mit barn", "Ord: min datter skader sig selv"]
    assert chips["Ord: min datter skader sig selv"] == "q=p%C3%A5+14+i+Roskilde"
    assert chips["14 år"] == "q=min+datter+skader+sig+selv+i+Roskilde"
    assert all(f'href="/tilbud/?{escape(query)}"' in html for query in chips.values() if query)
    assert "headspace-roskilde" in [offer.slug for offer in offers_on(response)][:3]


def test_what_is_ticked_goes_before_what_the_box_says(found):
    assert "boernegruppe-naar-mor-eller-far-drikker" in found(q="mor drikker 40 år", alder="10")


def test_an_age_in_its_field_overrules_the_box_and_the_page_says_so(visitor):
    chips = visitor.get("/tilbud/?q=mor drikker 40 år&alder=10").context["filter"].chips()
    assert "40 år (bruges ikke)" in {chip.words for chip in chips}


def test_places_in_the_box_and_in_the_form_widen_each_other(found):
    make_offer("roskilde", municipalities=["0265"])
    make_offer("favrskov", municipalities=["0710"])
    make_offer("køge", municipalities=["0259"])
    slugs = found(q="i Hammel", kommune=["0265"])
    assert {"roskilde", "favrskov", "køge"} & set(slugs) == {"roskilde", "favrskov"}


@pytest.mark.parametrize(
    ("query", "chip", "without"),
    [
        ("q=min+datter", "For: mit barn", "q=min+datter&hvem=alle"),
        ("q=alkohol&hvem=paaroerende", "For: en anden, jeg holder af", "q=alkohol"),
        ("q=min+datter&hvem=fagperson", "For: en borger, jeg arbejder med", "q=min+datter&hvem=alle"),
    ],
)
def test_for_whom_is_shown_and_can_be_taken_away(visitor, query, chip, without):
    chips = {one.words: one.query for one in visitor.get(f"/tilbud/?{query}").context["filter"].chips()}
    assert chips[chip] == without
    after = visitor.get(f"/tilbud/?{without}").context["filter"]
    assert after.question.who is None
    assert chip not in {one.words for one in after.chips()}


def test_the_language_filter_counts_and_narrows(found, visitor):
    offer = make_offer("arabisk")
    offer.languages.set(offer.languages.model.objects.filter(slug="ar"))
    slugs = found(sprog="ar")
    assert "arabisk" in slugs
    response = visitor.get("/tilbud/")
    assert response.context["filter"].answer.counts["sprog"]["ar"] == len(slugs)
    assert f'id="antal-sprog-ar">({len(slugs)})</span>' in response.content.decode()


def test_a_language_that_nobody_offers_says_so(visitor):
    assert 'id="antal-sprog-so">(0)</span>' in visitor.get("/tilbud/").content.decode()


def test_open_now_can_be_asked_in_words_and_in_the_form(visitor):
    for query in ("q=hvem+har+åbent", "aaben=nu"):
        assert visitor.get(f"/tilbud/?{query}").context["filter"].question.chosen["aaben"] == ("nu",)


def test_a_slip_is_said_and_can_be_undone(visitor):
    html = visitor.get("/tilbud/?q=fridplads").content.decode()
    assert "Viser resultater for <strong>friplads</strong>" in html
    assert 'href="?q=fridplads&amp;ordret=ja"' in html
    verbatim = visitor.get("/tilbud/?q=fridplads&ordret=ja")
    assert "Viser resultater for" not in verbatim.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "jeg vil ikke leve mere",
        "jeg vil ike leve",
        "min kæreste slår",
        "min mand slåer mig",
        "selvmord",
        "har slugt en masse piller",
        "overdosis",
        "gruppevoldtægt",
        "brystsmerter",
        "min far rører ved mig",
        "jeg vil dø " * 30,
        "selvmord\0",
    ],
)
def test_words_of_crisis_put_the_acute_lines_on_top(visitor, words):
    html = visitor.get("/tilbud/", {"q": words}).content.decode()
    assert html.index('href="tel:112"') < html.index('id="antal"')


def test_a_need_that_cannot_wait_does_so_too(visitor):
    html = visitor.get("/tilbud/?behov=selvmordstanker").content.decode()
    assert html.index('href="tel:112"') < html.index('id="antal"')


@pytest.mark.parametrize("words", ["fritidspas", "ulykkelig kærlighed", "skilsmisse", "økonomisk friplads"])
def test_other_words_do_not(visitor, words):
    assert 'id="akut"' not in visitor.get("/tilbud/", {"q": words}).content.decode()


def test_a_long_cry_for_help_is_searched_by_its_beginning(visitor):
    response = visitor.get("/tilbud/", {"q": "min mand slår mig " * 100})
    assert "Vi søgte efter de første 1000 tegn." in response.content.decode()
    assert response.context["filter"].is_crisis


def test_no_hits_still_give_somebody_to_ring(visitor):
    html = visitor.get("/tilbud/?q=xyzzy").content.decode()
    assert "0 tilbud" in html
    assert 'id="akut"' in html


def test_every_choice_says_how_many_offers_it_would_give(visitor, found):
    counts = visitor.get("/tilbud/?behov=alkohol-og-stoffer&form=gruppe").context["filter"].answer.counts
    assert counts["behov"]["skilsmisse"] == len(found(behov="skilsmisse", form="gruppe"))
    assert counts["form"]["chat"] == len(found(behov="alkohol-og-stoffer", form="chat"))
    assert counts["kommune"]["0265"] == len(
        found(behov="alkohol-og-stoffer", form="gruppe", kommune="0265")
    )


@pytest.mark.parametrize("words", ["min far drikker, jeg er 10", "pige 12 år forældre drikker"])
def test_what_is_made_for_the_age_stands_first(found, words):
    assert found(q=words)[0] == CHILDRENS_GROUP
