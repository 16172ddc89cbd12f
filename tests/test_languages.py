"""A page's language is told by its address, and by nothing else."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from directory.language import language_of
from offers.labels import READ, in_words
from offers.models import Format, Language, LifeSituation, Need, TargetGroup
from offers.templatetags.wording import in_a_row, offers_in_words
from policies.models import Sdg
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language"), [("/en/tilbud/", "en"), ("/tilbud/", "da"), ("/energi/", "da")]
)
def test_the_address_tells_the_language(path, language):
    assert language_of(path) == language


def test_what_a_browser_prefers_changes_nothing(visitor):
    danish = visitor.get("/tilbud/", headers={"accept-language": "en"})
    assert danish["Content-Language"] == "da"
    assert "Accept-Language" not in danish["Vary"]
    assert visitor.get("/en/tilbud/")["Content-Language"] == "en"


def test_links_stay_in_the_language(visitor):
    html = visitor.get("/en/").content.decode()
    assert 'href="/en/tilbud/"' in html
    with translation.override("en"):
        assert reverse("offers:list") == "/en/tilbud/"


def test_the_desk_and_the_machines_addresses_have_no_language(visitor):
    for path in ("/en/admin/", "/en/healthz", "/en/robots.txt"):
        assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("model", [Need, TargetGroup, Format, Language, LifeSituation])
def test_every_term_that_ships_has_its_english_name(model):
    assert list(model.objects.filter(name_en="").values_list("slug", flat=True)) == []
    assert not model.objects.exclude(description="").filter(description_en="").exists()
    term = model.objects.first()
    with translation.override("en"):
        assert (term.label, str(term)) == (term.name_en, term.name_en)
    assert term.label == term.name


def test_a_term_without_a_translation_keeps_its_danish_name():
    with translation.override("en"):
        assert Need(name="Ny", name_en="").label == "Ny"


def test_every_goal_of_the_world_has_its_english_name():
    assert not Sdg.objects.filter(name_en="").exists()
    goal = Sdg.objects.get(number=3)
    assert str(goal) == "3. Sundhed og trivsel"
    with translation.override("en"):
        assert str(goal) == "3. Good health and well-being"


def test_what_was_read_out_of_the_box_keeps_its_numbers():
    assert [in_words(one.replace("{}", "7")) for one in READ] == [one.replace("{}", "7") for one in READ]
    assert in_words("Viby (Roskilde eller Aarhus Kommune) {}") == "Viby (Roskilde eller Aarhus Kommune) {}"


def test_what_is_only_in_danish_says_so():
    danish = Template("{% load wording %}<h1{% danish %}>Børn</h1>")
    assert danish.render(Context()) == "<h1>Børn</h1>"
    with translation.override("en"):
        assert danish.render(Context()) == '<h1 lang="da">Børn</h1>'


def test_danish_words_in_the_middle_of_others_say_so():
    mixed = Template("{% load wording %}<p>Goal: {{ text|as_danish }}{{ none|as_danish }}</p>")
    page = Context({"text": "Børn & unge", "none": ""})
    assert mixed.render(page) == "<p>Goal: Børn &amp; unge</p>"
    with translation.override("en"):
        assert mixed.render(page) == '<p>Goal: <span lang="da">Børn &amp; unge</span></p>'
    with translation.override("ar"):
        assert mixed.render(page) == '<p>Goal: <span lang="da" dir="ltr">Børn &amp; unge</span></p>'


def test_all_languages_are_known():
    assert [code for code, _ in settings.LANGUAGES] == ["da", "en"]


@pytest.mark.parametrize(
    "path", ["", "tilbud/?q=alkohol", "tilbud/alkolinjen/", "akut/", "tilbud/alkolinjen/ret/"]
)
def test_pages_in_another_language_are_valid_and_say_which_it_is(visitor, path):
    html = visitor.get(f"/en/{path}").content.decode()
    assert_valid(html, path)
    assert '<html lang="en" dir="ltr">' in html
    assert '<html lang="da" dir="ltr">' in visitor.get(f"/{path}").content.decode()


def test_a_search_survives_the_change_of_language(visitor):
    html = visitor.get("/tilbud/?q=ensom+far&alder=40").content.decode()
    switch = re.search(r'<a href="([^"]*)" lang="en" hreflang="en" data-language>English</a>', html)
    assert switch[1] == "/en/tilbud/?q=ensom+far&amp;alder=40"
    assert 'href="/tilbud/?q=ensom+far"' in visitor.get("/en/tilbud/?q=ensom+far").content.decode()


def test_search_engines_are_told_of_each_language_without_the_question(visitor):
    for path in ("/tilbud/alkolinjen/", "/en/tilbud/alkolinjen/?x=1"):
        found = re.findall(
            r'rel="alternate" hreflang="([^"]*)" href="([^"]*)"', visitor.get(path).content.decode()
        )
        danish = f"{settings.BASE_URL}/tilbud/alkolinjen/"
        assert found == [
            ("da", danish),
            ("x-default", danish),
            ("en", f"{settings.BASE_URL}/en/tilbud/alkolinjen/"),
        ]


def test_a_page_that_is_not_there_is_offered_in_no_language(visitor):
    assert 'rel="alternate"' not in visitor.get("/en/findes-ikke/").content.decode()


def test_a_reader_of_another_language_is_told_once_that_descriptions_are_danish(visitor):
    for path in ("tilbud/", "tilbud/alkolinjen/", "akut/"):
        assert visitor.get(f"/en/{path}").content.decode().count('role="note"') == 1
        assert 'role="note"' not in visitor.get(f"/{path}").content.decode()


def test_what_an_offer_says_is_marked_as_danish(visitor):
    html = visitor.get("/en/tilbud/alkolinjen/").content.decode()
    assert '<h1 lang="da"' in html
    assert '<h1 lang="da"' not in visitor.get("/tilbud/alkolinjen/").content.decode()


def test_numbers_of_offers_and_rows_of_words_are_said_in_whole():
    assert (offers_in_words(1), offers_in_words(12)) == ("1 tilbud", "12 tilbud")
    assert in_a_row(["a"], "em") == "<em>a</em>"
    assert in_a_row(["a", "<b>", "c"], "em") == "<em>a</em>, <em>&lt;b&gt;</em> og <em>c</em>"


def test_needs_are_suggested_by_their_names_in_the_language_of_the_page(visitor):
    need = Need.objects.get(slug="alkohol-og-stoffer")
    for path, name in (("/forslag/", need.name), ("/en/forslag/", need.name_en)):
        answer = visitor.get(path, {"q": "alkoh"}, headers={"hx-request": "true"})
        assert f"{name}</strong>" in answer.content.decode()


def test_other_words_for_an_offer_are_not_shown_to_who_reads_no_danish(visitor):
    assert " forældre <mark>drikker</mark>" in visitor.get("/tilbud/?q=alkohol").content.decode()
    assert " forældre <mark>drikker</mark>" not in visitor.get("/en/tilbud/?q=alkohol").content.decode()
