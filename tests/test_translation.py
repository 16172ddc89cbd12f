"""Every page is there in English, and in Danish says only what editors and authorities wrote."""

import gettext
import re
from collections import Counter

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from offers.models import Offer
from policies.models import Policy
from tests.addresses import LISTS, public_addresses
from tests.conftest import ROOT
from tests.messages import CATALOGUE, TEMPLATES, in_module, in_template, marked, translated
from tests.test_pages import assert_valid

FILLED_IN = re.compile(r"%\(\w+\)s|%%|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>")
# Attributes that people read or hear. The head is not looked at: Danish names in it cannot say so.
SPOKEN = ("aria-label", "alt", "title", "placeholder")
# Fewer letters than these may be a word of both languages, or a piece of a name.
LONG = 13
# Lists that were asked something: what was understood, what was not, and what there is instead.
ASKED = (
    "/en/tilbud/?q=angst+14+år+gratis&kommune=0265",
    "/en/tilbud/?q=misbrgu&hvem=mig&omkring=ja",
    "/en/tilbud/?q=zzzzzz&alder=95",
    "/en/tilbud/?alder=abc&behov=findes-ikke&sorter=x&kommune=9999",
    "/en/soeg-i-politik/?q=misbrug&hvad=politik",
    "/en/politikker/?q=zzzzzz",
    "/en/bibliotek/?aar=abc",
)
SHEETS = sorted((ROOT / "static").glob("*.css"))
LEFT_OR_RIGHT = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right)|(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![-\w])(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset):\s*" + r"\s+".join([r"([^\s;{}(),]+)"] * 4))


# -- The catalogue ---------------------------------------------------------------------------------


def test_texts_are_found_as_gettext_finds_them():
    page = '{% load i18n %}{% translate "Et" context "tal" %}{% include "x" with text=_("To") only %}'
    page += (
        "{% blocktranslate count n=n %}{{ n }} svar{% plural %}{{ n }} svar i alt{% endblocktranslate %}"
    )
    assert set(in_template(page)) == {
        ("tal", "Et", ""),
        ("", "To", ""),
        ("", "%(n)s svar", "%(n)s svar i alt"),
    }
    code = "from django.utils.translation import gettext_lazy as _, npgettext\n"
    code += "_('Et')\n_(text)\nnpgettext('c', 'a', 'b', 2)"
    assert set(in_module(code)) == {("", "Et", ""), ("c", "a", "b")}


def test_every_text_has_its_translation():
    done = {
        key
        for key, (message, said) in translated().items()
        if all(said.texts) and len(said.texts) == (2 if message.many else 1) and "fuzzy" not in said.flags
    }
    assert sorted(set(marked()) - done) == []


def test_no_translation_is_left_over():
    assert sorted(set(translated()) - set(marked())) == []
    assert "#~" not in CATALOGUE.read_text()


def test_a_translation_keeps_what_is_filled_in_and_where_links_lead():
    for message, said in translated().values():
        for danish, english in zip((message.one, message.many), said.texts, strict=False):
            for pattern in (FILLED_IN, MARKUP):
                assert Counter(pattern.findall(danish)) == Counter(pattern.findall(english)), english


def test_what_the_site_reads_is_what_translators_wrote():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written = {}
    for (context, text), (message, said) in translated().items():
        name = f"{context}\x04{text}" if context else text
        plural = {(name, number): form for number, form in enumerate(said.texts)}
        written |= plural if message.many else {name: said.texts[0]}
    assert {name: text for name, text in compiled.items() if name} == written


# -- Templates -------------------------------------------------------------------------------------


