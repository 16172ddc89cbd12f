"""Sessions end when nobody works, and what was typed is kept for its writer."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from directory.people.views import code_now
from offers.models import Organisation
from tests.desks import make
from tests.staff import DESK, LOG_IN, PASSWORD, ROLES, enter, give_code

pytestmark = pytest.mark.django_db


def run_out(client):
    """Let time pass until the session is too old."""
    Session.objects.filter(pk=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )


def test_a_session_lives_as_long_as_somebody_works(client, person, settings):
    user = person(ROLES[2])
    enter(client, user)
    client.get(DESK)
    first = Session.objects.get(pk=client.session.session_key)
    left = first.expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    session = client.session
    session["seen_at"] = time.time() - 61
    session.save()
    Session.objects.filter(pk=first.pk).update(expire_date=timezone.now() + timedelta(minutes=5))
    client.get(DESK)
    assert Session.objects.get(pk=first.pk).expire_date > timezone.now() + timedelta(minutes=29)


def test_who_stayed_away_too_long_is_told_so_and_led_back(client, person):
    user = person(ROLES[2])
    enter(client, user)
    run_out(client)
    page = reverse("admin:offers_offer_changelist")
    answer = client.get(page, follow=True)
    assert "fordi du ikke har gjort noget i 30 minutter" in answer.text
    assert f'name="next" value="{page}"' in answer.text


def test_what_was_typed_meanwhile_is_kept_for_its_writer(client, person):
    user = person(ROLES[2])
    enter(client, user)
    row = make(Organisation, name="Før")
    page = reverse("admin:offers_organisation_change", args=[row.pk])
    rows = {f"contact_points-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    token = client.get(page).context["version_token"]
    run_out(client)
    typed = {"name": "Efter <b>&\n", "slug": row.slug, "kind": "forening", "_version": token, **rows}
    asked = client.post(page, typed, follow=True)
    assert "Det, du skrev, er gemt" in asked.text
    user.secret = generate_totp_secret()
    Authenticator.objects.filter(user=user).update(data={"secret": user.secret})
    client.post(LOG_IN, {"login": "karen", "password": PASSWORD, "next": "/konto/fortsaet/"})
    assert give_code(client, code_now(user.secret))["Location"] == "/konto/fortsaet/"
    shown = client.get("/konto/fortsaet/")
    assert f'action="{page}"' in shown.text
    assert "Efter &lt;b&gt;&amp;" in shown.text
    client.post(page, dict(shown.context["kept"]["fields"]))
    row.refresh_from_db()
    assert row.name == "Efter <b>&"


def test_what_was_typed_is_shown_to_nobody_else(client, person, django_user_model):
    user = person(ROLES[2])
    enter(client, user)
    run_out(client)
    client.post(reverse("admin:offers_organisation_add"), {"name": "Fortroligt"})
    client.force_login(django_user_model.objects.create_superuser("kollega"))
    assert client.get("/konto/fortsaet/")["Location"] == DESK


def test_a_stranger_can_leave_nothing_behind(client):
    client.post(reverse("admin:offers_organisation_add"), {"name": "Fortroligt"})
    client.cookies["sessionid"] = "findes-ikke"
    client.post(reverse("admin:offers_organisation_add"), {"name": "Fortroligt"})
    assert not Session.objects.exists()
