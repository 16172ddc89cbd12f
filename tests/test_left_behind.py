"""Whoever corrects a number or an address is told where the old one still stands in the text."""

import pytest
from django.urls import reverse

from offers.left_behind import corrected, stands_in
from offers.models import ContactPoint, WorkingCopy
from tests.desks import browser_form, make
from tests.test_history import address_of, full_offer
from tests.test_workflow import public_offer, revise, take

OLD, NEW = "70 20 12 01", "70 20 12 09"


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("70 20 12 01", "Ring til os på 70201201 alle dage.", True),
        ("70201201", "Ring på (+45) 70 20 12 01.", True),
        ("70 20 12 01", "Ring på 70.20.12-01", True),
        ("70 20 12 01", "Sagen har nummer 1702012015.", False),
        ("112", "Ring 112, hvis nogen er i fare.", True),
        ("112", "Vi bor på Vej 1121.", False),
        ("+46 8 123 456", "Ring +46 8 123 456", True),
        ("post@forening.dk", "Skriv til Post@Forening.dk.", True),
        ("post@forening.dk", "Skriv til kassepost@forening.dk", False),
        ("https://www.forening.dk/chat/", "Chat på forening.dk/chat", True),
        ("https://forening.dk", "Chat på enforening.dk", False),
    ],
)
def test_a_number_is_known_however_it_is_written(value, text, found):
    assert stands_in(value, text) is found


def test_a_number_in_other_groups_has_not_gone():
    before = [{"kind": "telefon", "value": "70201201"}, {"kind": "e-mail", "value": "A@b.dk"}]
    after = [{"kind": "sms", "value": "+45 70 20 12 01"}, {"kind": "e-mail", "value": "a@b.dk"}]
    assert corrected(before, after) == []
    assert corrected(before, after[:1]) == ["A@b.dk"]


def saved(client, offer, **changes):
    """Return what an editor reads when she has saved the form of an offer."""
    url = address_of(offer, "change")
    return client.post(url, browser_form(client, url) | changes, follow=True).text


@pytest.fixture
def offer():
    """Return an offer whose texts tell its number."""
    offer = full_offer()
    offer.description = "Ring på 70201201, og spørg efter os."
    offer.internal_note = "Vi fik 70 20 12 01 af naboen."
    offer.save()
    offer.opening_hours.update(note="Ring 70 20 12 01 først")
    return offer


@pytest.mark.django_db
def test_an_editor_is_told_the_fields_in_which_the_old_number_stands(editor, offer):
    told = saved(editor, offer, **{"contact_points-0-value": NEW})
    assert offer.contact_points.get().value == NEW
    assert (
        f"“{OLD}” er ikke kontakt mere, men står stadig under “beskrivelse” og “åbningstid: note”. "
        "Ret det også der." in told
    )
    assert "ikke kontakt mere" not in saved(editor, offer, title="Isklub")


@pytest.mark.django_db
def test_an_editor_is_told_on_the_page_of_the_contact_too(editor, offer):
    url = reverse("admin:offers_contactpoint_change", args=[offer.contact_points.get().pk])
    told = editor.post(url, browser_form(editor, url) | {"value": NEW}, follow=True).text
    assert "står stadig under “beskrivelse”" in told


@pytest.mark.django_db
def test_nobody_is_warned_when_the_text_is_corrected_too_or_the_number_only_moves(editor, offer):
    offer.opening_hours.update(note="")
    more = make(ContactPoint, offer=offer, kind="telefon", value="70 20 12 02")
    told = saved(
        editor,
        offer,
        **{"contact_points-0-value": NEW, "description": f"Ring på {NEW}.", "title": "Isklub"},
    )
    assert "ikke kontakt mere" not in told
    more.delete()
    assert "ikke kontakt mere" not in saved(editor, offer, **{"contact_points-0-value": "70201209"})


@pytest.mark.django_db
def test_a_new_version_of_a_public_offer_is_warned_of_when_it_is_written_and_approved(editor):
    offer = public_offer()
    offer.description = f"Ring på {OLD}."
    offer.save()
    told = revise(editor, offer, **{"contact_points-0-value": NEW}).text
    assert WorkingCopy.objects.filter(offer=offer).exists()
    assert "men står stadig under “beskrivelse”" in told
    assert "men står stadig under “beskrivelse”" in take(editor, offer, "udgiv").text
