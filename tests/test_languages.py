"""A page's language is told by its address, and by nothing else."""

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from directory.language import language_of
from offers.labels import READ, in_words
from offers.models import Format, Language, LifeSituation, Need, TargetGroup

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


def test_what_was_read_out_of_the_box_keeps_its_numbers():
    assert [in_words(one.replace("{}", "7")) for one in READ] == [one.replace("{}", "7") for one in READ]
    assert in_words("Viby (Roskilde eller Aarhus Kommune) {}") == "Viby (Roskilde eller Aarhus Kommune) {}"


def test_what_is_only_in_danish_says_so():
    danish = Template("{% load wording %}<h1{% danish %}>Børn</h1>")
    assert danish.render(Context()) == "<h1>Børn</h1>"
    with translation.override("en"):
        assert danish.render(Context()) == '<h1 lang="da">Børn</h1>'


def test_all_languages_are_known():
    assert [code for code, _ in settings.LANGUAGES] == ["da", "en"]
