"""Every change keeps a version: who, when, why and what; any version comes back, with all its parts."""

from datetime import time

import pytest
from django.apps import apps
from django.urls import reverse

from offers.history.record import recording
from offers.history.states import digest, state_of
from offers.models import (
    ContactPoint,
    Feedback,
    Municipality,
    Need,
    Offer,
    OfferSuccession,
    OpeningHours,
    Venue,
    Version,
)
from policies.models import Delivery, Goal, Indicator, Initiative, Policy
from tests.desks import WRITTEN, address, browser_form, each, make, make_rows

pytestmark = pytest.mark.django_db


def versions(row):
    """Return the kinds of the versions of a row, the oldest first."""
    return list(Version.objects.of(type(row), row.pk).order_by("pk").values_list("kind", flat=True))


def full_offer():
    """Return an offer with one of each part and a link of each kind that others have to it."""
    offer = make(Offer, title="Snekugleklub", slug="snekugleklub", summary="Vi samler på snekugler.")
    offer.needs.add(Need.objects.first())
    offer.venues.add(make(Venue, name="Biblioteket"))
    make(ContactPoint, offer=offer, kind="telefon", value="70 20 12 01")
    make(OpeningHours, offer=offer, weekday=0, opens=time(9), closes=time(12))
    OfferSuccession.objects.create(offer=offer, successor=make(Offer, title="Isblomstklub"))
    return offer


def delete(editor, row):
    """Delete a row as an editor does."""
    url = address_of(row, "delete")
    return editor.post(url, {"post": "yes"})


def address_of(row, view):
    """Return one of the pages of a row on the desk."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def restore(editor, version):
    """Bring a version back as an editor does, and return the page that follows."""
    name = f"admin:{version.model.replace('.', '_')}_restore"
    return editor.post(reverse(name, args=[version.pk]), {"_why": "Fortrudt"}, follow=True)


def test_state_tells_all_that_was_written_and_is_the_same_when_read_twice():
    offer = full_offer()
    state = state_of(offer)
    assert state["fields"]["title"] == "Snekugleklub"
    assert state["fields"]["venues"][0]["name"] == "Biblioteket"
    assert state["parts"]["contact_points"][0]["fields"]["value"] == "70 20 12 01"
    assert {name: len(parts) for name, parts in state["parts"].items()} == {
        "contact_points": 1,
        "opening_hours": 1,
        "closures": 0,
        "start_dates": 0,
        "successions": 1,
    }
    assert digest(state) == digest(state_of(offer))


def test_every_thing_that_can_be_edited_has_a_state():
    for desk in WRITTEN:
        row = make_rows(desk, 1)[0]
        assert digest(state_of(row)), desk


def test_data_that_come_with_the_house_have_no_versions():
    assert Offer.objects.exists()
    assert not Version.objects.exists()


def test_first_edit_keeps_what_it_was_too_and_says_who_and_why(editor):
    offer = full_offer()
    url = address_of(offer, "change")
    data = browser_form(editor, url) | {"title": "Sneklub", "_why": "De har skiftet navn"}
    assert editor.post(url, data).status_code == 302
    assert versions(offer) == ["fundet", "rettet"]
    newest = Version.objects.first()
    assert (newest.by.username, newest.why) == ("redaktør", "De har skiftet navn")
    html = editor.get(address_of(offer, "history")).content.decode()
    assert "<td>Snekugleklub</td><td>Sneklub</td>" in html
    assert "De har skiftet navn" in html


def test_edit_that_changes_nothing_keeps_nothing(editor):
    offer = full_offer()
    url = address_of(offer, "change")
    assert editor.post(url, browser_form(editor, url)).status_code == 302
    assert versions(offer) == []


@pytest.mark.parametrize("kind", ["contact_points-0-value", "opening_hours-0-note"])
def test_change_of_a_part_is_a_version_of_the_whole(editor, kind):
    offer = full_offer()
    url = address_of(offer, "change")
    assert editor.post(url, browser_form(editor, url) | {kind: "70 20 12 02"}).status_code == 302
    assert versions(offer) == ["fundet", "rettet"]
    assert "70 20 12 02" in editor.get(address_of(offer, "history")).content.decode()


def test_part_edited_on_a_page_of_its_own_is_a_version_of_both_its_owners(editor):
    offer, other = full_offer(), make(Offer)
    contact = offer.contact_points.get()
    url = address_of(contact, "change")
    assert editor.post(url, browser_form(editor, url) | {"offer": other.pk}).status_code == 302
    assert versions(offer) == versions(other) == ["fundet", "rettet"]


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


def test_change_that_kept_no_version_is_found_by_the_next(editor):
    offer = full_offer()
    with recording(why="Første") as kept:
        kept.watch(offer)
        Offer.objects.filter(pk=offer.pk).update(title="Et")
    Offer.objects.filter(pk=offer.pk).update(title="Ukendt")
    with recording(why="Anden") as kept:
        kept.watch(offer)
        Offer.objects.filter(pk=offer.pk).update(title="To")
    found = Version.objects.of(Offer, offer.pk).order_by("pk").values_list("kind", "state__fields__title")
    assert list(found) == [
        ("fundet", "Snekugleklub"),
        ("rettet", "Et"),
        ("fundet", "Ukendt"),
        ("rettet", "To"),
    ]


def test_action_on_many_keeps_a_version_of_each(editor):
    offers = [full_offer(), make(Offer)]
    chosen = {"action": "mark_verified", "_selected_action": [offer.pk for offer in offers]}
    editor.post(reverse("admin:offers_offer_changelist"), chosen)
    assert [versions(offer) for offer in offers] == [["fundet", "rettet"]] * 2
    assert Version.objects.first().why == "Markeret som kontrolleret."


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


def test_history_shows_no_field_that_the_form_hides(client, django_user_model):
    offer = full_offer()
    with recording() as kept:
        kept.watch(offer)
        Offer.objects.filter(pk=offer.pk).update(internal_note="Ring kun om natten", search_text="x")
    boss = django_user_model.objects.create_superuser("chef")
    client.force_login(boss)
    html = client.get(address_of(offer, "history")).content.decode()
    assert "Ring kun om natten" in html
    assert "search_text" not in html


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
