"""How the staff log in: a password and a second factor, limits, and plain words when it fails."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from directory.people.adapters import LOCKED, WRONG
from directory.people.forms import USED
from directory.people.views import code_now
from directory.sign_in import PASSWORD_HASHERS
from tests.staff import CODE, DESK, LOG_IN, PASSWORD, ROLES, SET_UP, enter, give_code, give_password

pytestmark = pytest.mark.django_db


# -- The second factor ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_the_desk_without_a_second_factor(client, person, role):
    person(role, app=False)
    assert give_password(client)["Location"] == DESK
    for page in (DESK, reverse("admin:offers_offer_changelist"), reverse("admin:password_change")):
        assert client.get(page)["Location"].startswith(SET_UP), page
    page = client.get(DESK, follow=True)
    assert "Sæt totrinslogin op" in page.text
    assert "Videre til redaktionen" not in page.text


@pytest.mark.parametrize("role", ROLES)
def test_password_and_code_open_the_desk(client, person, role):
    user = person(role)
    assert give_password(client)["Location"] == CODE
    assert client.get(DESK).status_code == 302
    assert give_code(client, code_now(user.secret))["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_an_app_is_set_up_at_the_first_log_in_and_recovery_codes_are_given(client, person):
    person(ROLES[0], app=False)
    give_password(client)
    page = client.get("/konto/totrin/app/")
    secret = page.context["form"].secret
    assert secret in page.text
    wrong = client.post("/konto/totrin/app/", {"code": "000000"})
    assert "Koden er forkert" in wrong.text
    assert wrong.context["form"].secret == secret
    answer = client.post("/konto/totrin/app/", {"code": code_now(secret)}, follow=True)
    assert answer.request["PATH_INFO"] == "/konto/totrin/noedkoder/"
    assert len(answer.context["unused_codes"]) == 10
    assert client.get(DESK).status_code == 200


def test_a_session_from_before_the_app_is_asked_for_a_code(client, person):
    user = person(ROLES[0], app=False)
    give_password(client)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    asked = client.get(DESK, follow=True)
    assert asked.request["PATH_INFO"] == "/konto/totrin/bekraeft/"
    answer = client.post("/konto/totrin/bekraeft/", {"code": code_now(secret), "next": DESK})
    assert answer["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_the_last_factor_cannot_be_taken_away(client, person):
    user = person(ROLES[0])
    enter(client, user)
    client.post("/konto/bekraeft/", {"password": PASSWORD})
    page = client.post("/konto/totrin/app/fjern/")
    assert "Du skal have mindst én måde" in page.text
    assert Authenticator.objects.filter(user=user).exists()


def test_a_recovery_code_opens_once(client, person):
    user = person(ROLES[0])
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (DESK, None):
        give_password(client)
        assert give_code(client, code).headers.get("Location") == expected
        client.logout()


# -- What goes wrong --------------------------------------------------------------------------------


def test_a_wrong_password_and_a_stranger_are_told_the_same(client, person):
    person()
    for name, password in (("karen", "vrøvl"), ("ukendt", PASSWORD), ("x@y.example", "vrøvl")):
        page = give_password(client, name, password)
        assert WRONG in page.text
        assert f'value="{name}"' in page.text
        assert password not in page.text


def test_a_wrong_code_says_so_and_a_used_one_says_that(client, person):
    user = person()
    give_password(client)
    assert "Koden er forkert eller for gammel" in give_code(client, "123 45").text
    assert "Skriv koden fra din app" in give_code(client, "").text
    code = code_now(user.secret)
    assert give_code(client, code)["Location"] == DESK
    client.logout()
    give_password(client)
    assert USED in give_code(client, f"{code[:3]} {code[3:]}").text


def test_too_many_tries_are_locked_for_the_right_password_too(client, person):
    person()
    for _ in range(5):
        assert WRONG in give_password(client, password="vrøvl").text
    assert LOCKED in give_password(client).text
    assert not Client().get(DESK).context


def test_too_many_codes_are_locked(client, person):
    user = person()
    give_password(client)
    texts = [give_code(client, "000000").text for _ in range(6)]
    assert "Koden er forkert" in texts[4]
    assert LOCKED in texts[5]
    assert LOCKED in give_code(client, code_now(user.secret)).text


def test_an_address_that_tries_very_often_gets_a_page_that_says_so(client):
    answers = [client.get(LOG_IN).status_code for _ in range(3)]
    assert set(answers) == {200}
    tries = [give_password(client, f"person{n}", "vrøvl") for n in range(31)]
    assert tries[-1].status_code == 429
    assert "Vent fem minutter" in tries[-1].text


def test_a_closed_account_says_whom_to_ask(client, person):
    user = person()
    user.is_active = False
    user.save()
    page = client.post(LOG_IN, {"login": "karen", "password": PASSWORD}, follow=True)
    assert "Spørg din administrator" in page.text
    assert not Session.objects.filter(expire_date__gt=timezone.now()).exists() or (
        client.get(DESK).status_code == 302
    )


def test_somebody_who_is_closed_while_logged_in_is_out_at_once(client, person):
    user = person(ROLES[2])
    enter(client, user)
    user.is_active = False
    user.save()
    assert client.get(DESK).status_code == 302


def test_nobody_signs_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/konto/signup/").status_code == 404


def test_the_way_back_leads_nowhere_else(client, person):
    user = person(ROLES[2])
    give_password(client, next="https://ond.example/")
    assert give_code(client, code_now(user.secret))["Location"] == DESK


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client, person, mailoutbox):
    user = person()
    stranger = client.post("/konto/adgangskode/", {"email": "ukendt@kommune.example"})
    known = client.post("/konto/adgangskode/", {"email": user.email})
    assert stranger["Location"] == known["Location"]
    (mail,) = mailoutbox
    assert mail.to == [user.email]
    link = next(word for word in mail.body.split() if "/konto/adgangskode/" in word)
    page = client.get(link, follow=True)
    here = page.request["PATH_INFO"]
    weak = client.post(here, {"password1": "kort", "password2": "kort"})
    assert "12" in weak.context["form"].errors["password1"][0]
    new = "en helt anden lang sætning"
    client.post(here, {"password1": new, "password2": new})
    assert give_password(client, password=new)["Location"] == CODE
    assert "Linket kan ikke bruges" in Client().get(link, follow=True).text


def test_without_a_mail_server_one_is_told_the_same_and_the_log_tells_why(client, person, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nobody listens
    user = person()
    answer = client.post("/konto/adgangskode/", {"email": user.email})
    assert answer["Location"] == client.post("/konto/adgangskode/", {"email": "x@y.example"})["Location"]
    assert "A mail of the log-in could not be sent: ConnectionRefusedError" in caplog.messages
    assert user.email not in caplog.text


# -- The pages --------------------------------------------------------------------------------------


def test_pages_of_the_log_in_are_kept_out_of_search_engines_and_caches(client):
    for page in (LOG_IN, "/konto/adgangskode/", "/konto/adgangskode/sendt/", "/konto/lukket/"):
        answer = client.get(page)
        assert '<meta name="robots" content="noindex, nofollow">' in answer.text, page
        assert "canonical" not in answer.text
        assert "no-store" in answer["Cache-Control"]
    assert "Disallow: /konto/" in client.get("/robots.txt").text


def test_the_public_gets_no_cookie(visitor):
    for page in ("/", "/tilbud/", "/om/"):
        visitor.get(page)
    assert not visitor.cookies


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    assert identify_hasher(make_password("x")).algorithm == "argon2"


# -- Administrators ---------------------------------------------------------------------------------


def test_an_administrator_helps_somebody_who_has_lost_her_phone(client, person, editor):
    user = person(ROLES[2])
    theirs = Client()
    enter(theirs, user)
    page = reverse("admin:auth_user_changelist")
    editor.post(page, {"action": "forget_second_factor", "_selected_action": [user.pk]})
    assert not Authenticator.objects.filter(user=user).exists()
    assert theirs.get(DESK).status_code == 302


def test_names_that_do_not_exist_push_no_count_out(client, person):
    person()
    for _ in range(5):
        give_password(client, password="vrøvl")
    cache.set_many({f"andet-{number}": True for number in range(400)})
    assert LOCKED in give_password(client).text
