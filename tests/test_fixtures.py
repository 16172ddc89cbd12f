"""The data that come with the house: true to their sources, loaded whole or not at all."""

from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from directory.fixtures import FixtureError, load
from offers.models import Municipality, Need, Offer
from policies.models import Committee, Document, Goal, Indicator, Policy, Sdg
from tests.conftest import FIXTURES, ROOT

pytestmark = pytest.mark.django_db


def everything() -> Counter:
    """Return every row of our own models, values and all."""
    models = [model for app in ("offers", "policies") for model in apps.get_app_config(app).get_models()]
    moving = {"updated_at"}
    return Counter(
        (model._meta.label, *(str(value) for name, value in sorted(row.items()) if name not in moving))
        for model in models
        for row in model._base_manager.values()
    )


def test_loading_again_changes_nothing():
    before = everything()
    load(FIXTURES)
    assert everything() == before


def test_every_offer_has_a_need_and_a_source_or_a_note():
    assert not Offer.objects.published().filter(needs=None).exists()
    assert not Offer.objects.filter(source_url="", internal_note="").exists()


def test_codes_for_lists_are_written_down():
    text = "".join(path.read_text() for path in FIXTURES)
    assert [offer.slug for offer in Offer.objects.all() if f'"{offer.code}"' not in text] == []


def test_counts_of_what_the_sources_name():
    assert Municipality.objects.count() == 98
    assert list(Sdg.objects.values_list("number", flat=True)) == list(range(1, 18))
    assert Document.objects.filter(cited_by__slug="kl-invester-foer-det-sker").count() == 100
    roskilde = Policy.objects.filter(authority__slug="roskilde-kommune")
    assert Counter(roskilde.values_list("kind", flat=True)) == {
        "politik": 9,
        "indsatsomraade": 4,
        "idekatalog": 1,
    }
    assert Committee.objects.filter(authority__slug="roskilde-kommune").count() == 3
    assert Goal.objects.filter(policy__slug="hurtig-hjaelp-til-selvhjaelp", kind="ide").count() == 14


def test_figures_and_dates_are_those_of_the_sources():
    adult = Policy.objects.get(slug="politik-for-sociale-indsatser-paa-voksenomraadet")
    assert (adult.approved_on.isoformat(), adult.revised_on.isoformat()) == ("2015-06-17", "2015-09-21")
    draft = Policy.objects.get(slug="koebenhavns-sociale-strategi")
    assert draft.is_draft
    assert Indicator.objects.filter(goal__policy=draft, baseline__contains="4.000").exists()
    assert Indicator.objects.filter(goal__policy=draft, baseline__contains="2.500").exists()
    plan = Indicator.objects.filter(goal__policy__slug="roedovre-handleplan-2017-2018")
    assert "67,4" in " ".join(plan.values_list("baseline", flat=True))
    shares = Committee.objects.exclude(budget_share=None).values_list("budget_share", flat=True)
    assert sorted(map(int, shares)) == [20, 25, 32]


def test_headspace_hours_are_hours_and_no_age():
    headspace = Offer.objects.get(slug="headspace-roskilde")
    assert (headspace.min_age, headspace.max_age) == (None, None)
    assert [str(hours) for hours in headspace.opening_hours.all()] == [
        "mandag 11:00–18:00",
        "tirsdag 11:00–18:00",
        "onsdag 11:00–18:00",
        "torsdag 11:00–18:00",
    ]


def test_the_table_in_the_docs_tells_what_is_loaded():
    table = (ROOT / "docs" / "data.md").read_text()
    for name, by_model in load(FIXTURES).items():
        counts = ", ".join(f"{number} {label}" for label, number in by_model.items())
        assert f"| `{name}` | " in table, name
        assert f"| {counts} |" in table, f"{name}: {counts}"


NEED = "- model: offers.need\n  fields: {{slug: {slug}, name: Prøve}}\n"
OFFER = "- model: offers.offer\n  fields: {{slug: proeve, title: Prøve, organisation: [kl], {more}}}\n"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (OFFER.format(more="slagord: x"), ["post 1 (proeve)", "et felt findes ikke", "slagord"]),
        (
            OFFER.format(more="needs: [[findes-ikke]]"),
            ["post 1 (proeve)", "henvisning kan ikke findes", "findes-ikke"],
        ),
        (
            OFFER.format(more="min_age: 12, max_age: 9"),
            ["post 1 (proeve)", "ældste alder må ikke være lavere"],
        ),
        (OFFER.format(more="min_age: mange"), ["post 1 (proeve)", "mange"]),
        (OFFER.format(more="status: offentlig"), ["skal have en tekst i “kort fortalt”"]),
        (OFFER.format(more="status: hemmelig"), ["status", "hemmelig"]),
        (
            NEED.format(slug="en") + NEED.format(slug="en"),
            ["post 2 (en)", "samme nøgle som", "post 1 (en)"],
        ),
        ("- model: offers.ukendt\n  fields: {}\n", ["post 1", "ukendt"]),
        ("- model: offers.need\n  felter: {}\n", ["post 1", "“model” og “fields”"]),
        ("- model: offers.need\n  fields: 3\n", ["post 1"]),
        ("- bare tekst\n", ["post 1", "“model” og “fields”"]),
        ("- [uden slut\n", ["hele filen", "YAML"]),
        ("tekst: ikke en liste\n", ["hele filen", "liste af poster"]),
    ],
)
def test_a_bad_file_stops_the_loading_with_file_entry_and_reason(tmp_path, text, sentences):
    good = tmp_path / "01-god.yaml"
    good.write_text(NEED.format(slug="god"))
    bad = tmp_path / "02-fejl.yaml"
    bad.write_text(text)
    with pytest.raises(FixtureError) as raised:
        load([good, bad])
    assert str(raised.value).startswith("02-fejl.yaml, ")
    for sentence in sentences:
        assert sentence in str(raised.value)
    assert not Need.objects.filter(slug__in=["god", "en"]).exists(), "half loaded"


def test_the_command_says_what_was_loaded_and_leaves_a_filled_database_alone(tmp_path):
    out = StringIO()
    call_command("load_data", "--if-empty", stdout=out)
    assert "allerede data" in out.getvalue()
    bad = tmp_path / "x.yaml"
    bad.write_text("- 1\n")
    with pytest.raises(CommandError, match=r"Intet er indlæst\. x\.yaml, post 1"):
        call_command("load_data", bad)
