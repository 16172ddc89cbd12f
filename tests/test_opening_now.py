"""Opening hours in words, against a slow walk through the minutes and at moments one can check by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offers.models import Closure, Offer, OpeningHours, Venue
from offers.opening_now import ALWAYS, openings
from offers.search import current
from offers.search.opening import public_holidays
from offers.search.question import Question
from tests.conftest import without_icons
from tests.test_offer_list import make_offer

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MINUTE = timedelta(minutes=1)
WALK = timedelta(days=9)


def at(day, hour, minute=0, month=11, year=2026):
    """Return a moment in Copenhagen; 23 November 2026 is a Monday."""
    return datetime(year, month, day, hour, minute, tzinfo=COPENHAGEN)


def unsaved(rows, closures=(), closed_on_public_holidays=None):
    """Return an offer that stands in no database, with its hours and closures as if loaded."""
    offer = Offer(pk=1, closed_on_public_holidays=closed_on_public_holidays)
    offer._prefetched_objects_cache = {"opening_hours": _Loaded(rows), "closures": _Loaded(closures)}
    return offer


class _Loaded(list):
    """Rows that are loaded: `all` asks nobody."""

    def all(self):
        """Return the rows."""
        return self


def hours(weekdays, opens, closes, **more):
    """Return hours on some days of the week, from the hour `opens` to `closes`."""
    opens, closes = (one if isinstance(one, time) else time(one % 24) for one in (opens, closes))
    return [OpeningHours(weekday=day, opens=opens, closes=closes, **more) for day in weekdays]


def closure(first, last, reason=""):
    return Closure(starts_on=first, ends_on=last, reason=reason)


def words(moment, rows, closures=(), closed_on_public_holidays=None):
    """Return the card's words, the page's lines and the note."""
    opening = openings([unsaved(rows, closures, closed_on_public_holidays)], moment)[1]
    lines = [f"{line.name}: {line.words}" if line.name else line.words for line in opening.lines]
    return opening.short, lines, opening.note


WEEKDAYS, ALL_DAYS = range(5), range(7)
DAYTIME = hours(WEEKDAYS, 9, 18)
CHRISTMAS = [closure(date(2026, 12, 23), date(2027, 1, 3), "ferie")]


@pytest.mark.parametrize(
    ("moment", "rows", "short", "line"),
    [
        (at(23, 10), DAYTIME, "Åbent nu", "Åbent nu, lukker kl. 18"),
        (at(23, 17, 59), DAYTIME, "Åbent nu", "Åbent nu, lukker kl. 18"),
        (at(23, 8), DAYTIME, "Åbner kl. 9", "Åbner kl. 9"),
        (at(23, 18), DAYTIME, "Åbner i morgen kl. 9", "Åbner i morgen kl. 9"),
        (at(27, 18), DAYTIME, "Åbner mandag kl. 9", "Åbner mandag kl. 9"),
        (at(23, 12), hours([0], 11, 12), "Åbner mandag den 30. november kl. 11", None),
        (at(23, 10), hours([0], time(9), time(15, 30)), "Åbent nu", "Åbent nu, lukker kl. 15.30"),
        (at(23, 23), hours([0], 22, 2), "Åbent nu", "Åbent nu, lukker i nat kl. 2"),
        (at(24, 1), hours([0], 22, 2), "Åbent nu", "Åbent nu, lukker kl. 2"),
        (at(23, 23), hours([0], 22, 8), "Åbent nu", "Åbent nu, lukker i morgen kl. 8"),
        (at(23, 23), hours([0], 8, 24), "Åbent nu", "Åbent nu, lukker kl. 24"),
        (at(23, 23), hours([1], 1, 4), "Åbner i nat kl. 1", "Åbner i nat kl. 1"),
        (at(23, 1), hours([1], 1, 4), "Åbner i morgen kl. 1", "Åbner i morgen kl. 1"),
        (at(23, 10), hours([0], 8, 12) + hours([0], 12, 16), "Åbent nu", "Åbent nu, lukker kl. 16"),
        (at(23, 21), hours([0], 20, 24) + hours([1], 0, 4), "Åbent nu", "Åbent nu, lukker i nat kl. 4"),
        (at(23, 10), hours(ALL_DAYS, 0, 0), "Åbent nu", "Åbent døgnet rundt"),
        (at(23, 10), hours(WEEKDAYS, 0, 0), "Åbent nu", "Åbent nu, lukker fredag kl. 24"),
        (
            at(23, 10),
            hours([0], 9, 12, note="efter aftale"),
            "Åbent nu",
            "Åbent nu, lukker kl. 12 (efter aftale)",
        ),
        (at(23, 10), hours([0], 9, 12, valid_from=date(2027, 5, 1)), "Åbner mandag den 3. maj kl. 9", None),
        (at(23, 10), hours([0], 9, 12, valid_from=date(2028, 5, 1)), "Lukket nu", "Lukket nu"),
    ],
)
def test_hours_in_words(moment, rows, short, line):
    assert words(moment, rows) == (short, [line or short], "")


def test_hours_that_are_over_are_not_known():
    assert openings([unsaved(hours([0], 9, 12, valid_until=date(2026, 11, 22)))], at(23, 10)) == {}
    assert openings([unsaved([])], at(23, 10)) == {}


def test_the_last_night_of_a_season_is_still_open_after_midnight():
    night = hours([6], 22, 2, valid_until=date(2026, 11, 22))
    assert words(at(23, 1), night)[1] == ["Åbent nu, lukker kl. 2"]
    assert openings([unsaved(night)], at(23, 2)) == {}


def test_a_closure_says_until_when_and_why():
    short, lines, _ = words(at(28, 10, month=12), DAYTIME, CHRISTMAS)
    assert short == "Lukket til og med 3. januar"
    assert lines == ["Lukket til og med 3. januar (ferie). Åbner mandag den 4. januar kl. 9"]
    assert words(at(22, 19, month=12), DAYTIME, CHRISTMAS)[0] == "Åbner mandag den 4. januar kl. 9"
    one_day = [closure(date(2026, 11, 23), date(2026, 11, 23))]
    assert words(at(23, 10), DAYTIME, one_day)[1] == ["Lukket i dag. Åbner i morgen kl. 9"]


def test_closures_that_follow_each_other_are_one():
    two = [*CHRISTMAS, closure(date(2027, 1, 4), date(2027, 1, 10), "flytning")]
    assert words(at(28, 10, month=12), DAYTIME, two)[0] == "Lukket til og med 10. januar"
    for_good = [closure(date(2026, 1, 1), date(2028, 12, 31))]
    assert words(at(23, 10), DAYTIME, for_good)[1] == ["Lukket til og med 31. december 2028"]


def test_a_night_that_began_before_a_closure_lasts_into_it():
    night = hours(ALL_DAYS, 22, 2)
    assert words(at(23, 1, month=12), night, CHRISTMAS)[1] == ["Åbent nu, lukker kl. 2"]


def test_public_holidays():
    easter_monday = at(6, 10, month=4)
    assert words(easter_monday, DAYTIME, (), True)[:2] == (
        "Lukket i dag (helligdag)",
        ["Lukket i dag (helligdag). Åbner i morgen kl. 9"],
    )
    assert words(easter_monday, DAYTIME, (), False) == ("Åbent nu", ["Åbent nu, lukker kl. 18"], "")
    assert words(easter_monday, DAYTIME) == (
        "Åbent nu",
        ["Åbent nu, lukker kl. 18"],
        "Kan være lukket på helligdage",
    )
    assert words(at(5, 20, month=4), DAYTIME)[2] == "Kan være lukket på helligdage"
    assert words(at(6, 20, month=4), DAYTIME)[2] == ""
    assert words(easter_monday, hours(ALL_DAYS, 0, 0))[2] == ""


def test_channels_are_told_apart_where_they_differ():
    chat = hours(ALL_DAYS, 16, 22, channel="chat")
    phone = hours(ALL_DAYS, 10, 20, channel="telefon")
    assert words(at(23, 12), [*chat, *phone])[:2] == (
        "Åbent nu (telefon)",
        ["Telefon: Åbent nu, lukker kl. 20", "Chat: Åbner kl. 16"],
    )
    assert words(at(23, 8), [*chat, *phone])[0] == "Åbner kl. 10 (telefon)"
    assert words(at(23, 17), [*chat, *phone])[0] == "Åbent nu"
    alike = hours(ALL_DAYS, 10, 20, channel="sms")
    assert words(at(23, 12), [*alike, *phone])[:2] == ("Åbent nu", ["Åbent nu, lukker kl. 20"])


def test_places_are_told_apart_but_a_secret_one_is_not_named():
    house, shelter = Venue(pk=1, name="Huset"), Venue(pk=2, name="Skjulets navn", confidential=True)
    rows = [*hours([0], 9, 12, venue=house), *hours([0], 14, 18, venue=shelter)]
    assert words(at(23, 10), rows)[1] == [
        "Fremmøde, Huset: Åbent nu, lukker kl. 12",
        "Fremmøde, Hemmelig adresse: Åbner kl. 14",
    ]


@pytest.mark.parametrize(
    ("moment", "line"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Åbner kl. 9"),
        (datetime(2026, 3, 29, 6, 59, tzinfo=UTC), "Åbner kl. 9"),
        (datetime(2026, 3, 29, 7, 0, tzinfo=UTC), "Åbent nu, lukker kl. 15"),
        (datetime(2026, 3, 28, 7, 59, tzinfo=UTC), "Åbner kl. 9"),
        (datetime(2026, 3, 28, 8, 0, tzinfo=UTC), "Åbent nu, lukker kl. 15"),
        (datetime(2026, 10, 25, 7, 59, tzinfo=UTC), "Åbner kl. 9"),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "Åbent nu, lukker kl. 15"),
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "Åbner kl. 9"),
    ],
)
def test_the_clock_on_the_wall_counts_when_it_is_changed(moment, line):
    assert words(moment, hours(ALL_DAYS, 9, 15))[1] == [line]


def is_open_by_hand(moment, rows, closures, closed_on_holidays):
    """Say whether it is open at `moment` (naive), from the definition of an interval, row by row."""
    for row in rows:
        for day in (moment.date(), moment.date() - timedelta(days=1)):
            begin = datetime.combine(day, row.opens)
            end = datetime.combine(day, row.closes)
            end += timedelta(days=row.closes <= row.opens)
            held = (row.valid_from or date.min) <= day <= (row.valid_until or date.max)
            shut = any(one.starts_on <= day <= one.ends_on for one in closures)
            shut |= closed_on_holidays and day.toordinal() in public_holidays(day.year)
            if row.weekday == day.weekday() and begin <= moment < end and held and not shut:
                return True
    return False


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
days = st.dates(date(2026, 12, 18), date(2027, 1, 8))
rows_of_hours = st.lists(
    st.builds(
        OpeningHours,
        weekday=st.integers(0, 6),
        opens=clocks,
        closes=clocks,
        channel=st.sampled_from(["telefon", "chat"]),
        valid_from=st.none() | days,
        valid_until=st.none() | days,
    ),
    min_size=1,
    max_size=8,
)
closures_of_days = st.lists(
    st.tuples(days, st.integers(0, 4)).map(lambda it: closure(it[0], it[0] + timedelta(days=it[1]))),
    max_size=2,
)
moments = st.datetimes(datetime(2026, 12, 20), datetime(2027, 1, 4)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows_of_hours, closures_of_days, st.booleans(), moments)
def test_it_says_what_a_slow_walk_through_the_minutes_finds(rows, closures, closed, moment):
    offer = unsaved(rows, closures, closed)
    found = openings([offer], moment.replace(tzinfo=COPENHAGEN)).get(1)
    start = is_open_by_hand(moment, rows, closures, closed)
    assert bool(found and found.is_open) is start
    minute, last = moment, moment + WALK
    while minute < last and is_open_by_hand(minute, rows, closures, closed) is start:
        minute += MINUTE
    walked = (minute - moment) // MINUTE
    span = found.span if found else None
    if start:
        assert span.closes - found.now == walked if minute < last else span.closes - found.now >= ALWAYS
    elif minute < last:
        assert found.wait == walked
    else:
        assert found is None or found.wait >= walked


@settings(max_examples=100)
@given(rows_of_hours, closures_of_days, st.booleans(), moments)
def test_a_part_is_open_only_when_the_whole_is(rows, closures, closed, moment):
    found = openings([unsaved(rows, closures, closed)], moment.replace(tzinfo=COPENHAGEN)).get(1)
    if found:
        assert found.is_open is any(line.is_open for line in found.lines)
        assert found.short.startswith("Åbent nu") is found.is_open
        assert any(line.words.startswith("Åbent") for line in found.lines) is found.is_open


@pytest.mark.django_db
def test_the_filter_and_the_cards_never_disagree():
    for number, (rows, closed) in enumerate([(DAYTIME, None), (hours(ALL_DAYS, 22, 2), True), ([], None)]):
        make_offer(f"proeve-{number}", title="Prøve", closed_on_public_holidays=closed)
        offer = Offer.objects.get(slug=f"proeve-{number}")
        for row in rows:
            kept = {"weekday": row.weekday, "opens": row.opens, "closes": row.closes}
            OpeningHours.objects.create(offer=offer, **kept)
        Closure.objects.create(offer=offer, starts_on=date(2026, 12, 23), ends_on=date(2026, 12, 27))
    for step in range(0, 20 * 24 * 60, 97):
        moment = datetime(2026, 12, 17, tzinfo=COPENHAGEN) + step * MINUTE
        by_filter = set(current.ask(Question(chosen={"aaben": ("nu",)}), moment).keys)
        by_card = openings(Offer.objects.published().prefetch_related("opening_hours", "closures"), moment)
        assert by_filter == {key for key, opening in by_card.items() if opening.is_open}, moment


@pytest.mark.django_db
def test_page_and_card_say_it(visitor):
    make_offer("proeve", title="Kvalmehjælp")
    offer = Offer.objects.get(slug="proeve")
    card, page = "/tilbud/?q=kvalmehjælp", "/tilbud/proeve/"
    assert "Åbent" not in visitor.get(page).content.decode()
    for day in ALL_DAYS:
        OpeningHours.objects.create(offer=offer, weekday=day, opens=time(0), closes=time(0))
    assert '<p class="is-open">Åbent døgnet rundt</p>' in visitor.get(page).content.decode()
    assert '<li class="fact-open">Åbent nu</li>' in without_icons(visitor.get(card).content.decode())
