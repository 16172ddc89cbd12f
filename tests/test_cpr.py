"""A CPR number that somebody types is refused, and nothing of the page shows it again.

The numbers are put together here, so that none stands in the tree.
"""

import re
from datetime import date
from html import unescape
from urllib.parse import unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers import cpr
from tests.test_offer_list import make_offer

DATE, LAST = "0101" + "90", "12" + "34"
WAYS = [f"{DATE}-{LAST}", f"{DATE}{LAST}", f"{DATE} {LAST}", f"{DATE[:2]} {DATE[2:4]} {DATE[4:]} - {LAST}"]
WAYS += [f"{DATE[:2]}.{DATE[2:4]}.{DATE[4:]}–{LAST}", f"{DATE}\u200b{LAST}", f"CPR{DATE}_{LAST}"]
DAY, MONTH, YEAR = DATE[:2], DATE[2:4], DATE[4:]
WAYS += [f"{DATE}{' ' * 9}{LAST}", f"{DAY}----{MONTH}    {YEAR}\u200b\u200b\u200b\u200b- {LAST}"]
WAYS += [f"{DAY}{MONTH}19{YEAR}-{LAST}", f"{DAY}.{MONTH}.19{YEAR} {LAST}", f"{DAY}{MONTH}2012-5{LAST[1:]}"]
WAYS += [" ".join(DATE + LAST), "-".join(DATE) + " - " + "-".join(LAST), f"{DATE} {' '.join(LAST)}"]
WAYS += [f"{DAY} {MONTH} {YEAR} 12 34", f"{DAY}-{MONTH}-{YEAR}-12-34", f"{DATE}-12 34"]
WAYS += [f"61{MONTH}{YEAR}-{LAST}", f"{DATE} cpr {LAST}", f"{DATE}, CPR-nr.: {LAST}"]
WAYS += [f"{DATE} personnummer {LAST}"]
LISTS = ["/tilbud/", "/politikker/", "/bibliotek/", "/soeg-i-politik/", "/ideer/"]


@pytest.mark.parametrize("number", WAYS)
def test_a_number_is_found_however_it_is_written(number):
    assert cpr.find(f"min mor {number} drikker")
    assert cpr.removed(f"min mor {number}").strip() in {"min mor", "min mor CPR"}


@pytest.mark.parametrize("number", ["2902" + "00" + LAST, "2902" + "96" + LAST, "3112" + "12" + LAST])
def test_a_day_of_some_century_is_a_date(number):
    assert cpr.find(number)


@pytest.mark.parametrize(
    "text",
    [
        "70 20 12 11",
        "70201211",
        "+45 70 20 12 11",
        "12345678",
        "3102" + "90" + LAST,
        "0113" + "90" + LAST,
        "2902" + "97" + LAST,
        "0001" + "90" + LAST,
        DATE + LAST + "5",
        "1" + DATE + LAST,
        DATE,
        "01-01-1990",
        "SEL § 101",
        "",
        "35 55 55 57",
        "+45 20 12 10 34",
        "+49 30 12 10 34 56",
        "0045 20 12 10 34",
        "01.02.2026 1400",
        "01.02.2026 14:30",
        "01.02.26 14.30",
        "01.02.26 10-12",
        "01.01.2026-31.12.2026",
        "01-01-1990 - 31-12-1999",
        "1990-1999",
        "4000-4040 Roskilde, 1.200,50 kr",
        "kl. 10.30-14.00",
        "9201" + "90" + LAST,
        "6013" + "90" + LAST,
    ],
)
def test_other_numbers_stay(text):
    assert cpr.find(text) == []
    assert cpr.removed(text) == text


@given(
    st.lists(st.sampled_from([DATE, LAST, DATE + LAST, "-", " ", "x", "1", "å"]), max_size=20).map("".join)
)
def test_nothing_is_left_however_the_parts_stand(text):
    left = cpr.removed(text)
    assert cpr.find(left) == []
    assert cpr.removed(left) == left


SIGNS = st.text(st.sampled_from(" -–._/\u200b\n"), max_size=12)
DATES = st.dates(date(1900, 1, 1), date(2026, 12, 31)).map(lambda day: day.strftime("%d%m%y"))
PAIR = st.integers(0, 99).map("{:02}".format)


