"""The editors' desk: every page answers, only staff get in, and search knows Danish letters."""

from datetime import date, timedelta
from itertools import chain, count

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.widgets import AutocompleteMixin
from django.db import models
from django.forms import ModelChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from offers.admin.desk import MachineMadeAdmin
from offers.models import ContactPoint, LegalBasis, Need, Offer, Organisation, Synonym, TargetGroup
from policies.models import Sdg
from tests.conftest import INLINE_CODE

pytestmark = pytest.mark.django_db

QUERIES_PER_LIST = 12
OUR_MODELS = [*apps.get_app_config("offers").get_models()]
OUR_MODELS += apps.get_app_config("policies").get_models()
DESKS = [site.get_model_admin(model) for model in OUR_MODELS if site.is_registered(model)]
each_desk = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.opts.model_name)

NUMBERS = count(1)
# Where a row's Danish name stands, the first that its model has.
NAMES = ("title", "name", "phrase", "words", "what", "label", "text", "error")


@pytest.fixture
def editor(client, django_user_model):
    """Return a client logged in as someone who may do everything; no password, so no slow hashing."""
    client.force_login(django_user_model.objects.create_superuser("redaktør"))
    return client


def address(desk, view, *args):
    """Return the address of one page of a desk."""
    return reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_{view}", args=args)


def make(model, also=(), **values):
    """Return a new row: `values`, and something fitting in every other field it must have, or in `also`."""
    number = next(NUMBERS)
    for field in model._meta.fields:
        optional = field.blank or field.null or field.has_default()
        if field.name in values or (optional and field.name not in also):
            continue
        if field.is_relation:
            values[field.name] = make(field.related_model)
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.DateField):
            values[field.name] = date(2020, 1, 1) + timedelta(days=number)
        else:
            values[field.name] = f"z{number % 1000:03}"
    return model.objects.create(**values)


def make_rows(desk, quantity):
    """Return new rows for a list, each with its own related rows where the list shows them."""
    model = desk.model
    if model is Sdg:
        numbers = range(1, min(quantity, 17) + 1)
        return [Sdg.objects.get_or_create(number=n, defaults={"name": "Mål"})[0] for n in numbers]
    if model is ContactPoint:
        owners = [{"offer": make(Offer)}, {"organisation": make(Organisation)}] * quantity
        return [make(model, **owner) for owner in owners[:quantity]]
    shown = [field.name for field in desk.opts.fields if field.name in desk.list_display]
    keys = [name for name in shown if desk.opts.get_field(name).many_to_one]
    means = {"means": "hjælp"} if model is Synonym else {}
    return [make(model, keys, **means) for _ in range(quantity)]


def offer_form(client, url, **answers):
    """Return what a browser would send from the offer's page when it holds `answers` and no rows."""
    context = client.get(url).context
    data = {"way_in": "ukendt", "anonymous": "ukendt", "cost": "ukendt", "status": "kladde"}
    data["closed_on_public_holidays"] = "unknown"
    for inline in context["inline_admin_formsets"]:
        data |= {f"{inline.formset.prefix}-{forms}_FORMS": "0" for forms in ("TOTAL", "INITIAL")}
    return data | answers


def rule(name):
    """Return the sentence that the constraint of that name answers with, as it stands in HTML."""
    found = next(each for each in Offer._meta.constraints if each.name == name)
    return escape(found.violation_error_message)


def run_action(client, action, *offers):
    """Run one of the list's actions on `offers` and return the page that follows, as text."""
    url = reverse("admin:offers_offer_changelist")
    chosen = {"action": action, "_selected_action": [offer.pk for offer in offers]}
    return client.post(url, chosen, follow=True).content.decode()


# -- Every page ------------------------------------------------------------------------------------


def test_every_model_has_a_page_or_stands_on_one():
    on_desks = {inline.model for desk in DESKS for inline in desk.inlines}
    assert set(OUR_MODELS) == on_desks | {desk.model for desk in DESKS}


@each_desk
def test_list_answers_every_search_and_filter(editor, desk):
    make_rows(desk, 2)
    url = address(desk, "changelist")
    changelist = editor.get(url, {"_facets": "True"}).context["cl"]
    choices = [choice for spec in changelist.filter_specs for choice in list(spec.choices(changelist))[:4]]
    queries = [choice["query_string"] for choice in choices]
    for query in ["?q=ÆØÅ", "?q=§ 101 (x", *queries]:
        assert editor.get(url + query).status_code == 200, query


@each_desk
def test_add_page_answers(editor, desk):
    expected = 403 if isinstance(desk, MachineMadeAdmin) else 200
    assert editor.get(address(desk, "add")).status_code == expected


@each_desk
def test_rows_can_be_deleted_from_the_list(editor, desk):
    row = make_rows(desk, 1)[0]
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    editor.post(address(desk, "changelist"), data)
    assert not desk.model.objects.filter(pk=row.pk).exists()


@each_desk
def test_list_and_change_page_answer_without_inline_code(editor, desk):
    row = make_rows(desk, 1)[0]
    for url in (address(desk, "changelist"), address(desk, "change", row.pk)):
        answer = editor.get(url)
        assert answer.status_code == 200
        assert not INLINE_CODE.search(answer.content.decode()), url


@each_desk
def test_list_keeps_its_query_budget(editor, desk, django_assert_max_num_queries):
    make_rows(desk, 30)
    with django_assert_max_num_queries(QUERIES_PER_LIST):
        editor.get(address(desk, "changelist"))


