"""The list of offers is filled into a page that is kept: it shows what its templates show, to anybody."""

import re

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from offers import panel, pieces
from offers.filters import OfferFilter
from offers.latest import Latest
from offers.templatetags.wording import show_in_words

pytestmark = pytest.mark.django_db

LIST = "offers/list.html"
NASTY = "<b>&amp; \"på\" 'dansk' \\1 {0} %s $& \ue000found\ue001 \ue000q\ue001 🌻"
QUESTIONS = [
    "",
    "q=alkohol",
    "q=alkohol&alder=10",
    "alder=10&alder_til=14&kommune=0265&kommune=0175&behov=vold",
    "alder=+",
    "q=ensom&hvem=barn&sorter=navn&pris=gratis&aaben=nu&ordret=ja",
    "alder=ti&q=x",
    "kommune=9999",
    "sorter=forkert",
]


def squeezed(html):
    """Return HTML without the spaces around lines, which a frame does not keep."""
    return re.sub(r"\s*\n\s*", "\n", html)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("asked", [*QUESTIONS, NASTY])
def test_the_filters_are_shown_as_their_template_shows_them(language, asked):
    with translation.override(language):
        data = QueryDict(asked if asked in QUESTIONS else "", mutable=True)
        if asked == NASTY:
            data["q"] = NASTY
        found = OfferFilter.of(data)
        texts = {name: found.data.get(name) or "" for name in panel.TYPED}
        texts["show"] = show_in_words(len(found.answer.keys))
        whole = panel._rendered(found, texts, found.answer.counts)
        for _ in "made", "kept":
            assert squeezed(panel.panel(found)) == squeezed(whole)


def test_one_frame_does_for_all_words_and_none_for_what_is_wrong(monkeypatch):
    made = []
    plain = panel._rendered
    monkeypatch.setattr(panel, "_rendered", lambda *told: made.append(told) or plain(*told))
    for words in ("q=frimærkeklub", "q=skakklub", "q=korklub"):
        panel.panel(OfferFilter.of(QueryDict(f"{words}&form=gruppe&alder=61")))
    assert len(made) == 1
    for _ in range(2):
        panel.panel(OfferFilter.of(QueryDict("q=skakklub&form=gruppe&alder=ti")))
    assert len(made) == 3


@pytest.mark.parametrize("address", ["/tilbud/", "/en/tilbud/"])
@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_kept_page_is_the_same_as_one_that_is_made(visitor, monkeypatch, address, asked):
    frames = Latest(9)
    monkeypatch.setattr(pieces, "_pages", frames)
    made = visitor.get(f"{address}?{asked}").content
    monkeypatch.setattr(pieces, "_pages", Latest(9))
    visitor.get(f"{address}?q=noget+helt+andet")
    visitor.get(address)
    assert visitor.get(f"{address}?{asked}").content == made


def test_what_is_typed_is_never_taken_for_a_place(visitor):
    for _ in range(2):
        html = visitor.get("/tilbud/", {"q": NASTY}).content.decode()
        assert html.count('id="fund"') == html.count('id="id_q"') == 1
        assert "<b>&amp;" not in html


def test_a_kept_page_knows_nobody(visitor, editor):
    assert editor.get("/tilbud/?q=angst").content == visitor.get("/tilbud/?q=angst").content
    request = RequestFactory().get("/tilbud/?q=hemmeligt")
    request.user, request.session = "en hemmelig bruger", {}
    page = pieces.kept_page(request, LIST, {"is_asked": True}, {"found": "<i>", "crisis": mark_safe("<u>")})
    html = page.content.decode()
    assert "&lt;i&gt;" in html
    assert "<u>" in html
    assert "hemmelig bruger" not in html
    kept = pieces.kept_page(RequestFactory().get("/tilbud/"), LIST, {"is_asked": True}, {"found": "<i>"})
    assert "hemmeligt" in html
    assert "hemmeligt" not in kept.content.decode()


def test_a_page_of_a_minute_ago_is_made_anew(monkeypatch):
    frames = Latest(9)
    monkeypatch.setattr(pieces, "_pages", frames)
    request = RequestFactory().get("/tilbud/")
    for minute, made in [(1, 1), (1, 1), (2, 2)]:
        monkeypatch.setattr(pieces, "_minute", lambda minute=minute: minute)
        pieces.kept_page(request, LIST, {"is_asked": False}, {"found": "intet"})
        assert len(frames) == made
