"""Search and order on the editors' desk know Danish letters, numbers and law."""

import pytest
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.urls import reverse

from offers.models import ContactPoint, LegalBasis, Offer, Organisation, TargetGroup
from tests.desks import COLUMNS, NAMED, NAMES, address, each, each_desk, make, make_rows

pytestmark = pytest.mark.django_db


@each_desk
def test_search_never_finds_a_row_twice(desk):
    assert not any(lookup_spawns_duplicates(desk.opts, path) for path in desk.search_fields)


@each(NAMED)
@pytest.mark.parametrize("words", ["ÆLDREHJÆLP ÆRØ", "ældrehjælp ærø", "på Ældrehjælp"])
def test_search_finds_danish_letters_in_any_case(editor, desk, words):
    column = next(name for name in NAMES if name in COLUMNS[desk.model])
    row = make_rows(desk, 1)[0]
    setattr(row, column, "Ældrehjælp på Ærø")
    row.save()
    found = editor.get(address(desk, "changelist"), {"q": words}).context["cl"].result_list
    assert list(found) == [row]


def test_names_are_sorted_as_danes_do(editor):
    names = ["Zone qq", "Ærø qq", "Øster qq", "Aarhus qq"]
    for name in reversed(names):
        make(Organisation, name=name)
    page = editor.get(reverse("admin:offers_organisation_changelist"), {"q": "QQ", "o": "1"})
    assert [row.name for row in page.context["cl"].result_list] == names


def test_autocomplete_finds_danish_letters_in_any_case(editor):
    make(TargetGroup, name="Øvede åleålere")
    asked = {"app_label": "offers", "model_name": "offer", "field_name": "target_groups"}
    answer = editor.get(reverse("admin:autocomplete"), asked | {"term": "øVEDE ÅLEÅL"}).json()
    assert [result["text"] for result in answer["results"]] == ["Øvede åleålere"]


def test_law_is_found_as_it_is_written(editor):
    section = make(LegalBasis, law="prøveloven", section="101 x", title="Behandling")
    url = reverse("admin:offers_legalbasis_changelist")
    found = editor.get(url, {"q": "Prøveloven §101 x"}).context["cl"].result_list
    assert list(found) == [section]


@pytest.mark.parametrize("words", ["70998877", "+45 70 99 88 77", "70 998 877"])
def test_number_is_found_however_it_is_grouped(editor, words):
    contact = make(ContactPoint, offer=make(Offer), kind="telefon", value="709 98 877")
    url = reverse("admin:offers_contactpoint_changelist")
    assert list(editor.get(url, {"q": words}).context["cl"].result_list) == [contact]


def test_numbers_that_nobody_can_ring_are_found(editor):
    wrong = [
        make(ContactPoint, offer=make(Offer), kind="sms", value=value) for value in ("12", "ring bare")
    ]
    for kind, value in (("telefon", "116 111"), ("telefon", "112"), ("web", "12")):
        make(ContactPoint, offer=make(Offer), kind=kind, value=value)
    url = reverse("admin:offers_contactpoint_changelist")
    found = editor.get(url, {"nummer": "forkert"}).context["cl"].result_list
    assert set(found) == set(wrong)
