"""Any version comes back, with all its parts; so does what was deleted, with what went with it."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.urls import reverse

from offers.history.record import recording
from offers.history.states import digest, state_of
from offers.models import ContactPoint, Feedback, Municipality, Need, Offer, OfferSuccession, Version
from policies.models import Delivery, Goal, Indicator, Initiative, Policy
from tests.desks import WRITTEN, address, browser_form, each, make, make_rows
from tests.test_history import address_of, full_offer, versions

pytestmark = pytest.mark.django_db


def delete(editor, row):
    """Delete a row as an editor does."""
    url = address_of(row, "delete")
    return editor.post(url, {"post": "yes"})


def restore(editor, version):
    """Bring a version back as an editor does, and return the page that follows."""
    name = f"admin:{version.model.replace('.', '_')}_restore"
    return editor.post(reverse(name, args=[version.pk]), {"_why": "Fortrudt"}, follow=True)


def test_any_version_comes_back_with_its_parts(editor):
    offer = full_offer()
    before = digest(state_of(offer))
    url = address_of(offer, "change")
    data = browser_form(editor, url) | {"title": "Sneklub", "needs": [], "venues": []}
    editor.post(url, data | {"contact_points-0-DELETE": "on", "opening_hours-0-opens": "10:00"})
    assert digest(state_of(offer)) != before
    found = Version.objects.of(Offer, offer.pk).get(kind="fundet")
    page = editor.get(reverse("admin:offers_offer_restore", args=[found.pk])).content.decode()
    assert "<td>Sneklub</td><td>Snekugleklub</td>" in page
    restore(editor, found)
    assert digest(state_of(offer)) == before
    assert versions(offer) == ["fundet", "rettet", "genskabt"]


def test_deleted_offer_comes_back_with_its_parts_and_what_went_with_it(editor):
    offer = full_offer()
    Feedback.objects.create(offer=offer, kind="andet", text="Døren var låst")
    delivery = make(Delivery, offer=offer)
    before = OfferSuccession.objects.create(offer=make(Offer), successor=offer)
    was = state_of(offer)
    delete(editor, offer)
    assert not Offer.objects.filter(pk=offer.pk).exists()
    assert versions(delivery.initiative) == ["fundet", "rettet"]
    restore(editor, Version.objects.get(kind="slettet", model="offers.offer"))
    now = state_of(offer)
    assert now == {**was, "fields": {**was["fields"], "status": "kladde"}}
    assert Feedback.objects.get(offer=offer).text == "Døren var låst"
    assert Delivery.objects.filter(pk=delivery.pk, offer=offer).exists()
    assert OfferSuccession.objects.filter(pk=before.pk).exists()
    assert versions(delivery.initiative) == ["fundet", "rettet", "genskabt"]


def test_deleted_public_offer_comes_back_as_a_draft(editor, visitor):
    offer = full_offer()
    offer.status = "offentlig"
    offer.save()
    delete(editor, offer)
    restore(editor, Version.objects.get(kind="slettet", model="offers.offer"))
    assert visitor.get(offer.get_absolute_url()).status_code == 404


def test_what_is_brought_back_is_found_and_what_is_deleted_is_not(editor, visitor):
    offer = full_offer()
    offer.status = "offentlig"
    offer.save()
    url = address_of(offer, "change")
    data = browser_form(editor, url)
    editor.post(url, data | {"title": "Isklub", "slug": "isklub", "summary": "Vi samler på is."})
    assert "/tilbud/isklub/" not in visitor.get("/tilbud/?q=snekugler").content.decode()
    restore(editor, Version.objects.of(Offer, offer.pk).get(kind="fundet"))
    assert "/tilbud/snekugleklub/" in visitor.get("/tilbud/?q=snekugler").content.decode()


def test_deleted_need_comes_back_to_the_offers_that_had_it(editor):
    offer, need = full_offer(), make(Need)
    offer.needs.add(need)
    delete(editor, need)
    assert versions(offer) == ["fundet", "rettet"]
    restore(editor, Version.objects.get(kind="slettet"))
    assert need in offer.needs.all()
    assert versions(offer) == ["fundet", "rettet", "genskabt"]


def test_version_that_breaks_a_rule_does_not_come_back_and_says_why(editor):
    offer = full_offer()
    delete(editor, offer)
    make(Offer, slug="snekugleklub")
    html = restore(editor, Version.objects.get(kind="slettet", model="offers.offer")).content.decode()
    assert "Adressen bruges allerede. Skriv en anden." in html
    assert not Offer.objects.filter(pk=offer.pk).exists()


def test_what_is_gone_since_is_left_out_and_told(editor):
    offer = full_offer()
    url = address_of(offer, "change")
    editor.post(url, browser_form(editor, url) | {"title": "Sneklub"})
    offer.venues.get().delete()
    html = restore(editor, Version.objects.of(Offer, offer.pk).get(kind="fundet")).content.decode()
    assert "“Biblioteket” findes ikke mere og er udeladt." in html
    assert Offer.objects.get(pk=offer.pk).title == "Snekugleklub"


def test_deleted_policy_comes_back_with_goals_and_what_measures_them(editor):
    goal = make(Goal, title="Flere snekugler")
    make(Indicator, goal=goal, what="Antal snekugler")
    policy, initiative = goal.policy, make(Initiative, policy=goal.policy)
    initiative.goals.add(goal)
    delete(editor, policy)
    assert not Goal.objects.filter(pk=goal.pk).exists()
    restore(editor, Version.objects.get(kind="slettet", model="policies.policy"))
    assert Policy.objects.filter(pk=policy.pk).exists()
    assert Goal.objects.get(pk=goal.pk).indicators.get().what == "Antal snekugler"
    assert list(initiative.goals.all()) == [goal]


@each(WRITTEN)
def test_every_kind_of_thing_can_be_deleted_and_brought_back(editor, desk):
    row = make_rows(desk, 1)[0]
    if desk.model is ContactPoint:
        return  # a version of what it belongs to
    Municipality.objects.filter(pk=row.pk).update(code="9999")  # as the rule wants it
    before = digest(state_of(row))
    editor.post(
        address(desk, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    restore(editor, Version.objects.get(kind="slettet", model=desk.model._meta.label_lower, row=row.pk))
    assert digest(state_of(row)) == before


@pytest.mark.parametrize("microsecond", [0, 1, 999, 1_000, 123_456, 999_999])
def test_what_comes_back_is_the_same_whatever_split_of_a_second_it_came_in(editor, microsecond):
    row = Feedback.objects.create(offer=full_offer(), kind="andet", text="Døren var låst")
    came = datetime(2026, 5, 4, 12, 30, 15, microsecond, tzinfo=UTC)
    Feedback.objects.filter(pk=row.pk).update(created_at=came)
    before = digest(state_of(row))
    delete(editor, row)
    restore(editor, Version.objects.get(kind="slettet", model="offers.feedback"))
    assert digest(state_of(row)) == before


def test_deleted_things_are_closed_to_those_who_may_not_see_versions(client, django_user_model):
    offer = full_offer()
    with recording() as kept:
        kept.watch_deletion(offer)
        offer.delete()
    person = django_user_model.objects.create_user("frivillig", is_staff=True)
    permissions = apps.get_model("auth.permission").objects
    person.user_permissions.set(
        permissions.filter(codename__in=["add_offer", "change_offer", "view_offer"])
    )
    client.force_login(person)
    version = Version.objects.get(kind="slettet", model="offers.offer")
    assert client.get(reverse("admin:offers_offer_restore", args=[version.pk])).status_code == 403
