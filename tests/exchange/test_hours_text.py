"""Opening hours in a cell: read as people write them, and what we write is read back as it was."""

from datetime import date, time

import pytest

from offers.exchange.cells import CellError
from offers.exchange.hours_text import Interval, read, written

SAID = {
    "9-15": "man-fre 9-15",
    "man-tor 9-15.30, fre 9-12": "man-tor 9-15.30, fre 9-12",
    "Mandag til torsdag kl. 9.00–15:30; fredag 9 - 12": "man-tor 9-15.30, fre 9-12",
    "man, ons og fre 10-12 og 13-15": "man 10-12, man 13-15, ons 10-12, ons 13-15, fre 10-12, fre 13-15",
    "døgnåbent": "man-søn døgnåbent",
    "Hele døgnet": "man-søn døgnåbent",
    "24/7": "man-søn døgnåbent",
    "lør-søn døgnet rundt": "lør-søn døgnåbent",
    "hverdage 8-16, weekend lukket": "man-fre 8-16",
    "alle dage 0-24": "man-søn døgnåbent",
    "fre-man 22-02": "man 22-2, fre-søn 22-2",
    "Tirs: 16.30-18\nTors: 16.30-18": "tir 16.30-18, tor 16.30-18",
    "lukket": "",
    "": "",
    "ons 9-12 (efter aftale, ring (70 20)) @huset [1.1.2027–30.6.2027]": (
        "ons 9-12 (efter aftale, ring (70 20)) @huset [1.1.2027–30.6.2027]"
    ),
    "man 20-24": "man 20-24",
}


@pytest.mark.parametrize("text", SAID)
def test_hours_are_read_as_people_write_them(text):
    found = read(text)
    assert written(found) == SAID[text]
    assert read(written(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "åbent", "man-fre", "9", "9-25", "man 9-9", "9-12-15", "man 9.75-12", "9-12 kontakt os", "xyz 9-12",
        "man 9-12, man 9-13", "man 9-12 [32.1.2027–]", "man 9-12 [2.1.2027–1.1.2027]",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_an_example(text):
    with pytest.raises(CellError, match=r"Skriv|Slet|Ret|må ikke"):
        read(text)


def test_validity_and_midnight_are_kept():
    assert read("man 18-24 [–31.12.2027]") == [
        Interval(0, time(18), time(0), valid_until=date(2027, 12, 31))
    ]
