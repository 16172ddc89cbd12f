"""What editors hand in of meetings: each line is read, or refused with a sentence that says what to do."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.meetings.files import read
from policies.meetings.rows import MOST, MOST_BYTES, FileError, Refused, Row, clock_of, day_of

HEADING = "dato;start;slut;sted;dagsorden;referat;status;udvalg"


def one(text):
    """Return the only row of a file."""
    [row] = read(text.encode() if isinstance(text, str) else text)
    return row


def event(*lines, before=""):
    """Return a calendar file with one event of these lines."""
    body = "\r\n".join(["BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{before}{body}\r\nEND:VCALENDAR\r\n"


def refused(content):
    """Return why a file, or its only line, is refused."""
    content = content.encode() if isinstance(content, str) else content
    try:
        [row] = read(content)
    except FileError as error:
        return str(error)
    assert isinstance(row, Refused), row
    return row.reason


def test_a_table_tells_everything_about_a_meeting():
    row = one(f"{HEADING}\n3.2.2027;16;18.30;Rådhuset; https://a.dk/d ;;aflyst;Socialudvalget\n")
    assert row.values == {
        "held_on": date(2027, 2, 3),
        "starts_at": time(16),
        "ends_at": time(18, 30),
        "place": "Rådhuset",
        "agenda_url": "https://a.dk/d",
        "minutes_url": "",
        "status": "aflyst",
    }
    assert (row.line, row.committee) == (2, "Socialudvalget")


def test_of_a_column_that_is_not_there_nothing_is_said():
    assert one("Dato\n2027-02-03").values == {"held_on": date(2027, 2, 3)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_tables_come_as_programs_write_them(encoding, sign):
    text = f"Dato{sign}Sted{sign}\r\n03-02-2027{sign}Rådhuset på Øen{sign}\r\n{sign}{sign}\r\n"
    assert one(text.encode(encoding)).values == {"held_on": date(2027, 2, 3), "place": "Rådhuset på Øen"}


def test_a_line_is_counted_where_it_begins():
    rows = read(b'dato;sted\n\n1.1.2027;"to\nlinjer"\n2.1.2027;x\n')
    assert [(row.line, row.values["place"]) for row in rows] == [(3, "to linjer"), (5, "x")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Der er ingen møder i filen."),
        ("dato\n", "Der er ingen møder i filen."),
        ("sted\nher", "Kolonnen “dato” mangler."),
        ("dato;formand\n1.1.2027;x", "Kolonnen “formand” kender vi ikke."),
        ("dato;dato\n1.1.2027;1.1.2027", "står der to gange"),
        ('dato;sted\n1.1.2027;"x', "Linje 2 kan ikke læses."),
        ("dato;sted\n1.1.2027;x;y", "flere felter end overskriften"),
        ("dato;sted\n1.1.2027", "færre felter end overskriften"),
        ("dato\n31.2.2027", "Dagen “31.2.2027” findes ikke."),
        ("dato\n3/2-27", "er ikke en dato. Skriv fx 3.2.2027"),
        ("dato;sted\n;x", "er ikke en dato"),
        ("dato\n1.1.0027", "Året 27 kan ikke passe."),
        ("dato;start\n1.1.2027;25.00", "er ikke et klokkeslæt. Skriv fx 16.30."),
        ("dato;status\n1.1.2027;udsat", "Skriv planlagt eller aflyst."),
        ("dato;sted\n1.1.2027;010190-1234", "CPR-nummer"),
        (b"\x00\x01\x02", "ikke en tekstfil"),
        (b"dato\n\x81", "ikke en tekstfil"),
        ("dato\n" + "1.1.2027\n" * (MOST + 1), "flere end 2000 møder"),
        (b"x" * (MOST_BYTES + 1), "større end 2 MB"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_what_to_do(text, sentence):
    assert sentence in refused(text)


def test_a_sentence_shows_no_cpr_number():
    assert "1234" not in refused("dato\n010190-1234")


@given(st.dates(date(1970, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_both_ways_of_writing_it(day):
    assert day_of(f"{day.day}.{day.month}.{day.year}") == day_of(day.isoformat()) == day


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_every_time_is_read_in_both_ways_of_writing_it(moment):
    assert clock_of(f"{moment:%H:%M}") == clock_of(f"kl. {moment.hour}.{moment:%M}") == moment


PARTS = [*"\r\n;,\t\"'", "dato", "sted", "1.1.2027", "16.30", "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", "x"]
PARTS += [
    "DTSTART:20270101T160000Z\n",
    "DTEND;TZID=x:1\n",
    "DURATION:P1D\n",
    "END:VEVENT\n",
    "END:VCALENDAR\n",
]
PARTS += [
    "BEGIN:VTIMEZONE\n",
    "TZID:x\n",
    "END:VTIMEZONE\n",
    "RRULE:FREQ=YEARLY\n",
    "VERSION:2.0\n",
    ":",
    " ",
]


@given(
    st.one_of(
        st.binary(max_size=200), st.lists(st.sampled_from(PARTS)).map(lambda some: "".join(some).encode())
    )
)
def test_whatever_is_handed_in_is_read_or_refused_in_words(content):
    try:
        rows = read(content)
    except FileError as error:
        assert str(error).endswith(".")
    else:
        assert rows
        assert all(row.reason if isinstance(row, Refused) else row.values["held_on"] for row in rows)


WALLS = """BEGIN:VTIMEZONE
TZID:Et sted
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("start", "clock"),
    [
        ("DTSTART:20270203T160000", time(16)),
        ("DTSTART:20270203T150000Z", time(16)),
        ("DTSTART:20270703T140000Z", time(16)),
        ("DTSTART;TZID=Europe/Copenhagen:20270203T160000", time(16)),
        ("DTSTART;TZID=Romance Standard Time:20270203T160000", time(16)),
        ("DTSTART;TZID=Europe/London:20270203T150000", time(16)),
        ("DTSTART;TZID=Et sted:20270203T200000", time(16)),
        ("DTSTART;VALUE=DATE:20270203", None),
    ],
)
def test_times_of_all_zones_become_danish(start, clock):
    assert one(event(start, before=WALLS)).values["starts_at"] == clock