@given(DATES, st.lists(SIGNS, min_size=3, max_size=3), st.integers(0, 9999).map("{:04}".format))
def test_any_signs_between_the_parts_hide_nothing(day, signs, last):
    number = f"{day[:2]}{signs[0]}{day[2:4]}{signs[1]}{day[4:]}{signs[2]}{last}"
    assert cpr.removed(f"mor {number}, alkohol").split() == ["mor", ",", "alkohol"]
    assert cpr.hidden(cpr.hidden(number)) == cpr.hidden(number) == cpr.MARK


@given(st.lists(PAIR, min_size=4, max_size=4), st.sampled_from(["", "+45 ", "0045 ", "tlf. "]))
def test_a_danish_telephone_number_stays(pairs, before):
    for sign in ("", " ", "-", "."):
        text = f"ring {before}{sign.join(pairs)}, så"
        assert cpr.removed(text) == text


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.times(), st.sampled_from(["%H%M", "%H:%M", "%H.%M"])
)
def test_a_day_and_a_time_of_it_stay(day, time, form):
    text = f"{day:%d.%m.%Y} {time.strftime(form)}"
    assert cpr.removed(text) == text


@pytest.mark.parametrize("times", [2, 700])
def test_of_numbers_inside_numbers_no_digit_is_left(times):
    text = f"{DATE} " * times + f"{LAST} " * times
    assert not re.search(r"\d", cpr.removed(text) + cpr.hidden(text))


@pytest.mark.parametrize("part", ["01", "01 ", "0 ", "01-", " ", "cpr", DATE + " ", DATE + " cpr ", "+45 "])
def test_a_long_text_that_almost_is_one_is_read_through(part):
    cpr.removed(DATE + part * 10_000)


def shows(response, number):
    """Say whether a page has the digits of the number anywhere, as text, in a link or as an entity."""
    html = unquote_plus(unescape(response.content.decode()))
    digits = "".join(filter(str.isdigit, number))
    return any(part in html for part in (DATE, LAST, number, digits))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("number", WAYS[::3])
def test_it_is_refused_and_stands_nowhere_on_the_page(visitor, caplog, path, number):
    response = visitor.get(path, {"q": f"ensom {number} alkohol", "sorter": number, number: "x"})
    html = response.content.decode()
    assert 'id="id_q_error"' in html
    assert str(cpr.REFUSED) in html
    assert 'value="ensom' in html
    assert not shows(response, number)
    assert DATE not in caplog.text


def test_the_rest_is_still_searched_and_pages_and_chips_lack_the_number(visitor):
    for number in range(25):
        make_offer(f"nr-{number}", keywords="sideprøve")
    response = visitor.get("/tilbud/", {"q": f"sideprøve i Roskilde {WAYS[0]} på 14", "behov": WAYS[1]})
    html = response.content.decode()
    assert response.context["filter"].question.words == "sideprøve"
    assert "Side 1 af 2" in html
    assert "page=2" in html
    assert not shows(response, WAYS[0])


def test_in_another_field_it_is_told_there(visitor):
    response = visitor.get("/tilbud/", {"alder": WAYS[1], "q": "ensom"})
    assert 'id="id_alder_error"' in response.content.decode()
    assert not shows(response, WAYS[1])


def test_suggestions_opened_by_hand_lead_on_without_it(visitor):
    response = visitor.get("/forslag/", {"q": f"ensom {WAYS[0]}"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/tilbud/?q=ensom"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["page", "a" + WAYS[0], "findes-ikke"])
def test_beside_the_fields_it_is_told_at_the_words_though_there_are_none(visitor, path, name):
    response = visitor.get(path, {name: WAYS[1], "sorter": ""})
    assert str(cpr.REFUSED) in response.content.decode()
    assert not shows(response, WAYS[1])


def test_the_way_from_the_second_group_to_all_lacks_it(visitor):
    words = {"q": f"ensom {WAYS[0]}", "page": "1"}
    response = visitor.get("/soeg-i-politik/", words, headers={"HX-Request": "true"})
    assert 'href="/soeg-i-politik/?q=ensom"' in response.content.decode()
    assert not shows(response, WAYS[0])
