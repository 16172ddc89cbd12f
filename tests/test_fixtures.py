"""The data that come with the house: true to their sources, loaded whole or not at all."""

from collections import Counter
from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from directory.fixtures import FixtureError, load
from offers.models import Municipality, Offer, Organisation
from policies.models import Committee, Document, Goal, Indicator, Initiative, Policy, Sdg
from tests.conftest import FIXTURES, ROOT

pytestmark = pytest.mark.django_db


def everything() -> Counter:
    """Return every row of our own models, values and all."""
    models = [model for app in ("offers", "policies") for model in apps.get_app_config(app).get_models()]
    moving = {"updated_at", "revision"}
    return Counter(
        (model._meta.label, *(str(value) for name, value in sorted(row.items()) if name not in moving))
        for model in models
        for row in model._base_manager.values()
    )


def test_loading_again_changes_nothing():
    before = everything()
    load(FIXTURES)
    assert everything() == before


def test_ids_are_the_same_wherever_the_files_are_loaded():
    """Written down by hand: whoever changes how ids are made breaks what others have kept."""
    ids = {
        Policy.objects.get(slug="roedovre-udsattepolitik"): "d0ea366f-725b-5fc8-8741-6afd629b24e9",
        Committee.objects.get(
            slug="roskilde-skole-og-boerneudvalget"
        ): "201b256c-b8e7-5b41-a411-cf3aa503a6ea",
        Offer.objects.get(slug="headspace-roskilde"): "da5aab05-b962-5556-a5c6-6a4fe43d7cc9",
    }
    assert {row: str(row.uuid) for row in ids} == ids


def test_an_id_outlives_a_new_title_and_a_new_loading():
    policy = Policy.objects.get(slug="roedovre-udsattepolitik")
    Policy.objects.filter(pk=policy.pk).update(uuid=UUID(int=1), title="Et andet navn")
    load(FIXTURES)
    assert Policy.objects.get(pk=policy.pk).uuid == UUID(int=1)


def test_rows_from_before_there_were_ids_get_those_of_the_files():
    models = (Committee, Policy, Goal, Indicator, Initiative)
    before = {(model, row.pk): row.uuid for model in models for row in model.objects.all()}
    for model in models:
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(uuid=uuid4())
    name_each = import_module("policies.migrations.0009_stable_ids").name_each
    name_each(apps, SimpleNamespace(connection=connection))
    assert {(model, row.pk): row.uuid for model in models for row in model.objects.all()} == before


