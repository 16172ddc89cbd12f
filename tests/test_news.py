"""Feeds of a search: what the list finds, what changed last first, and nothing that is not public."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.utils import timezone
from icalendar import Calendar

from offers.models import Offer, StartDate
from tests.lists import offers_on

pytestmark = pytest.mark.django_db

QUERY = "behov=ensom&alder=16"


def names(visitor, query=QUERY):
    """Return the ids in the JSON Feed of a search, in their order."""
    return [item["id"] for item in visitor.get(f"/tilbud/nyt.json?{query}").json()["items"]]


def test_a_feed_has_what_the_list_has(visitor):
    response = visitor.get(f"/tilbud/?{QUERY}")
    assert response.context["page"].paginator.count == len(response.context["hits"]) > 1
    assert set(names(visitor)) == {offer.uuid.urn for offer in offers_on(response)}


def test_atom_and_json_tell_the_same(visitor):
    feed = feedparser.parse(visitor.get(f"/tilbud/nyt.atom?{QUERY}").content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == names(visitor)
    assert feed.feed.title == "Nyt om tilbud: Alder: 16, Behov: Ensom"
    assert feed.feed.links[0].href.endswith(f"/tilbud/?{QUERY}")
    told = visitor.get(f"/tilbud/nyt.json?{QUERY}").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert all(datetime.fromisoformat(item["date_modified"]).tzinfo for item in told["items"])


def test_what_changed_last_stands_first_and_keeps_its_name(visitor):
    last = Offer.objects.get(uuid=names(visitor)[-1].removeprefix("urn:uuid:"))
    later = timezone.now() + timedelta(minutes=5)
    Offer.objects.filter(pk=last.pk).update(title="Et nyt navn", updated_at=later)
    assert names(visitor)[0] == last.uuid.urn


def test_an_offer_that_is_not_public_is_no_news(visitor):
    first = names(visitor)[0]
    Offer.objects.filter(uuid=first.removeprefix("urn:uuid:")).update(status=Offer.Status.DRAFT)
    assert first not in names(visitor)


def test_a_feed_that_has_not_changed_is_not_sent_again(visitor):
    for address in ("nyt.atom", "nyt.json", "opstart.ics"):
        response = visitor.get(f"/tilbud/{address}?{QUERY}")
        again = visitor.get(
            f"/tilbud/{address}?{QUERY}", headers={"If-None-Match": response.headers["ETag"]}
        )
        assert again.status_code == 304, address


@pytest.mark.parametrize("query", ["alder=x", "behov=findes-ikke", "q=010190-1234", "titel=x"])
def test_a_feed_that_cannot_be_made_says_why(visitor, query):
    for address in ("nyt.atom", "nyt.json", "opstart.ics"):
        response = visitor.get(f"/tilbud/{address}?{query}")
        assert response.status_code == 400
        assert response.json()["parameter"] == query.partition("=")[0]
        assert "1234" not in response.content.decode()


def test_the_days_when_offers_begin_are_a_calendar(visitor):
    offer = Offer.objects.published().filter(needs__slug="ensom").first()
    coming = StartDate.objects.create(offer=offer, starts_on=timezone.localdate() + timedelta(days=9))
    StartDate.objects.create(offer=offer, starts_on=timezone.localdate() - timedelta(days=9))
    calendar = Calendar.from_ical(visitor.get("/tilbud/opstart.ics?behov=ensom").content)
    events = [event for event in calendar.walk("VEVENT") if str(offer.uuid) in event["uid"]]
    assert [event.decoded("dtstart") for event in events] == [coming.starts_on]
    assert events[0].decoded("dtstamp") <= datetime.now(UTC)
    assert calendar["X-WR-CALNAME"] == "Opstart: Behov: Ensom"
    empty = Calendar.from_ical(visitor.get("/tilbud/opstart.ics?q=zqxyzzyq").content)
    assert not list(empty.walk("VEVENT"))
    assert list(empty.walk("VTIMEZONE"))


def test_a_list_leads_to_its_feeds_unless_its_question_is_wrong(visitor):
    html = visitor.get(f"/tilbud/?{QUERY}&page=1").content.decode()
    for address in ("nyt.atom", "nyt.json", "opstart.ics"):
        assert f'href="/tilbud/{address}?{QUERY.replace("&", "&amp;")}"' in html
    assert "nyt.atom" not in visitor.get("/tilbud/?alder=x").content.decode()
