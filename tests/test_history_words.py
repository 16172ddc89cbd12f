"""What a version keeps: the reason without CPR numbers, lines as they were, and rows written in bulk."""

from datetime import date

import pytest

from offers.history.record import recording
from offers.models import Offer, Organisation, Version
from policies.models import Committee, Meeting
from tests.desks import browser_form, make
from tests.test_history import address_of, versions

pytestmark = pytest.mark.django_db


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