def test_a_row_that_an_editor_makes_has_an_id_like_no_other():
    texts = {"kind": "politik", "authority": Organisation.objects.first()}
    first, second = (Policy.objects.create(slug=f"ny-{n}", title="Ny", **texts) for n in (1, 2))
    assert first.uuid.version == second.uuid.version == 4
    assert first.uuid != second.uuid


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
HOURS = '- model: offers.openinghours\n  fields: {{weekday: 0, closes: "10:00", {more}}}\n'
RAW_NUL = "- model: offers.need\n  fields: {slug: en, name: a\0b}\n"
ONE = "post 1 (proeve)"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        # The file as a whole.
        ("", ["hele filen", "er tom"]),
        ("# kun en bemærkning\n", ["hele filen", "er tom"]),
        ("tekst: ikke en liste\n", ["hele filen", "liste af poster"]),
        (b"- model: x\n  fields: {name: \xe6}\n", ["linje 2", "UTF-8"]),
        (RAW_NUL, ["linje 2", "U+0000"]),
        ("- [uden slut\n", ["linje 2", "YAML"]),
        ("- !ukendt x\n", ["linje 1", "YAML", "!ukendt"]),
        ("- en\n---\n- to\n", ["linje 2", "YAML"]),
        ("[" * 5000, ["for mange lag"]),
        # What YAML itself cannot make of a value.
        (OFFER.format(more="verified_on: 2026-13-40"), ["linje 2", "“2026-13-40” er ikke en gyldig dato"]),
        (OFFER.format(more="min_age: !!int mange"), ["linje 2", "“mange” er ikke et tal"]),
        (
            OFFER.format(more="is_acute: !!bool måske"),
            ["linje 2", "“måske” er ikke true eller false"],
        ),
        (OFFER.format(more='summary: "\\UFFFFFFFF"'), ["linje 2", "kan ikke læses som YAML"]),
        (OFFER.format(more="title: Andet"), ["linje 2", "nøglen “title” står to gange"]),
        (
            "- model: offers.need\n  fields: {}\n  model: offers.need\n",
            ["linje 3", "“model” står to gange"],
        ),
        # The entry and its model.
        ("- bare tekst\n", ["post 1", "“model” og “fields”"]),
        ("- model: offers.need\n  felter: {}\n", ["post 1", "“model” og “fields”"]),
        ("- model: offers.need\n  fields: 3\n", ["post 1", "“fields” skal være felter"]),
        ("- model: offers.ukendt\n  fields: {}\n", ["post 1", "“offers.ukendt” findes ikke"]),
        ("- model: offers\n  fields: {}\n", ["post 1", "“offers” findes ikke"]),
        ("- model: offers.feedback\n  fields: {}\n", ["post 1", "ingen naturlig nøgle"]),
        (
            "- model: auth.user\n  fields: {username: x}\n",
            ["post 1", "kun modeller fra offers og policies"],
        ),
        ("- model: [1]\n  fields: {}\n", ["post 1", "kun modeller fra offers og policies"]),
        (NEED.format(slug="en") * 2, ["post 2 (en)", "samme nøgle som", "post 1 (en)"]),
        # Fields and their values.
        (OFFER.format(more="slagord: x"), [ONE, "slagord: feltet findes ikke"]),
        (OFFER.format(more="id: 1"), [ONE, "id: feltet findes ikke"]),
        (OFFER.format(more="organisation_id: 1"), [ONE, "organisation_id: feltet findes ikke"]),
        (OFFER.format(more="opening_hours: []"), [ONE, "opening_hours: feltet findes ikke"]),
        (OFFER.format(more="min_age: 12, max_age: 9"), [ONE, "ældste alder må ikke være lavere"]),
        (OFFER.format(more="min_age: mange"), [ONE, "min_age: ", "mange"]),
        (OFFER.format(more="verified_on: 7"), [ONE, "verified_on: “7” er ikke en værdi"]),
        (OFFER.format(more="summary: [a, b]"), [ONE, "summary: “['a', 'b']” er ikke en værdi"]),
        (OFFER.format(more="status: offentlig"), ["skal have en tekst i “kort fortalt”"]),
        (OFFER.format(more="status: hemmelig"), ["status", "hemmelig"]),
        (OFFER.format(more='summary: "a\\0b"'), [ONE, "summary: har et tegn", "U+0000"]),
        (OFFER.format(more='summary: "a\\x1bb"'), [ONE, "summary: har et tegn", "U+001B"]),
        (OFFER.format(more='summary: "a\\ud800b"'), ["linje 2", "kan ikke læses som YAML"]),
        (OFFER.format(more='"a\\0b": x'), [ONE, "a\\x00b: feltet findes ikke"]),
        # References.
        (OFFER.format(more="needs: [[nix]]"), [ONE, "needs: der findes ingen post", "“behov”", "['nix']"]),
        (OFFER.format(more='needs: [["a\\0b"]]'), [ONE, "needs: har et tegn", "U+0000"]),
        (OFFER.format(more="needs: [vold]"), [ONE, "needs: “vold” skal være en nøgle"]),
        (OFFER.format(more="needs: [[vold, vold]]"), [ONE, "needs: ['vold', 'vold'] er ikke en nøgle"]),
        (OFFER.format(more="needs: [99999]"), [ONE, "needs: “99999” skal være en nøgle"]),
        (OFFER.format(more="needs: vold"), [ONE, "needs: skal være en liste"]),
        (OFFER.format(more="needs: &a [*a]"), [ONE, "needs: ", "er ikke en nøgle"]),
        (
            HOURS.format(more="offer: [nix]"),
            ["post 1", "offer: der findes ingen post", "“tilbud”", "['nix']"],
        ),
        (HOURS.format(more="offer: null"), ["post 1", "offer: skal udfyldes"]),
        (HOURS.format(more="opens: 9:00"), ["post 1", "opens: “540” er ikke", "anførselstegn"]),
    ],
)
def test_a_bad_file_stops_the_loading_with_file_place_and_reason(tmp_path, text, sentences):
    before = everything()
    good = tmp_path / "01-god.yaml"
    good.write_text(NEED.format(slug="god"))
    bad = tmp_path / "02-fejl.yaml"
    bad.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FixtureError) as raised:
        load([good, bad])
    assert str(raised.value).startswith("02-fejl.yaml, ")
    for sentence in sentences:
        assert sentence in str(raised.value)
    assert everything() == before, "half loaded"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "mappe.yaml").mkdir()
    (tmp_path / "ring.yaml").symlink_to("ring.yaml")
    for name, reason in {"nix": "findes ikke", "mappe": "er en mappe", "ring": "kan ikke læses"}.items():
        with pytest.raises(CommandError) as raised:
            call_command("load_data", tmp_path / f"{name}.yaml")
        assert str(raised.value).startswith(f"Intet er indlæst. {name}.yaml, hele filen: {reason}")


def test_no_entries_are_fine_and_so_is_a_mapping_merged_into_another(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("[]\n")
    assert load([path]) == {"x.yaml": {}}
    need = "- model: offers.need\n  fields: {anchor}{{{more}slug: {slug}, name: Prøve}}\n"
    path.write_text(
        need.format(anchor="&en ", more="", slug="en") + need.format(anchor="", more="<<: *en, ", slug="to")
    )
    assert load([path]) == {"x.yaml": {"offers.need": 2}}


def test_the_command_says_what_was_loaded_and_leaves_a_filled_database_alone(tmp_path):
    out = StringIO()
    call_command("load_data", "--if-empty", stdout=out)
    assert "allerede data" in out.getvalue()
    bad = tmp_path / "x.yaml"
    bad.write_text("- 1\n")
    with pytest.raises(CommandError, match=r"Intet er indlæst\. x\.yaml, post 1"):
        call_command("load_data", bad)
