"""Every page of the editors' desk: it answers, keeps its budget, and only staff get in."""

from itertools import chain

import pytest
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.models import User
from django.db import connection
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from offers.admin.desk import MachineMadeAdmin
from offers.models import Need, SourceRecord
from tests.conftest import INLINE_CODE
from tests.desks import DESKS, OUR_MODELS, WRITTEN, address, each, each_desk, make_rows

pytestmark = pytest.mark.django_db

QUERIES_PER_LIST = 12


def test_every_model_has_a_page_or_stands_on_one():
    on_desks = {inline.model for desk in DESKS for inline in desk.inlines}
    never_seen = {SourceRecord}  # an import keeps it for itself
    assert set(OUR_MODELS) == on_desks | never_seen | {desk.model for desk in DESKS}


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


@each([site.get_model_admin(model) for model in site._registry])
def test_list_keeps_its_query_budget_however_many_rows_it_shows(editor, desk):
    queries = []
    for quantity in (3, 30):
        make_rows(desk, quantity)
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(address(desk, "changelist")).status_code == 200
        queries.append(len(asked))
    assert queries[0] == queries[1] <= QUERIES_PER_LIST


@each_desk
def test_only_staff_get_in(client, django_user_model, desk):
    url = address(desk, "changelist")
    assert client.get(url).headers["Location"].startswith(reverse("admin:login"))
    client.force_login(django_user_model.objects.create_user("borger"))
    assert client.get(url).headers["Location"].startswith(reverse("admin:login"))


# The two dozen needs, and of the log-ins those few who may answer a report.
FEW = (Need, User)


@each(WRITTEN)
def test_large_tables_are_never_a_select(editor, desk):
    answer = editor.get(address(desk, "add"))
    forms = [inline.formset.empty_form for inline in answer.context["inline_admin_formsets"]]
    for bound in chain(answer.context["adminform"].form, *forms):
        if isinstance(bound.field, ModelChoiceField) and not bound.is_hidden:
            typed = isinstance(bound.field.widget.widget, AutocompleteMixin)
            chosen_from = bound.field.queryset
            assert typed or (chosen_from is not None and chosen_from.model in FEW), bound.name
