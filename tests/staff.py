"""Members of the staff, and how they log in for real: a password, and the code of an app."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from directory.people.roles import roles
from directory.people.views import code_now
from offers.models import Membership, Organisation

LOG_IN, CODE, SET_UP = "/konto/log-ind/", "/konto/totrin/kode/", "/konto/totrin/"
DESK = reverse("admin:index")
PASSWORD = "en lang sætning til prøven"
ROLES = [role.name for role in roles()]


# For the browser tests, whose server has a database of its own.
SECRET = "KUNTILDENNEPROEVEKUNTILDENNEPROE"


def make_people():
    """Make somebody with each role and an app with `SECRET`; the association is that of headspace."""
    call_command("sync_roles", verbosity=0)
    for role in ROLES:
        user = User.objects.create_user(role.lower(), password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        TOTP.activate(user, SECRET)
    Membership.objects.create(
        user=User.objects.get(username="tilbudsejer"),
        organisation=Organisation.objects.get(slug="headspace-danmark"),
    )
    for name in "ny", "nøgle":
        User.objects.create_user(name, password=PASSWORD, is_staff=True)


@pytest.fixture
def person(django_user_model):
    """Return a function that makes a member of the staff, who has an app unless told otherwise."""

    def made(role=None, app=True, **more):
        user = django_user_model.objects.create_user(
            "karen", "karen@kommune.example", PASSWORD, is_staff=True, **more
        )
        if role:
            call_command("sync_roles", verbosity=0)
            user.groups.add(Group.objects.get(name=role))
        if app:
            user.secret = generate_totp_secret()
            TOTP.activate(user, user.secret)
        return user

    return made


def give_password(client, name="karen", password=PASSWORD, **more):
    """Send name and password, and return the answer."""
    return client.post(LOG_IN, {"login": name, "password": password, **more})


def give_code(client, code):
    """Send a code, and return the answer."""
    return client.post(CODE, {"code": code})


def enter(client, user):
    """Log in with both."""
    give_password(client, user.username)
    return give_code(client, code_now(user.secret))