@each_desk
def test_only_staff_get_in(client, django_user_model, desk):
    url = address(desk, "changelist")
    assert client.get(url).headers["Location"].startswith(reverse("admin:login"))
    client.force_login(django_user_model.objects.create_user("borger"))
    assert client.get(url).headers["Location"].startswith(reverse("admin:login"))


@each_desk
def test_large_tables_are_never_a_select(editor, desk):
    if isinstance(desk, MachineMadeAdmin):
        pytest.skip("Only the program adds rows.")
    answer = editor.get(address(desk, "add"))
    forms = [inline.formset.empty_form for inline in answer.context["inline_admin_formsets"]]
    for bound in chain(answer.context["adminform"].form, *forms):
        if isinstance(bound.field, ModelChoiceField) and not bound.is_hidden:
            typed = isinstance(bound.field.widget.widget, AutocompleteMixin)
            chosen_from = bound.field.queryset
            assert typed or (chosen_from is not None and chosen_from.model is Need), bound.name


# -- Search ----------------------------------------------------------------------------------------


@each_desk
def test_search_never_finds_a_row_twice(desk):
    assert not any(lookup_spawns_duplicates(desk.opts, path) for path in desk.search_fields)


@each_desk
@pytest.mark.parametrize("words", ["ÆLDREHJÆLP ÆRØ", "ældrehjælp ærø", "på Ældrehjælp"])
def test_search_finds_danish_letters_in_any_case(editor, desk, words):
    columns = {field.name for field in desk.opts.fields}
    column = next((name for name in NAMES if name in columns), None)
    if column is None or desk.model is Sdg:
        pytest.skip("The model has no name of its own.")
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


# -- Offers ----------------------------------------------------------------------------------------


def test_age_range_turned_round_is_told_in_danish(editor):
    url = reverse("admin:offers_offer_add")
    answers = {"title": "Prøve", "slug": "proeve", "organisation": make(Organisation).pk}
    data = offer_form(editor, url, **answers, min_age=30, max_age=18)
    text = editor.post(url, data).content.decode()
    assert rule("offer_ages_in_order") in text
    assert not Offer.objects.filter(slug="proeve").exists()


def hours_form(client, url, rows):
    """Return a form for a new offer that is open on Mondays from 9 to 12, `rows` times."""
    organisation = make(Organisation).pk
    data = offer_form(client, url, title="Prøve", slug="proeve", organisation=organisation)
    data["opening_hours-TOTAL_FORMS"] = rows
    monday = {"weekday": 0, "opens": "9:00", "closes": "12:00", "channel": "fremmoede"}
    return data | {
        f"opening_hours-{row}-{name}": value for row in range(rows) for name, value in monday.items()
    }


def test_offer_is_added_with_its_opening_hours(editor):
    url = reverse("admin:offers_offer_add")
    assert editor.post(url, hours_form(editor, url, 1)).status_code == 302
    assert Offer.objects.get(slug="proeve").opening_hours.count() == 1


def test_same_opening_hours_twice_is_told_in_danish(editor):
    url = reverse("admin:offers_offer_add")
    text = editor.post(url, hours_form(editor, url, 2)).content.decode()
    assert "Den samme åbningstid står der to gange." in text


def test_synonym_in_another_letter_case_is_told_in_danish(editor):
    make(Synonym, phrase="min ø driller", means="ø")
    url = reverse("admin:offers_synonym_add")
    text = editor.post(url, {"phrase": "MIN Ø driller", "means": "ø"}).content.decode()
    assert "Den vending findes allerede" in text


def test_new_offer_is_not_shown_a_code_it_will_not_get(editor):
    assert "field-code" not in editor.get(reverse("admin:offers_offer_add")).content.decode()
    url = reverse("admin:offers_offer_change", args=[make(Offer).pk])
    assert "field-code" in editor.get(url).content.decode()


@pytest.mark.parametrize(("status", "linked"), [("offentlig", True), ("kladde", False)])
def test_page_links_to_what_the_public_sees(editor, status, linked):
    offer = make(Offer, status=status, summary="Kort", title="Prøve")
    text = editor.get(reverse("admin:offers_offer_change", args=[offer.pk])).content.decode()
    assert (f'href="{offer.get_absolute_url()}"' in text) is linked


def test_verifying_sets_the_day_and_tells_of_late_ones(editor):
    offer = make(Offer, review_by="2020-01-01")
    before = offer.updated_at
    text = run_action(editor, "mark_verified", offer)
    offer.refresh_from_db()
    assert offer.verified_on == timezone.localdate()
    assert offer.updated_at > before
    assert "1 tilbud er markeret som kontrolleret i dag." in text
    assert "1 af dem har stadig en overskredet frist" in text
    history = editor.get(reverse("admin:offers_offer_history", args=[offer.pk]))
    assert "Markeret som kontrolleret." in history.content.decode()


def test_publishing_obeys_the_rules_and_says_why(editor):
    good = make(Offer, title="God", summary="Kort fortalt.")
    bad = make(Offer, title="Uden tekst", summary="")
    text = run_action(editor, "publish", good, bad)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.status, bad.status) == ("offentlig", "kladde")
    assert "1 tilbud er gjort offentlige." in text
    assert f"“Uden tekst” blev ikke offentlig. {rule('offer_published_has_summary')}" in text
