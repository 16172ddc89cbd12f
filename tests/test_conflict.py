"""Two editors on one thing: the second is told, sees both, and chooses; nothing is lost in silence."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core import signing
from django.test import Client

from offers.history.states import digest, state_of
from offers.models import ContactPoint, Offer, Venue, Version, WorkingCopy
from tests.desks import WRITTEN, browser_form, each, make, make_rows
from tests.test_history import address_of, full_offer
from tests.test_restoring import restore

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(django_user_model):
    """Return the browsers of two editors."""
    browsers = []
    for name in ("anna", "bo"):
        browser = Client()
        browser.force_login(django_user_model.objects.create_superuser(name))
        browsers.append(browser)
    return browsers


def hidden(html, name):
    """Return what stands in a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def clash(two, row, theirs, mine):
    """Let both open a page; the first saves `theirs`, the second sends `mine`: return what she is told."""
    anna, bo = two
    url = address_of(row, "change")
    forms = [browser_form(browser, url) for browser in two]
    assert anna.post(url, forms[0] | theirs).status_code == 302
    return bo.post(url, forms[1] | mine)


def choose(two, row, page, *mine, **also):
    """Let the second editor keep hers in the items `mine`, and the first's in the others."""
    html = page.content.decode()
    keys = {choice.item.key for choice in page.context["choices"]}
    picked = {f"valg-{key}": "mine" if key in mine else "theirs" for key in keys}
    data = {"_version": hidden(html, "_version"), "_mine": hidden(html, "_mine"), **picked, **also}
    return two[1].post(address_of(row, "change"), data, follow=True)


def told(page):
    """Return what a page of choices tells: before, hers, mine, and what is suggested, by item."""
    return {
        choice.item.key: (choice.base, choice.theirs, choice.mine, choice.suggested)
        for choice in page.context["choices"]
    }


def test_second_editor_sees_what_was_what_the_other_wrote_and_what_she_wrote(two):
    offer = full_offer()
    page = clash(
        two, offer, {"title": "Annas klub", "cost": "gratis"}, {"title": "Bos klub", "url": "https://bo.dk"}
    )
    assert page.status_code == 200
    assert told(page) == {
        "title": ("Snekugleklub", "Annas klub", "Bos klub", ""),
        "cost": ("Ikke oplyst", "Gratis", "Ikke oplyst", "theirs"),
        "url": ("(tomt)", "(tomt)", "https://bo.dk", "mine"),
    }
    assert "anna har gemt" in " ".join(page.content.decode().split())
    assert Offer.objects.get(pk=offer.pk).title == "Annas klub"


def test_what_she_chooses_is_stored_and_kept(two):
    offer = full_offer()
    page = clash(
        two, offer, {"title": "Annas klub", "cost": "gratis"}, {"title": "Bos klub", "url": "https://bo.dk"}
    )
    answer = choose(two, offer, page, "title", "url", _why="Vi blev enige")
    offer.refresh_from_db()
    assert (offer.title, offer.cost, offer.url) == ("Bos klub", "gratis", "https://bo.dk")
    assert "er gemt, som du valgte" in answer.content.decode()
    newest = Version.objects.of(Offer, offer.pk).first()
    assert (newest.by.username, newest.why) == ("bo", "Vi blev enige")


def test_rows_are_chosen_one_by_one(two):
    offer = full_offer()
    make(ContactPoint, offer=offer, kind="telefon", value="70 20 12 03", order=200)
    first, second = offer.contact_points.all()
    new = {"contact_points-TOTAL_FORMS": 3, "contact_points-2-kind": "web"}
    new |= {"contact_points-2-value": "https://bo.dk", "contact_points-2-order": 300}
    theirs = {"contact_points-0-value": "70 20 12 09", "contact_points-1-DELETE": "on"}
    page = clash(two, offer, theirs, new | {"contact_points-1-value": "70 20 12 04"})
    seen = told(page)
    assert seen[f"contact_points:{first.pk}"][3] == "theirs"
    assert seen[f"contact_points:{second.pk}"][1] == "(findes ikke)"
    assert seen["contact_points:-1"][3] == "mine"
    choose(two, offer, page, "contact_points:-1", f"contact_points:{second.pk}")
    values = set(offer.contact_points.values_list("value", flat=True))
    assert values == {"70 20 12 09", "70 20 12 04", "https://bo.dk"}


def test_relations_are_part_of_the_choice(two):
    offer, venue = full_offer(), make(Venue, name="Laden")
    page = clash(
        two, offer, {"venues": []}, {"venues": [*offer.venues.values_list("pk", flat=True), venue.pk]}
    )
    assert told(page)["venues"] == ("Biblioteket", "(tomt)", "Biblioteket, Laden", "")
    choose(two, offer, page, "venues")
    assert offer.venues.count() == 2


def test_who_saves_first_is_not_asked(two):
    offer = full_offer()
    url = address_of(offer, "change")
    assert two[0].post(url, browser_form(two[0], url) | {"title": "Ny"}).status_code == 302


