"""Facts that are due, owners who are asked, and what their yes means."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from offers.freshness.facts import ACUTE_INTERVAL, INTERVALS, confirm, facts_of, review_by
from offers.freshness.reminders import PAUSE, to_ask
from offers.models import ContactPoint, Fact, FactCheck, Offer, Organisation, Reminder, Venue
from tests.lists import offers_on
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
MAILBOX = "vagt@forening.example"


@pytest.fixture
def offer():
    """Return a published offer with a telephone number, a price and a place, checked long ago."""
    owner = Organisation.objects.create(
        slug="ejer", name="Ejerforeningen", kind="forening", upkeep_email=MAILBOX
    )
    offer = make_offer(
        "samtaler", organisation=owner, summary="Tal med en frivillig.", cost="gratis",
        verified_on=date(2025, 1, 1), review_by=date(2025, 7, 2),
    )  # fmt: skip
    ContactPoint.objects.create(offer=offer, kind="telefon", value="12 34 56 78")
    offer.venues.add(
        Venue.objects.create(slug="hus", name="Huset", street="Gaden 1", postcode="4000", city="By")
    )
    return offer


def loaded(offer):
    return Offer.objects.for_page().get(pk=offer.pk)


def link(number=0):
    """Return the path of a link in the latest mail."""
    return re.findall(r"https?://[^/\s]+(/\S+noegle=\S+)", mail.outbox[-1].body)[number]


def remind():
    call_command("remind_owners", "--send", verbosity=0)


def yes(client, path, facts, seen=None):
    page = client.get(path)
    mark = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    return client.post(path, {"facts": facts, "seen": seen or mark[1]})


def test_an_offer_has_the_facts_that_it_tells(offer):
    assert facts_of(loaded(offer)) == [Fact.CONTACT, Fact.PRICE, Fact.PLACE, Fact.REST]


def test_the_first_fact_that_is_due_makes_the_offer_due(offer):
    confirm(offer, [Fact.CONTACT, Fact.PRICE, Fact.PLACE, Fact.REST], on=TODAY)
    assert offer.review_by == TODAY + timedelta(days=INTERVALS[Fact.CONTACT])
    FactCheck.objects.filter(fact=Fact.PRICE).update(interval=30)
    assert review_by(loaded(offer)) == TODAY + timedelta(days=30)


def test_what_somebody_in_danger_turns_to_is_checked_more_often(offer):
    Offer.objects.filter(pk=offer.pk).update(is_acute=True)
    confirm(offer, facts_of(loaded(offer)), on=TODAY)
    assert offer.review_by == TODAY + timedelta(days=ACUTE_INTERVAL)


def test_an_offer_is_checked_when_its_oldest_fact_is(offer):
    confirm(offer, [Fact.CONTACT], on=TODAY)
    assert offer.verified_on == date(2025, 1, 1)
    confirm(offer, [Fact.PRICE, Fact.PLACE, Fact.REST], on=TODAY + timedelta(days=3))
    assert offer.verified_on == TODAY


def test_a_yes_undoes_no_edit_of_a_colleague(offer):
    Offer.objects.filter(pk=offer.pk).update(title="Nyt navn")
    confirm(offer, [Fact.CONTACT], on=TODAY)
    assert Offer.objects.get(pk=offer.pk).title == "Nyt navn"


def test_nobody_is_asked_before_the_time_or_twice_or_without_a_mailbox(offer):
    today = timezone.localdate()
    assert to_ask(today) == [offer]
    Reminder.objects.create(offer=offer, sent_to=MAILBOX)
    assert to_ask(today) == []
    Reminder.objects.update(sent_at=timezone.now() - PAUSE - timedelta(hours=1))
    assert to_ask(today) == [offer]
    Offer.objects.filter(pk=offer.pk).update(review_by=today + timedelta(days=60))
    assert to_ask(today) == []
    Offer.objects.filter(pk=offer.pk).update(review_by=today, status=Offer.Status.ARCHIVED)
    assert to_ask(today) == []
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.PUBLISHED)
    Organisation.objects.update(upkeep_email="")
    assert to_ask(today) == []


def test_nothing_is_sent_unless_one_says_so(offer, capsys):
    call_command("remind_owners")
    assert f"{MAILBOX}: {offer}" in capsys.readouterr().out
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_a_mailbox_gets_one_mail_about_all_its_offers(offer):
    make_offer("to", organisation=offer.organisation, summary="Et til.", review_by=TODAY, title="To")
    remind()
    assert [message.to for message in mail.outbox] == [[MAILBOX]]
    assert link(0) != link(1)
    assert "/tilbud/samtaler/stadig-rigtigt/" in mail.outbox[0].body


def test_the_page_says_exactly_what_one_confirms_and_looking_changes_nothing(offer, visitor):
    remind()
    html = visitor.get(link()).content.decode()
    for text in ("12 34 56 78", "Gratis", "Huset, Gaden 1, 4000 By", "Tal med en frivillig."):
        assert text in html
    assert not FactCheck.objects.exists()
    assert Reminder.objects.get().used_at is None


def test_a_confidential_address_is_not_on_the_page(offer, client):
    Venue.objects.filter(slug="hus").update(confidential=True)
    remind()
    html = client.get(link()).content.decode()
    assert "Gaden 1" not in html
    assert "Hemmelig adresse" in html


def test_one_click_confirms_everything_once(offer, client):
    remind()
    answer = yes(client, link(), ["kontakt", "pris", "sted", "resten"])
    assert "Tak for hjælpen" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.verified_on == timezone.localdate()
    assert offer.review_by > timezone.localdate()
    assert set(FactCheck.objects.values_list("checked_by", flat=True)) == {MAILBOX}
    again = client.get(link())
    assert again.status_code == 410
    assert "Det virker kun én gang." in again.content.decode()


def test_some_of_it_may_be_confirmed(offer, client):
    remind()
    html = yes(client, link(), ["pris"]).content.decode()
    assert list(FactCheck.objects.values_list("fact", flat=True)) == ["pris"]
    assert "Telefon og anden kontakt" in html.split("Det mangler")[1]
    offer.refresh_from_db()
    assert offer.verified_on == date(2025, 1, 1)


def test_what_changed_since_it_was_read_is_not_confirmed(offer, client):
    remind()
    path = link()
    seen = re.search(r'name="seen" value="(\w+)"', client.get(path).content.decode())[1]
    ContactPoint.objects.filter(offer=offer).update(value="87 65 43 21")
    html = yes(client, path, ["kontakt"], seen=seen).content.decode()
    assert "Noget er ændret, siden du åbnede siden." in html
    assert "87 65 43 21" in html
    assert not FactCheck.objects.exists()
    assert yes(client, path, ["kontakt"]).status_code == 200
    assert FactCheck.objects.count() == 1


@pytest.mark.parametrize("facts", [[], ["nix"], ["pris", "nix"]])
def test_a_yes_to_nothing_is_none(offer, client, facts):
    remind()
    assert yes(client, link(), facts).status_code == 200
    assert not FactCheck.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "\0", "MTI:abc:def", "9" * 5000])
def test_a_link_of_nobody_leads_nowhere(offer, client, key):
    answer = client.get("/tilbud/samtaler/stadig-rigtigt/", {"noegle": key})
    assert answer.status_code == 410
    assert "Noget af linket mangler." in answer.content.decode()


def test_a_link_does_not_work_for_another_offer_or_after_a_month(offer, client):
    other = make_offer("anden", summary="Noget andet.")
    remind()
    path = link()
    assert client.get(path.replace("samtaler", other.slug)).status_code == 410
    Reminder.objects.update(sent_at=timezone.now() - timedelta(days=31))
    assert "mere end 30 dage" in client.get(path).content.decode()


def test_an_overdue_offer_stands_after_a_fresh_one_that_answers_as_well(visitor):
    for slug, due in (("aa", timezone.localdate() - timedelta(days=400)), ("bb", None)):
        make_offer(slug, title="Xylofonhjælp", summary="Xylofon.", review_by=due)
    slugs = [offer.slug for offer in offers_on(visitor.get("/tilbud/", {"q": "xylofonhjælp"}))]
    assert slugs[:2] == ["bb", "aa"]
