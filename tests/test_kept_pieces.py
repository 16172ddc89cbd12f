"""What many pages have in common is rendered once, and shows what its template would show."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from offers import pieces
from offers.latest import Latest
from offers.paging import Way
from offers.templatetags.shell import filled, include_kept

STATUS = "offers/shortlist/_status.html"
# Signs that mean something in HTML, in a format, in a pattern, or to the frame itself.
NASTY = ["angst", "a&b=c", "<script>alert(1)</script>", "50% {gratis} \\1 $0", "\"på\" 'dansk' 🌻", "rest"]
LANGUAGES = (("da", "Dansk", "/tilbud/"), ("en", "English", "/en/tilbud/"))
FIELD = {"name": "q", "label": "Hvad?", "id": "id_q", "suggests": True}
PIECES = [
    ("offers/_news.html", {}, ["query"]),
    ("includes/chip.html", {"path": "/tilbud/"}, ["words", "query"]),
    ("includes/filter_text.html", FIELD | {"hint": "Skriv her."}, ["value"]),
    (
        "includes/filter_text.html",
        {"name": "alder", "label": "Alder", "id": "id_alder", "numeric": True},
        ["value"],
    ),
    ("includes/header.html", {"path": "/tilbud/", "languages": LANGUAGES, "site_name": "V"}, ["query"]),
    ("policies/_second_group.html", {"is_one": False}, ["count", "url"]),
    *[("includes/pagination.html", {"way": Way(number, 9)}, ["rest"]) for number in (1, 2, 5, 9)],
    ("includes/pagination.html", {"way": Way(1, 1)}, ["rest"]),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", ["", *NASTY])
@pytest.mark.parametrize(("template", "same", "texts"), PIECES)
def test_a_piece_is_shown_as_its_template_shows_it(language, text, template, same, texts):
    with translation.override(language):
        whole = render_to_string(template, same | dict.fromkeys(texts, text))
        assert include_kept(template, **same, **dict.fromkeys(texts, filled(text))) == whole


def test_one_piece_does_for_all_texts():
    pieces._piece.cache_clear()
    for text in NASTY:
        include_kept("includes/chip.html", path="/tilbud/", words=filled(text), query=filled("q=1"))
    assert pieces._piece.cache_info().currsize == 1


def test_html_that_is_safe_is_not_escaped_twice():
    words = mark_safe("a &amp; <b>b</b>")
    shown = include_kept("includes/chip.html", path="/", words=filled(words), query="")
    assert words in shown


def test_what_stands_around_a_page_is_made_anew_in_the_next_minute_and_language(monkeypatch):
    pieces._piece.cache_clear()
    for minute, made in [(3, 1), (3, 1), (4, 2), (4, 2)]:
        monkeypatch.setattr(
            timezone, "now", lambda minute=minute: datetime(2031, 5, 4, 12, minute, tzinfo=UTC)
        )
        include_kept(STATUS)
        assert pieces._piece.cache_info().misses == made
    with translation.override("en"):
        assert "Your list" in include_kept(STATUS)
    assert "Din liste" in include_kept(STATUS)


@pytest.mark.parametrize(
    ("way", "numbers"),
    [
        (Way(1, 1), [1]),
        (Way(1, 2), [1, 2]),
        (Way(1, 9), [1, 2, None, 9]),
        (Way(5, 9), [1, None, 4, 5, 6, None, 9]),
        (Way(9, 9), [1, None, 8, 9]),
    ],
)
def test_the_way_to_other_pages_leads_to_the_nearest_and_both_ends(way, numbers):
    assert way.numbers == numbers
    assert (way.previous, way.next) == (
        way.number - 1 or None,
        None if way.number == way.last else way.number + 1,
    )


def test_what_is_asked_for_stays_and_the_rest_goes():
    latest = Latest(2)
    latest.put("a", 1)
    latest.put("b", 2)
    assert latest.get("a") == 1
    latest.put("c", 3)
    latest.put("a", 4)
    assert [latest.get(key) for key in "abc"] == [4, None, 3]
    assert len(latest) == 2
