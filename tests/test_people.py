"""The people behind the site on the desk: administrators give roles, and no more than that."""

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from directory.people.roles import roles
from offers.models import Organisation
from tests.desks import make

pytestmark = pytest.mark.django_db

ROLES = [role.name for role in roles()]
ADMINISTRATOR = ROLES[-1]


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_see_people(log_in, role):
    client = log_in(role)
    allowed = role == ADMINISTRATOR
    assert (client.get(reverse("admin:auth_user_changelist")).status_code == 200) == allowed
    shown = client.get(reverse("admin:offers_organisation_change", args=[make(Organisation).pk]))
    assert shown.status_code != 200 or ("memberships-TOTAL_FORMS" in shown.text) == allowed


def test_an_administrator_cannot_touch_a_superuser_or_become_one(log_in, django_user_model):
    root = django_user_model.objects.create_superuser("rod")
    client = log_in(ADMINISTRATOR)
    page = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(page, {"username": "kapret"}).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    me = django_user_model.objects.get(username=f"person-{ADMINISTRATOR}")
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    sent = {
        "username": me.username,
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [],
    }
    client.post(reverse("admin:auth_user_change", args=[me.pk]), sent | rows)
    me.refresh_from_db()
    assert not me.is_superuser
    assert not me.groups.exists()


def test_no_page_of_the_desk_shows_what_people_log_in_with(editor):
    apps = {model._meta.app_label for model in site._registry}
    assert not apps & {"account", "mfa", "socialaccount"}
    assert editor.get("/admin/mfa/authenticator/").status_code == 404


def test_an_address_in_capitals_still_gets_a_new_password(editor, mailoutbox, django_user_model):
    karen = django_user_model.objects.create_user("karen", is_staff=True, password="x")
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    sent = {"username": "karen", "email": "Karen@Kommune.example", "is_active": "on", "is_staff": "on"}
    editor.post(reverse("admin:auth_user_change", args=[karen.pk]), sent | rows)
    Client().post("/konto/adgangskode/", {"email": "KAREN@kommune.example"})
    assert [mail.to for mail in mailoutbox] == [["karen@kommune.example"]]


def test_roles_are_chosen_and_not_written(log_in):
    client = log_in(ADMINISTRATOR)
    assert client.get(reverse("admin:auth_group_add")).status_code == 403
    asked = {"app_label": "auth", "model_name": "user", "field_name": "groups", "term": "god"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [one["text"] for one in found] == ["Godkender"]


def test_the_list_of_people_keeps_its_query_budget(
    editor, django_user_model, django_assert_max_num_queries
):
    for number in range(20):
        django_user_model.objects.create_user(f"person-{number}", is_staff=True)
    with django_assert_max_num_queries(12):
        assert editor.get(reverse("admin:auth_user_changelist")).status_code == 200