def test_a_zone_is_that_of_its_own_file():
    file = event("DTSTART;TZID=Et sted:20270203T200000", before=WALLS.replace("+0500", "-0300"))
    assert one(file).values["held_on"] == date(2027, 2, 4)
    assert "Tidszonen “Et sted” kender vi ikke." in refused(event("DTSTART;TZID=Et sted:20270203T200000"))


def test_an_event_tells_everything_about_a_meeting():
    lines = ["DTSTART:20270203T160000", "DURATION:PT2H", "LOCATION:Rådhuset\\, sal 1", "SUMMARY:Møde"]
    row = one(event(*lines, "URL:https://a.dk/d", "STATUS:CANCELLED"))
    assert row.values == {
        "held_on": date(2027, 2, 3),
        "starts_at": time(16),
        "ends_at": time(18),
        "place": "Rådhuset, sal 1",
        "agenda_url": "https://a.dk/d",
        "status": "aflyst",
    }
    assert (row.line, row.uid, row.said) == (4, "a", "Møde")


def test_a_day_ends_with_the_day():
    row = one(event("DTSTART;VALUE=DATE:20270203", "DTEND;VALUE=DATE:20270204"))
    assert (row.values["held_on"], row.values["ends_at"]) == (date(2027, 2, 3), None)


def test_what_is_cancelled_as_a_whole_is_cancelled():
    assert one(event("DTSTART:20270203T160000", before="METHOD:CANCEL\r\n")).values["status"] == "aflyst"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["DTSTART:20270203T160000", "RRULE:FREQ=WEEKLY"], "Mødet gentages."),
        (["DTSTART:20270203T160000", "RECURRENCE-ID:20270203T160000"], "Mødet gentages."),
        (["DTSTART;TZID=Foo/Bar:20270203T160000"], "Tidszonen “Foo/Bar” kender vi ikke."),
        (["DTSTART;TZID=../../etc:20270203T160000"], "kender vi ikke."),
        (["SUMMARY:x"], "Mødet har ingen dato."),
        (["DTSTART:i morgen"], "Mødets tid kan ikke læses."),
        (["DTSTART:20270203T160000", "DTSTART:20270204T160000"], "Mødets tid kan ikke læses."),
        (["DTSTART:20270203T160000", "DTEND:20270204T100000"], "Mødet slutter en anden dag."),
        (["DTSTART;VALUE=DATE:20270203", "DTEND;VALUE=DATE:20270206"], "Mødet slutter en anden dag."),
        (["DTSTART:00010101T000000Z"], "Året 1 kan ikke passe."),
        (["DTSTART:20270203T160000", "LOCATION:010190-1234"], "CPR-nummer"),
        (
            ["DTSTART:20270203T160000", "END:VEVENT", "BEGIN:VEVENT\r\nUID:b\r\nBEGIN:VALARM"],
            "kan ikke læses",
        ),
    ],
)
def test_an_event_that_cannot_be_used_is_told_what_to_do(lines, sentence):
    assert sentence in refused(event(*lines))


def test_a_clock_that_changes_each_second_is_refused():
    wild = WALLS.replace("TZOFFSETFROM", "RRULE:FRE\r\n Q=SECONDLY\r\nTZOFFSETFROM").replace("\n\n", "\n")
    assert "Filens tidszone kan ikke bruges." in refused(
        event("DTSTART;TZID=Et sted:20270203T200000", before=wild)
    )


def test_ten_thousand_events_are_refused_before_they_are_read():
    one_event = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270203T160000\r\nEND:VEVENT\r\n"
    file = f"BEGIN:VCALENDAR\r\n{one_event * 10_000}END:VCALENDAR\r\n"
    assert "flere end 2000 møder" in refused(file)


def test_a_row_travels_as_json():
    row = one(f"{HEADING}\n3.2.2027;16;;Rådhuset;;;;\n")
    assert Row.unpacked(row.packed()) == row
