"""What one finds by typing in a form can be found by everybody who may fill the form in."""

import pytest
from django.contrib.admin import site
from django.contrib.admin.utils import flatten_fieldsets
from django.test import RequestFactory

from directory.people.roles import roles
from tests.desks import DESKS, each_desk

pytestmark = pytest.mark.django_db


def test_there_are_fields_in_which_one_finds_by_typing():
    assert sum(len(desk.autocomplete_fields) for desk in DESKS) > 20


@each_desk
@pytest.mark.parametrize("role", [role.name for role in roles()])
def test_whoever_may_fill_in_a_form_may_look_up_what_it_asks_for(log_in, desk, role):
    """The look-up of Django asks for the permission to see those rows, and answers 403 without it."""
    request = RequestFactory().get("/")
    request.user = log_in(role).get("/admin/").context["user"]
    if not (desk.has_add_permission(request) or desk.has_change_permission(request)):
        return
    asked = [(desk, set(flatten_fieldsets(desk.get_fieldsets(request))))]
    asked += [
        (inline, set(flatten_fieldsets(inline.get_fieldsets(request))))
        for inline in desk.get_inline_instances(request)
        if inline.has_add_permission(request, None) or inline.has_change_permission(request, None)
    ]
    closed = [
        (part, name)
        for part, names in asked
        for name in (names & set(part.get_autocomplete_fields(request)))
        - set(part.get_readonly_fields(request))
        if not site.get_model_admin(part.model._meta.get_field(name).related_model).has_view_permission(
            request
        )
    ]
    assert closed == []