def unmarked(source: str) -> list[str]:
    """Return the words of a template that no translator will see."""
    source = re.sub(r"\{#.*?#\}|<!--.*?-->|<script.*?</script>", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", source, flags=re.DOTALL)
    given = re.findall(r'(?<![-\w])(?:text|here|name|label|title|hint|heading)="([A-ZÆØÅ][^"]*)"', source)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    spoken = re.findall(rf'(?:{"|".join(SPOKEN)})="([^"]*)"', source)
    words = [*given, *spoken, *MARKUP.split(re.sub(r"&\w+;", " ", source))]
    return [text.strip() for text in words if re.search(r"[^\W\d_]{2}", text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_is_marked(path):
    assert unmarked(path.read_text()) == []


def test_a_word_that_is_not_marked_would_be_found():
    assert unmarked('<p class="x">{{ n }} af</p>') == ["af"]
    assert unmarked('{% include "x.html" with name="home" here="Forside" only %}') == ["Forside"]
    assert unmarked('<a aria-label="Luk">{% translate "Ja" %} · {{ x }}</a>') == ["Luk"]


# -- Pages -----------------------------------------------------------------------------------------


def danish_texts() -> set[str]:
    """Return the whole pieces of our own Danish texts that are not the same in English."""
    pieces = set()
    for message, said in translated().values():
        english = " ".join(said.texts)
        for text in (message.one, message.many):
            parts = (part.strip(" .,:()“”") for part in re.split(rf"{FILLED_IN.pattern}|<[^>]*>", text))
            pieces |= {part for part in parts if part not in english}
    return {piece for piece in pieces if sum(map(str.isalpha, piece)) >= LONG}


def said_in(html: str, language: str) -> set[str]:
    """Return what a page says in `language`: in its body, and in words for those who do not see."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    said = set()

    def visit(element, spoken: str) -> None:
        own = element.get("lang", spoken)
        if element.tag in {"script", "style", "head"}:
            return
        texts = [element.text, *(element.get(name) for name in SPOKEN)]
        said.update(" ".join(text.split()) for text in texts if text and own == language)
        for child in element:
            visit(child, own)
            if child.tail and own == language:
                said.add(" ".join(child.tail.split()))

    visit(document, "")
    return said


def test_what_a_page_says_in_a_language_is_heard():
    html = '<html lang="en"><p>One<b lang="da">Et <i>og</i></b> two</p><img alt="Three" lang="en"></html>'
    assert said_in(html, "en") - {""} == {"One", "two", "Three"}
    assert said_in(html, "da") == {"Et", "og"}


@pytest.mark.django_db
def test_every_public_page_is_there_in_english(visitor):
    said: dict[str, str] = {}
    with translation.override("en"):
        addresses = list(public_addresses())
        addresses.append(reverse("offers:feedback", args=[Offer.objects.published()[0].slug]))
    assert len(addresses) > len(LISTS)
    for address in [*addresses, *ASKED]:
        assert address.startswith("/en/")
        response = visitor.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert '<html lang="en"' in html, address
        assert_valid(html, address)
        said |= dict.fromkeys(said_in(html, "en"), address)
    texts = danish_texts()
    left = {piece: (said[text], text) for text in said for piece in texts if piece in text}
    assert left == {}


@pytest.mark.django_db
def test_pages_can_be_read_from_right_to_left(visitor, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    with translation.override("ar"):
        addresses = [reverse(name) for name in LISTS]
        addresses += [
            rows[0].get_absolute_url() for rows in (Offer.objects.published(), Policy.objects.all())
        ]
    for address in addresses:
        html = visitor.get(address).content.decode()
        assert re.search(r'<html lang="ar"[^>]* dir="rtl"', html), address
        assert_valid(html, address)
    assert 'dir="rtl"' not in visitor.get("/en/").content.decode()


# -- Stylesheets -----------------------------------------------------------------------------------


def sided(sheet: str) -> list[str]:
    """Return the declarations of a stylesheet that know left from right."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = [match[0] for match in LEFT_OR_RIGHT.finditer(sheet)]
    return found + [match[0] for match in FOUR_SIDES.finditer(sheet) if match[2] != match[4]]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_stylesheets_know_start_and_end_not_left_and_right(path):
    assert sided(path.read_text()) == []


@pytest.mark.parametrize(
    "rule", ["margin-left: 1px", "a { left: 0 }", "text-align:right", "padding: 0 1px 0 2px", "float: left"]
)
def test_left_and_right_in_a_stylesheet_would_be_found(rule):
    assert sided(rule)
    assert not sided("margin-inline-start: 1px; float: none; padding: 0 1px 2px 1px; text-align: start")
