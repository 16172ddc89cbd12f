"""Passwords and sessions of the staff, item by item (docs/asvs.md)."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from directory.people.passwords import MOST
from directory.people.views import code_now
from offers.models import Feedback, Offer
from tests.staff import DESK, LOG_IN, PASSWORD, ROLES, enter, give_code, give_password

pytestmark = pytest.mark.django_db
NEW = "et ganske nyt og langt kodeord"
COMMON = "password1234"


def wrong(password):
    """Return what is said about a password; empty when it may be used."""
    try:
        validate_password(password, User(username="karen"))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def test_a_password_has_twelve_signs_or_more():
    assert wrong("kort kodeor")
    assert not wrong("kort kodeord")


def test_a_password_has_at_most_128_signs_and_is_never_cut(client, person):
    assert MOST == 128
    assert not wrong("å s d f " * 16)
    assert "højst være på 128" in wrong("å s d f " * 16 + "x")
    user = person()
    long = "kodeord " * 16
    user.set_password(long)
    user.save()
    assert "Location" not in give_password(client, password=long[:-2]).headers
    assert give_password(client, password=long).headers["Location"]


@pytest.mark.parametrize(
    "password", ["æøå ÆØÅ ĳ ß ねこ", "🐈 🐈 🐈 🐈 🐈 🐈 🐈", "a            b", "o'hara \" <b> &amp; %"]
)
def test_a_password_may_have_any_signs_and_needs_none_in_particular(client, person, password):
    assert not wrong(password)
    user = person()
    user.set_password(password)
    user.save()
    assert give_password(client, password=password).headers["Location"]


def test_a_password_that_many_have_is_refused():
    assert wrong(COMMON)
    assert wrong("123456789012")


def test_a_password_is_changed_with_the_old_one_only(client, person):
    user = person(ROLES[2])
    enter(client, user)
    url = reverse("admin:password_change")
    data = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(url, {**data, "old_password": "ikke det"}).status_code == 200
    assert client.post(url, {**data, "old_password": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_password_can_be_pasted_and_filled_in_by_a_browser(client):
    page = client.get(LOG_IN).text
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page)[0]
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page
    assert 'autocomplete="off"' not in field


def test_no_password_grows_too_old(client, person):
    fields = {field.name for field in User._meta.get_fields()}
    assert not {name for name in fields if "expire" in name or "history" in name}


def test_no_question_of_childhood_is_asked(client):
    page = client.get("/konto/adgangskode/").text
    assert len(re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*>", page.split("<main")[1])) == 1


def test_no_account_is_there_from_the_beginning():
    assert not User.objects.filter(username__in=["admin", "root", "sa", "test", "demo"]).exists()


def test_a_log_in_makes_a_new_session_with_a_long_random_key(client, person):
    user = person(ROLES[2])
    give_password(client)
    before = client.session.session_key
    give_code(client, code_now(user.secret))
    after = client.session.session_key
    assert before != after
    assert not Session.objects.filter(pk=before).exists()
    assert re.fullmatch("[a-z0-9]{32}", after)


def test_a_session_that_was_made_up_is_not_taken(client, person):
    user = person(ROLES[2])
    client.cookies["sessionid"] = "a" * 32
    give_password(client)
    give_code(client, code_now(user.secret))
    assert client.session.session_key != "a" * 32


def test_logging_out_ends_the_session_for_good(client, person):
    enter(client, person(ROLES[2]))
    stolen = client.cookies["sessionid"].value
    assert client.get(DESK).status_code == 200
    client.post(reverse("admin:logout"))
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(DESK).status_code == 302


def test_a_new_password_ends_other_sessions(client, person):
    user = person(ROLES[2])
    enter(client, user)
    user.set_password(NEW)
    user.save()
    assert client.get(DESK).status_code == 302


def test_no_address_holds_a_session(client, person):
    enter(client, person(ROLES[2]))
    key = client.session.session_key
    assert key not in client.get(DESK).text
    assert client.get(DESK, {"sessionid": key}).status_code == 200
    assert Client().get(DESK, {"sessionid": key}).status_code == 302


def test_pages_of_the_desk_are_kept_by_no_cache(editor):
    for path in (DESK, reverse("admin:offers_offer_changelist"), reverse("running")):
        assert "no-store" in editor.get(path).headers["Cache-Control"], path


def test_a_change_of_factors_is_asked_for_again(client, person, monkeypatch):
    enter(client, person(ROLES[2]))
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = client.get("/konto/totrin/noedkoder/nye/")
    assert answer.status_code == 302
    assert "/konto/" in answer.headers["Location"]


def test_a_right_that_cannot_be_read_is_no_right(editor, monkeypatch):
    editor.raise_request_exception = False
    monkeypatch.setattr("django.contrib.auth.models.User.has_perm", lambda *_: 1 / 0)
    answer = editor.get(reverse("admin:offers_offer_changelist"))
    assert answer.status_code == 500
    assert "headspace" not in answer.text


def test_the_origin_that_somebody_writes_opens_nothing(db):
    told = {"origin": "http://testserver", "x-forwarded-host": "testserver", "x-remote-user": "admin"}
    assert Client(headers=told).get(DESK).status_code == 302


def test_neither_passwords_nor_sessions_are_logged(client, person, caplog):
    user = person(ROLES[2])
    give_password(client, password="et forkert kodeord")
    enter(client, user)
    client.get("/findes-ikke/")
    for secret in (PASSWORD, "et forkert kodeord", client.session.session_key, user.secret):
        assert secret not in caplog.text


def test_a_field_that_the_form_does_not_have_is_not_stored(client, db):
    slug = Offer.objects.published().first().slug
    extra = {"text": "x", "kind": Feedback.Kind.values[0], "id": "999", "created_at": "2020-01-01"}
    other = Offer.objects.published().last().pk
    answer = client.post(f"/tilbud/{slug}/ret/", {**extra, "offer": other, "offer_id": other})
    assert answer.status_code == 302
    row = Feedback.objects.get()
    assert row.pk != 999
    assert row.offer.slug == slug
    assert row.created_at.year > 2020
