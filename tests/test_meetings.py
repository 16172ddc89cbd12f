"""When committees meet: the calendar, the page of a committee, and the feeds by which one follows them."""

import re
from contextlib import nullcontext
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from policies.models import Committee, Meeting
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SCHOOLS, HEALTH = "roskilde-skole-og-boerneudvalget", "roskilde-sundheds-og-omsorgsudvalget"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FEEDS = [
    "/kalender.atom",
    "/kalender.ics",
    f"/udvalg/{SCHOOLS}/moeder.atom",
    f"/udvalg/{SCHOOLS}/moeder.ics",
]


@pytest.fixture(autouse=True)
def time_stands_still(monkeypatch):
    """Let it be November 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def meeting(day, slug=SCHOOLS, **values):
    """Return a new meeting of a committee."""
    return Meeting.objects.create(committee=Committee.objects.get(slug=slug), held_on=day, **values)


@pytest.fixture
def meetings():
    """Return three meetings of two committees: one that was, one to come, one cancelled."""
    return [
        meeting(date(2026, 10, 1), minutes_url="https://example.org/referat"),
        meeting(
            date(2027, 2, 3),
            starts_at=time(16),
            ends_at=time(18, 30),
            place="Rådhuset, mødelokale 1; stuen <b>",
            agenda_url="https://example.org/dagsorden?a=1&b=2",
        ),
        meeting(date(2027, 7, 1), HEALTH, status=Meeting.Status.CANCELLED),
    ]


def html_of(visitor, address):
    """Return a page that is valid."""
    html = visitor.get(address).content.decode()
    assert_valid(html, address)
    return html


def test_without_meetings_the_calendar_leads_to_the_agendas_of_the_municipality(visitor):
    html = html_of(visitor, "/kalender/")
    assert "Der er ingen møder i kalenderen endnu." in html
    assert "http://roskilde.dk/kommunen/byraad-og-udvalg/skole-og-boerneudvalget" in html
    assert "Der er ingen møder i kalenderen endnu." in html_of(visitor, f"/udvalg/{SCHOOLS}/")


def test_the_calendar_shows_what_is_to_come_by_month(visitor, meetings):
    html = html_of(visitor, "/kalender/")
    assert html.index("<h2>Februar 2027</h2>") < html.index("Onsdag 3. februar 2027")
    assert html.index("Onsdag 3. februar 2027") < html.index("<h2>Juli 2027</h2>")
    assert "kl. 16–18.30" in html
    assert "Rådhuset, mødelokale 1; stuen &lt;b&gt;" in html
    assert "Aflyst" in html
    assert "oktober 2026" not in html


def test_meetings_that_were_stand_behind_a_link(visitor, meetings):
    assert "/kalender/?vis=tidligere" in html_of(visitor, "/kalender/")
    html = html_of(visitor, "/kalender/?vis=tidligere")
    assert "Torsdag 1. oktober 2026" in html
    assert "februar 2027" not in html


def test_a_meeting_today_is_still_to_come(visitor):
    meeting(TODAY)
    assert "Søndag 22. november 2026" in html_of(visitor, "/kalender/")


def test_the_calendar_can_be_of_one_committee_and_is_followed_as_such(visitor, meetings):
    html = html_of(visitor, f"/kalender/?udvalg={HEALTH}")
    assert "juli 2027" in html
    assert "februar 2027" not in html
    assert f"/udvalg/{HEALTH}/moeder.ics" in html


@pytest.mark.parametrize(
    "query", ["udvalg=x", "udvalg=%00", "vis=x", "page=x", "page=99", "udvalg=" + "x" * 3000]
)
def test_a_wrong_question_shows_the_whole_calendar(visitor, meetings, query):
    response = visitor.get(f"/kalender/?{query}")
    assert response.status_code == 200
    assert "februar 2027" in response.content.decode()


def test_a_committee_shows_the_meetings_to_come_and_the_latest(visitor, meetings):
    html = html_of(visitor, f"/udvalg/{SCHOOLS}/")
    assert html.index("Kommende møder") < html.index("Onsdag 3. februar 2027")
    assert html.index("Seneste møder") < html.index("Torsdag 1. oktober 2026")
    assert 'href="https://example.org/referat"' in html
    assert f'id="{meetings[1].anchor}"' in html


@pytest.mark.parametrize(("page", "feed"), [("/kalender/", "/kalender"), (f"/udvalg/{SCHOOLS}/",) * 2])
def test_a_page_tells_readers_and_people_of_its_feeds(visitor, settings, page, feed):
    html = html_of(visitor, page)
    feed = feed if feed == "/kalender" else f"{feed}moeder"
    for kind, end in (("application/atom+xml", "atom"), ("text/calendar", "ics")):
        assert re.search(rf'<link rel="alternate" type="{re.escape(kind)}"[^>]*{feed}\.{end}"', html)
    assert f'href="webcal://{settings.BASE_URL.partition("://")[2]}{feed}.ics"' in html
    assert f'value="{settings.BASE_URL}{feed}.ics"' in html


def test_the_share_of_the_budget_is_a_picture_with_words_source_and_year(visitor):
    html = html_of(visitor, f"/udvalg/{SCHOOLS}/")
    assert 'aria-label="Søjle: 32 af 100 dele af budgettet"' in html
    assert '<rect class="share-part" width="32.0"' in html
    assert "Bilaget “Hurtig hjælp til selvhjælp”" in html
    assert "Kilden nævner ikke året." in html
    Committee.objects.update(budget_year=2017)
    assert "Budgettet er for 2017." in html_of(visitor, f"/udvalg/{SCHOOLS}/")


@pytest.mark.parametrize("starts", [None, time(8), time(9)])
@pytest.mark.parametrize("ends", [None, time(8), time(9)])
def test_the_order_of_times_is_the_same_rule_for_a_row_and_for_the_database(starts, ends):
    made = Meeting(committee=Committee.objects.first(), held_on=TODAY, starts_at=starts, ends_at=ends)
    with nullcontext() if made.is_in_order else pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def atom(visitor, address="/kalender.atom"):
    """Return the feed as a reader reads it, after a look at what RFC 4287 demands."""
    response = visitor.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert read.version == "atom10"
    assert all(read.feed[name] for name in ("id", "title", "updated", "author"))
    assert {"self", "alternate"} == {link.rel for link in read.feed.links}
    for entry in read.entries:
        assert all(entry[name] for name in ("id", "title", "updated", "link"))
    return read


def test_the_news_are_told_by_atom(visitor, meetings, settings):
    read = atom(visitor)
    assert {entry.id for entry in read.entries} == {meeting.uuid.urn for meeting in meetings}
    by_id = {entry.id: entry for entry in read.entries}
    said = by_id[meetings[1].uuid.urn]
    assert said.title == "Skole- og børneudvalget: møde, onsdag 3. februar 2027"
    assert said.link == f"{settings.BASE_URL}/udvalg/{SCHOOLS}/#{meetings[1].anchor}"
    assert "stuen &lt;b&gt;" in said.summary
    assert "https://example.org/dagsorden?a=1&amp;b=2" in said.summary
    assert by_id[meetings[2].uuid.urn].title.startswith("Aflyst: Sundheds- og omsorgsudvalget")
    assert len(atom(visitor, f"/udvalg/{SCHOOLS}/moeder.atom").entries) == 2


def test_what_is_changed_is_told_first_and_keeps_its_name(visitor, meetings):
    before = atom(visitor)
    Meeting.objects.filter(pk=meetings[0].pk).update(updated_at=timezone.now() + timedelta(hours=1))
    after = atom(visitor)
    assert after.entries[0].id == meetings[0].uuid.urn
    assert after.feed.id == before.feed.id
    assert after.feed.updated_parsed > before.feed.updated_parsed


def test_a_feed_holds_no_sign_that_xml_may_not(visitor):
    meeting(date(2027, 1, 1), place="Sal\x0b\x01 1\ufffe")
    assert "Sal 1" in atom(visitor).entries[0].summary


def calendar(visitor, address="/kalender.ics"):
    """Return the calendar as a program reads it, after a look at what RFC 5545 demands."""
    response = visitor.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    content = response.content
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = Calendar.from_ical(content)
    assert read["version"] == "2.0"
    assert read["prodid"]
    assert read.subcomponents, "no calendar may be empty"
    for event in read.events:
        assert {"UID", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS"} <= set(event)
    return read


def test_the_meetings_can_be_had_in_ones_own_calendar(visitor, meetings):
    was, said, cancelled = calendar(visitor).events
    assert was.start == date(2026, 10, 1)
    assert said.start == datetime(2027, 2, 3, 16, tzinfo=COPENHAGEN)
    assert said.end == datetime(2027, 2, 3, 18, 30, tzinfo=COPENHAGEN)
    assert str(said["summary"]) == "Skole- og børneudvalget: møde"
    assert str(said["location"]) == "Rådhuset, mødelokale 1; stuen <b>"
    assert str(said["description"]) == "Dagsorden: https://example.org/dagsorden?a=1&b=2"
    assert str(said["uid"]).startswith(f"{meetings[1].uuid}@")
    assert (str(said["status"]), str(cancelled["status"])) == ("CONFIRMED", "CANCELLED")
    assert len(calendar(visitor, f"/udvalg/{HEALTH}/moeder.ics").events) == 1


def test_in_english_the_meetings_are_the_same(visitor, meetings):
    danish, english = calendar(visitor), calendar(visitor, "/en/kalender.ics")
    assert [str(one["uid"]) for one in english.events] == [str(one["uid"]) for one in danish.events]
    assert {one.id for one in atom(visitor, "/en/kalender.atom").entries} == {
        one.uuid.urn for one in meetings
    }


def test_a_calendar_learns_of_a_change(visitor, meetings):
    before = calendar(visitor).events[1]
    moved = Meeting.objects.get(pk=meetings[1].pk)
    moved.held_on += timedelta(days=7)
    moved.save()
    after = calendar(visitor).events[1]
    assert str(after["uid"]) == str(before["uid"])
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_calendar_that_is_subscribed_to_does_not_grow_for_ever(visitor):
    meeting(TODAY - timedelta(days=800))
    assert calendar(visitor).events == []


@pytest.mark.parametrize("address", FEEDS)
def test_what_has_not_changed_is_not_sent_again(visitor, meetings, address):
    Meeting.objects.update(updated_at=datetime(2026, 11, 1, 12, 0, 30, 999, tzinfo=UTC))
    first = visitor.get(address)
    tag, when = first.headers["ETag"], first.headers["Last-Modified"]
    assert when == "Sun, 01 Nov 2026 12:00:30 GMT"
    for known in ({"if_none_match": tag}, {"if_modified_since": when}):
        again = visitor.get(address, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    meetings[1].save()
    for known in ({"if_none_match": tag}, {"if_modified_since": when}):
        assert visitor.get(address, headers=known).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_without_meetings_is_whole_and_the_same_each_time(visitor, address):
    (atom if address.endswith("atom") else calendar)(visitor, address)
    assert visitor.get(address).headers["ETag"] == visitor.get(address).headers["ETag"]


@pytest.mark.parametrize("kind", ["atom", "ics"])
def test_a_committee_that_does_not_exist_has_no_feed(visitor, kind):
    assert visitor.get(f"/udvalg/findes-ikke/moeder.{kind}").status_code == 404
