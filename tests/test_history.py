"""Every change keeps a version: who, when, why and what; any version comes back, with all its parts."""

from datetime import date, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from offers.history.record import recording
from offers.history.states import digest, state_of
from offers.models import (
    ContactPoint,
    Need,
    Offer,
    OfferSuccession,
    OpeningHours,
    Organisation,
    Venue,
    Version,
)
from policies.models import Committee, Meeting
from tests.desks import WRITTEN, browser_form, make, make_rows

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


def address_of(row, view):
    """Return one of the pages of a row on the desk."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


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
        "fact_checks": 0,
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


def test_reason_with_a_cpr_number_is_kept_without_it(editor):
    offer = make(Offer, organisation=make(Organisation))
    url = address_of(offer, "change")
    editor.post(url, browser_form(editor, url) | {"title": "Ny", "_why": "Bedt om af 010190-1234 i dag"})
    assert Version.objects.first().why == "Bedt om af   i dag"


def test_new_lines_as_browsers_send_them_are_no_change(editor):
    offer = make(Offer, internal_note="Ring først.\nSkriv så.")
    url = address_of(offer, "change")
    editor.post(url, browser_form(editor, url) | {"internal_note": "Ring først.\r\nSkriv så."})
    assert versions(offer) == []


def test_rows_written_in_bulk_have_versions():
    committee = make(Committee, name="Skoleudvalget")
    meeting = Meeting.objects.create(committee=committee, held_on=date(2027, 2, 3))
    with recording(by=None, why="Hentet fra en fil.") as kept:
        kept.watch(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(place="Salen")
        kept.add(*Meeting.objects.bulk_create([Meeting(committee=committee, held_on=date(2027, 3, 3))]))
    assert sorted(Version.objects.values_list("kind", flat=True)) == ["fundet", "oprettet", "rettet"]


def test_old_versions_are_forgotten():
    values = {"model": "offers.offer", "row": 1, "kind": "rettet", "state": {}, "digest": ""}
    for days in (731, 729):
        Version.objects.create(**values, name=str(days), at=timezone.now() - timedelta(days=days))
    call_command("trim_history", stdout=StringIO())
    assert [version.name for version in Version.objects.all()] == ["729"]
