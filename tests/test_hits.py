"""Why this hit: each result shows the words that answer, and what it fits of the question."""

import pytest

from offers.markdown import plain
from offers.models import Venue
from tests.test_offer_list import CHILDRENS_GROUP, make_offer

pytestmark = pytest.mark.django_db


def card(visitor, slug, **query):
    """Return the hit of one offer, and the HTML of the page it stands on."""
    response = visitor.get("/tilbud/", query)
    (hit,) = [hit for hit in response.context["hits"] if hit.card.slug == slug]
    return hit, response.content.decode()


def text(pieces):
    """Return pieces as text, with what is marked in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("asked", "summary"),
    [
        ("misbrugsrådgivning", "Åben [rådgivning] for alle"),
        ("rådgivninger", "Åben [rådgivning] for alle"),
        ("raadgivning", "Åben [rådgivning] for alle"),
        ("rådgivnign", "Åben [rådgivning] for alle"),
    ],
)
def test_the_words_that_answer_are_marked_in_the_summary(visitor, asked, summary):
    make_offer("hjaelp", summary="Åben rådgivning for alle", keywords="qvintus")
    hit, html = card(visitor, "hjaelp", q=f"{asked} qvintus")
    assert text(hit.reasons.summary) == summary
    assert "<mark>rådgivning</mark>" in html


def test_a_sentence_of_the_description_is_shown_without_its_markup(visitor):
    make_offer(
        "md", description="# Om os\n\nVi er **mange**.\n\n- Ring om [Qvintus](http://x.example)!\n- Kom"
    )
    hit, html = card(visitor, "md", q="qvintus")
    assert text(hit.reasons.excerpt) == "Ring om [Qvintus]!"
    assert "x.example" not in html


def test_texts_are_escaped(visitor):
    make_offer("ond", title="Qvintus <script>", summary="<b>qvintus</b> & co")
    _, html = card(visitor, "ond", q="qvintus")
    assert "<mark>Qvintus</mark> &lt;script&gt;" in html
    assert "&lt;b&gt;<mark>qvintus</mark>&lt;/b&gt; &amp; co" in html


def test_what_answers_by_its_need_says_the_need(visitor):
    make_offer("behov", needs=["trist-eller-bange"])
    hit, html = card(visitor, "behov", q="jeg er ked af det")
    assert [text(topic) for topic in hit.reasons.topics] == ["Trist, bange eller presset"]
    assert "Handler om: Trist, bange eller presset" in html


def test_what_it_fits_of_the_question_is_said(visitor):
    make_offer(
        "passer", keywords="qvintus", min_age=9, max_age=12, way_in="selv", municipalities=["0265", "0175"]
    )
    query = "qvintus på 10 i Roskilde uden henvisning"
    hit, html = card(visitor, "passer", q=query)
    assert sorted(hit.fits.split(", ")) == ["9–12 år", "Roskilde", "ingen henvisning"]
    assert f"Passer: {hit.fits}" in html
    ticked, _ = card(visitor, "passer", q="qvintus", alder="10", adgang="selv", kommune=["0265", "0153"])
    assert sorted(ticked.fits.split(", ")) == ["9–12 år", "Roskilde", "ingen henvisning"]


def test_of_several_choices_those_are_named_that_the_offer_has(visitor):
    make_offer("gratis", keywords="qvintus", cost="gratis", anonymous="ja")
    hit, _ = card(visitor, "gratis", q="qvintus", pris=["gratis", "betaling"], anonym="ja", kommune="0265")
    assert sorted(hit.fits.split(", ")) == ["du kan være anonym", "gratis", "hele landet"]


def test_without_a_question_nothing_is_marked_and_nothing_said(visitor):
    html = visitor.get("/tilbud/").content.decode()
    assert "<mark>" not in html
    assert "Passer: " not in html
    assert "Handler om: " not in html


def test_what_is_secret_is_no_reason(visitor):
    offer = make_offer("skjult", keywords="zorbel", internal_note="qvintus hemmelig")
    offer.venues.add(
        Venue.objects.create(slug="q", name="Qvintushuset", street="Qvintusvej 1", confidential=True)
    )
    hit, html = card(visitor, "skjult", q="zorbel qvintus")
    assert text(hit.reasons.summary) == "Prøve"
    assert "hemmelig" not in html
    assert "Qvintushuset" not in html


def test_a_description_of_twenty_thousand_words_is_looked_at_from_its_beginning(visitor):
    make_offer("lang", description="Qvintus er her. " + "Ord om alt. " * 20_000 + "zorbel")
    hit, _ = card(visitor, "lang", q="qvintus zorbel")
    assert text(hit.reasons.excerpt) == "[Qvintus] er her."


def test_the_group_for_children_says_why(visitor):
    hit, _ = card(visitor, CHILDRENS_GROUP, q="min far drikker", alder="10")
    assert "[drikker]" in text(hit.reasons.summary)
    assert hit.fits == "9–12 år"


def test_plain_text_is_what_one_reads():
    source = "# A\n\nb *c* `d`\ne\n\n> f\n\n```\ng  h\n```\n\n1. [i](http://j.example)\n\n<k>"
    assert plain(source) == ["A", "b c d e", "f", "g h", "i", "<k>"]
