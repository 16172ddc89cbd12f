"""Cards and filters are kept between requests, and no older than what is in the database."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from offers.filters import OfferFilter
from offers.models import Format, Municipality, Offer, Organisation, Venue
from offers.search import current
from offers.shelf import Shelf
from offers.templatetags.choices import FRAMES, filter_choices, filter_select
from tests.lists import offers_on
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "q=angst",
    "kommune=0265&pris=gratis",
    "kommune=0101&kommune=0265&hvem=barn",
    "behov=findes-ikke",
    "hvem=nisse&sorter=navn",
]


@pytest.fixture
def offer(visitor):
    """Return an offer that has been seen once, with something of each kind beside it."""
    offer = make_offer("seerup", title="Xylofonhjælp", municipalities=["0265"])
    offer.formats.add(Format.objects.get(slug="chat"))
    offer.venues.add(Venue.objects.create(slug="hus", name="Huset", latitude=55.6, longitude=12.1))
    assert offers_on(visitor.get("/tilbud/", {"q": "xylofonhjælp"}))[0] == offer
    return offer


def card(visitor, **query):
    """Return the first card of a search for the offer."""
    html = visitor.get("/tilbud/", {"q": "xylofonhjælp"} | query).content.decode()
    return html.partition('<li class="card">')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("model", "which", "change", "words"),
    [
        (Offer, {"slug": "seerup"}, {"summary": "Nyt resumé"}, "Nyt resumé"),
        (Organisation, {"slug": "kl"}, {"name": "KL ny"}, "KL ny"),
        (Format, {"slug": "chat"}, {"name": "Ny chat"}, "Ny chat"),
        (Municipality, {"code": "0265"}, {"name": "Nyby"}, "Nyby"),
    ],
)
def test_a_change_shows_on_the_card(visitor, offer, model, which, change, words):
    assert words not in card(visitor)
    model.objects.filter(**which).update(**change)
    assert words in card(visitor)


def test_a_link_that_goes_is_gone_from_the_card(visitor, offer):
    offer.municipalities.clear()
    assert "Hele landet" in card(visitor)


def test_a_moved_venue_shows_in_the_distance(visitor, offer):
    before = card(visitor, kommune="0265")
    Venue.objects.filter(slug="hus").update(latitude=57.0)
    assert " km fra " in before
    assert card(visitor, kommune="0265") != before


def test_an_offer_that_is_no_longer_public_has_no_card(visitor, offer):
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.ARCHIVED)
    assert "Xylofonhjælp" not in visitor.get("/tilbud/", {"q": "xylofonhjælp"}).content.decode()


def test_cards_that_stand_on_the_shelf_cost_no_query(offer, django_assert_num_queries):
    shelf, index = Shelf(), current.reader().index
    keys = index.keys[:20].tolist()
    cards = shelf.cards(index, keys)
    with django_assert_num_queries(0):
        assert shelf.cards(index, keys) == cards
    assert [one.pk for one in cards] == [key for key in keys if key in {one.pk for one in cards}]


def test_new_cards_cost_a_handful_of_queries_however_many_they_are(
    offer, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("offers.search.following.MAX_AGE", 60)
    index = current.reader().index
    for keys in (index.keys[:3].tolist(), index.keys[:20].tolist()):
        Shelf().cards(index, keys)  # the vocabularies are read once
        with django_assert_max_num_queries(4):
            Shelf().cards(index, keys)


def test_a_shelf_holds_so_many_and_lets_go_of_the_oldest(offer, django_assert_num_queries):
    shelf, index = Shelf(most=2), current.reader().index
    published = list(Offer.objects.published().order_by("pk").values_list("pk", flat=True)[:3])
    for key in published:
        shelf.cards(index, [key])
    with django_assert_num_queries(0):
        shelf.cards(index, published[1:])
    assert len(shelf._cards) == 2


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_is_shown_as_its_template_shows_it(rf, language, query):
    with translation.override(language):
        found = OfferFilter.of(rf.get(f"/?{query}").GET)
        for field, counts in found.fields_and_counts():
            whole = render_to_string("includes/filter_choices.html", {"field": field, "counts": counts})
            assert filter_choices(field, counts).split() == whole.split()
        for name in ("hvem", "sorter"):
            field = found.form[name]
            whole = render_to_string("includes/filter_select.html", {"field": field})
            assert filter_select(field).split() == whole.split()


def test_a_new_choice_stands_in_the_filter(visitor):
    visitor.get("/tilbud/")
    Format.objects.create(slug="brevdue", name="Brevdue")
    assert "Brevdue" in visitor.get("/tilbud/").content.decode()


def test_so_many_ways_to_choose_are_kept_and_no_more(rf):
    for query in [f"kommune={code}" for code in Municipality.objects.values_list("code", flat=True)] * 2:
        found = OfferFilter.of(rf.get(f"/?{query}").GET)
        for field, counts in found.fields_and_counts():
            filter_choices(field, counts)
    frames = current.kept.value("frames", dict)
    assert 0 < len(frames) <= FRAMES


def test_one_who_asks_leaves_nothing_for_the_next(visitor):
    visitor.get("/tilbud/?q=ensom&kommune=0265&alder=900&hvem=barn")
    other = visitor.get("/tilbud/?q=angst").context["filter"]
    assert other.form.errors == {}
    assert other.form.cleaned_data["kommune"] == []
    assert (other.question.words, other.question.who, other.active_count) == ("angst", None, 0)


def test_cards_of_two_questions_are_marked_each_by_its_own(offer, visitor):
    for words, marked in [("xylofonhjælp", True), ("seerup", False), ("xylofonhjælp", True)]:
        html = visitor.get("/tilbud/", {"q": words}).content.decode()
        assert ("<mark>Xylofonhjælp</mark>" in html) is marked
