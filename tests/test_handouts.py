"""What one takes along from an offer's page: dates for the calendar, a code for the phone, a poster."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from offers.models import ContactPoint, Offer, Organisation, StartDate, Venue
from tests.test_pages import assert_valid

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FILES = ("datoer.ics", "qr.svg", "opslag/")
# A Monday in summer time, after a Thursday in winter time.
WINTER, SUMMER = date(2027, 1, 14), date(2027, 6, 14)


@pytest.fixture
def offer(time_stands_still):
    """Return a published offer that begins twice."""
    offer = Offer.objects.create(
        slug="hold",
        title="Hold; for alle, der vil",
        summary="Kom og vær med.",
        organisation=Organisation.objects.get(slug="kl"),
        status=Offer.Status.PUBLISHED,
    )
    offer.venues.add(
        Venue.objects.create(slug="hus", name="Huset", street="Vej 1", postcode="4000", city="Roskilde")
    )
    StartDate.objects.create(offer=offer, starts_on=WINTER)
    StartDate.objects.create(
        offer=offer,
        starts_on=SUMMER,
        starts_at=time(16, 30),
        apply_by=date(2027, 6, 1),
        note="Tag mad med.",
    )
    StartDate.objects.create(offer=offer, starts_on=date(2020, 1, 1), note="Gammelt hold")
    return offer


@pytest.fixture
def time_stands_still(monkeypatch):
    """Let it be November 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 22))


def file(visitor, offer, name, **headers):
    """Return the answer at one of the offer's own files."""
    return visitor.get(f"{offer.get_absolute_url()}{name}", headers=headers)


def events(visitor, offer):
    """Return the events of the calendar file, as a calendar reads them."""
    response = file(visitor, offer, "datoer.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).events


def test_each_date_to_come_is_an_event_with_its_day_or_its_time(visitor, offer):
    first, second = events(visitor, offer)
    assert first.start == WINTER
    assert second.start == datetime(2027, 6, 14, 16, 30, tzinfo=COPENHAGEN)
    assert second.start.utcoffset() == timedelta(hours=2)
    assert str(second["summary"]) == "Begynder: Hold; for alle, der vil"
    assert str(second["description"]) == "Tilmeld dig senest 1. juni 2027. Tag mad med."
    assert str(second["location"]) == "Huset, Vej 1, 4000 Roskilde"
    assert str(second["url"]).endswith("/tilbud/hold/")


def test_the_words_of_the_calendar_follow_the_language_of_its_address(visitor, offer):
    response = visitor.get(f"/en{offer.get_absolute_url()}datoer.ics")
    second = Calendar.from_ical(response.content).events[1]
    assert str(second["summary"]) == "Starts: Hold; for alle, der vil"
    assert str(second["description"]) == "Sign up by 1 June 2027. Tag mad med."
    assert str(second["url"]).endswith("/en/tilbud/hold/")


def test_the_time_zone_is_told_where_there_is_a_time(visitor, offer):
    calendar = Calendar.from_ical(file(visitor, offer, "datoer.ics").content)
    [zone] = calendar.timezones
    told = zone.to_tz()
    for day in (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 3), datetime(2027, 10, 31, 12)):
        assert day.replace(tzinfo=told).utcoffset() == day.replace(tzinfo=COPENHAGEN).utcoffset()
    StartDate.objects.update(starts_at=None)
    assert Calendar.from_ical(file(visitor, offer, "datoer.ics").content).timezones == []


def test_an_event_keeps_its_name_and_tells_when_it_was_changed(visitor, offer):
    before = events(visitor, offer)[1]
    moved = StartDate.objects.get(starts_on=SUMMER)
    moved.starts_on = SUMMER + timedelta(days=7)
    moved.save()
    StartDate.objects.filter(pk=moved.pk).update(updated_at=timezone.now() + timedelta(hours=1))
    after = events(visitor, offer)[1]
    assert str(after["uid"]) == str(before["uid"])
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["dtstamp"].dt == after["last-modified"].dt


@pytest.mark.parametrize("name", ["datoer.ics", "qr.svg"])
def test_what_has_not_changed_is_not_sent_again(visitor, offer, name):
    first = file(visitor, offer, name)
    again = file(visitor, offer, name, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_confidential_place_is_in_no_file(visitor, offer):
    offer.venues.update(confidential=True)
    said = b"".join(file(visitor, offer, name).content for name in FILES).decode()
    for secret in ("Huset", "Vej 1", "LOCATION"):
        assert secret not in said


def test_among_several_places_none_is_guessed(visitor, offer):
    offer.venues.add(Venue.objects.create(slug="hemmelig", name="Skjul", confidential=True))
    assert "location" not in events(visitor, offer)[0]


def test_without_dates_to_come_there_is_no_calendar(visitor, offer):
    assert "datoer.ics" in visitor.get(offer.get_absolute_url()).content.decode()
    StartDate.objects.filter(starts_on__gte=WINTER).delete()
    assert file(visitor, offer, "datoer.ics").status_code == 404
    assert "datoer.ics" not in visitor.get(offer.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_public_has_no_files(visitor, offer, name):
    assert file(visitor, offer, name).status_code == 200
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.DRAFT)
    assert file(visitor, offer, name).status_code == 404


def test_the_code_is_a_picture_without_code_in_it(visitor, offer):
    response = file(visitor, offer, "qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["X-Robots-Tag"] == "noindex"
    svg = response.content.decode()
    assert svg.lstrip().startswith(("<?xml", "<svg"))
    assert "style" not in svg
    assert "<script" not in svg


def test_the_poster_says_what_it_is_and_whom_to_call(visitor, offer, settings):
    ContactPoint.objects.create(offer=offer, kind="telefon", value="116 111", label="Huset")
    html = file(visitor, offer, "opslag/").content.decode()
    assert_valid(html, "opslag")
    assert "Kom og vær med." in html
    assert 'Ring <a href="tel:116111">116 111</a>' in html
    assert '<img src="/tilbud/hold/qr.svg"' in html
    assert f"{settings.BASE_URL}/tilbud/hold/" in html
    assert '<meta name="robots" content="noindex">' in html