def test_third_editor_between_question_and_answer_is_seen_too(two):
    offer = full_offer()
    page = clash(two, offer, {"title": "Annas klub"}, {"title": "Bos klub"})
    Offer.objects.filter(pk=offer.pk).update(title="Cæsars klub")
    again = choose(two, offer, page, "title")
    assert told(again)["title"] == ("Snekugleklub", "Cæsars klub", "Bos klub", "")
    assert Offer.objects.get(pk=offer.pk).title == "Cæsars klub"


def test_change_without_a_version_is_seen_though_nobody_knows_what_it_was(two):
    offer = full_offer()
    url = address_of(offer, "change")
    form = browser_form(two[1], url)
    Offer.objects.filter(pk=offer.pk).update(title="Andres klub")
    page = two[1].post(url, form | {"title": "Bos klub"})
    assert told(page)["title"] == (None, "Andres klub", "Bos klub", "")


def test_choice_that_breaks_a_rule_is_told_and_can_be_made_again(two):
    offer = full_offer()
    page = clash(two, offer, {"min_age": 30, "max_age": 40}, {"min_age": 18, "max_age": 20})
    again = choose(two, offer, page, "max_age")
    assert "Den ældste alder må ikke være lavere end den yngste." in again.content.decode()
    choose(two, offer, again, "max_age", "min_age")
    offer.refresh_from_db()
    assert (offer.min_age, offer.max_age) == (18, 20)


def test_fault_in_what_she_wrote_is_told_first_and_nothing_is_lost(two):
    offer = full_offer()
    page = clash(two, offer, {"title": "Annas klub"}, {"title": "", "url": "https://bo.dk"})
    assert "adminform" in page.context
    assert 'value="https://bo.dk"' in page.content.decode()
    assert Offer.objects.get(pk=offer.pk).title == "Annas klub"


def test_form_that_was_meddled_with_changes_nothing(two):
    offer = full_offer()
    page = clash(two, offer, {"title": "Annas klub"}, {"title": "Bos klub"})
    answer = choose(two, offer, page, "title", _mine="{}")
    assert "Siden er for gammel" in answer.content.decode()
    assert Offer.objects.get(pk=offer.pk).title == "Annas klub"


@each(WRITTEN)
def test_every_form_sees_that_somebody_else_has_saved(two, desk):
    row = make_rows(desk, 1)[0]
    url = address_of(row, "change")
    form = browser_form(two[1], url)
    assert form["_version"] == digest(state_of(row))
    assert two[1].post(url, form | {"_version": "0" * 64}).context["title"] != "x"
    assert digest(state_of(row)) == form["_version"]


@pytest.fixture
def one_of_two(two, django_user_model):
    """Return the browsers of two editors; the second may write offers, but sees none of their parts."""
    bo = django_user_model.objects.create_user("bo uden dele", is_staff=True)
    names = ["view_offer", "change_offer", "see_any_offer", "edit_live_offer"]
    bo.user_permissions.set(Permission.objects.filter(codename__in=names))
    two[1].force_login(bo)
    return two


def test_what_the_form_hides_is_neither_told_nor_sent_nor_undone(one_of_two):
    offer, bo = full_offer(), one_of_two[1]
    theirs = {"contact_points-0-value": "70 20 12 09", "title": "Annas klub"}
    page = clash(one_of_two, offer, theirs, {"title": "Bos klub"})
    html, contact = page.content.decode(), offer.contact_points.get()
    assert set(told(page)) == {"title"}
    assert "70 20 12" not in html
    salt = f"conflict.offers.offer.{offer.pk}.{bo.session['_auth_user_id']}"
    assert signing.loads(hidden(html, "_mine"), salt=salt)["mine"]["parts"] == {}
    choose(one_of_two, offer, page, "title", **{f"valg-contact_points:{contact.pk}": "mine"})
    offer.refresh_from_db()
    assert (offer.title, offer.contact_points.get().value) == ("Bos klub", "70 20 12 09")
    assert "70 20 12" not in bo.get(address_of(offer, "history")).content.decode()
    restore(bo, Version.objects.of(Offer, offer.pk).get(kind="fundet"))
    offer.refresh_from_db()
    assert (offer.title, offer.contact_points.get().value) == ("Snekugleklub", "70 20 12 09")


@pytest.mark.parametrize("view", ["change", "udgave"])
def test_what_comes_without_its_fingerprint_is_not_stored(two, view):
    offer = full_offer()
    if view == "udgave":
        WorkingCopy.objects.create(offer=offer, state=state_of(offer), base=digest(state_of(offer)))
    url = address_of(offer, view)
    form = browser_form(two[0], url) | {"title": "Afbrudt"}
    del form["_version"]
    page = two[0].post(url, form)
    assert page.status_code == 200
    assert "kom ikke helt frem" in page.text
    assert "Afbrudt" in page.text
    offer.refresh_from_db()
    assert offer.title != "Afbrudt"
    assert not WorkingCopy.objects.filter(state__fields__title="Afbrudt").exists()
