"""Searches without a good answer are counted: each once, without a person in it, and in nobody's way."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.utils import timezone

from offers import missed_searches
from offers.missed_searches import LONGEST, Tally, is_new_search, storable, tally, write
from offers.models import SearchMiss
from offers.search.unanswered import Gap
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

# What a browser says when a person goes to a page.
PERSON = {"Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0"}
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch):
    """Let no thread write by itself while a test looks."""
    monkeypatch.setattr(missed_searches, "EVERY", 3600.0)
    tally.taken()
    yield
    tally.taken()


def counted():
    """Write what waits and return the rows."""
    tally.write()
    return {(row.words, row.kind): row.count for row in SearchMiss.objects.all()}


def search(visitor, words, headers=PERSON, path="/tilbud/", **also):
    return visitor.get(path, {"q": words, **also}, headers=headers)


def test_a_search_that_finds_nothing_is_counted_by_day_and_no_page_writes(visitor):
    for words in ("Qvintusfnas!", "qvintusfnas", "  QVINTUSFNAS  "):
        search(visitor, words)
    assert not SearchMiss.objects.exists()
    assert counted() == {("qvintusfnas", Gap.NOTHING): 3}
    assert SearchMiss.objects.get().day == timezone.localdate()
    search(visitor, "qvintusfnas", path="/en/tilbud/")
    assert counted() == {("qvintusfnas", Gap.NOTHING): 4}


def test_a_search_is_weak_when_it_finds_little_or_not_all_its_words(visitor):
    response = search(visitor, "gæld qvintusfnas")
    assert len(response.context["filter"].answer.keys) > 3
    assert counted() == {("gæld qvintusfnas", Gap.WEAK): 1}


@pytest.mark.parametrize("words", ["gæld", "min far drikker", "", "   ", "og eller"])
def test_what_is_answered_or_says_nothing_is_not_counted(visitor, words):
    search(visitor, words)
    assert counted() == {}


def test_filters_beside_the_words_are_not_the_fault_of_the_words(visitor):
    response = search(visitor, "gæld", kommune="0175", pris="betaling", alder="3")
    assert response.context["filter"].answer.keys == []
    search(visitor, "qvintusfnas", pris="gratis")
    assert counted() == {("qvintusfnas", Gap.NOTHING): 1}


@pytest.mark.parametrize(
    ("headers", "also"),
    [
        ({}, {}),  # a machine, or an old browser
        (PERSON | {"User-Agent": "Mozilla/5.0 (compatible; Somebot/2.1)"}, {}),
        (PERSON | {"Sec-Fetch-Mode": "cors"}, {}),
        (PERSON | {"HX-Request": "true"}, {}),
        (PERSON | {"Sec-Purpose": "prefetch;prerender"}, {}),
        (PERSON | {"Purpose": "prefetch"}, {}),
        (PERSON, {"page": "2"}),
        (PERSON | {"Referer": "https://vejviser.example/tilbud/?q=Qvintusfnas&pris=gratis"}, {}),
    ],
)
def test_what_is_no_new_search_by_a_person_is_not_counted(visitor, headers, also):
    search(visitor, "qvintusfnas", headers, **also)
    assert counted() == {}


def test_neither_is_asking_for_the_headers_only_nor_what_staff_try(visitor, editor):
    visitor.head("/tilbud/", {"q": "qvintusfnas"}, headers=PERSON)
    search(editor, "qvintusfnas")
    assert counted() == {}


@pytest.mark.parametrize("referer", ["", "https://vejviser.example/tilbud/?q=gæld", "http://[", "/tilbud/"])
def test_other_words_than_before_are_a_new_search(referer):
    request = RequestFactory().get("/tilbud/", {"q": "qvintusfnas"}, headers=PERSON | {"Referer": referer})
    assert is_new_search(request)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Hjælp,  til BØRNE-gruppe?! ", "hjælp til børne-gruppe"),
        ("§ 101 i Greve", "§ 101 i greve"),
        ("1888 eller 116 111", "1888 eller 116 111"),
        ("ring 116111", "ring 116111"),
        ("cpr 010190-1234 mobning", "cpr mobning"),
        ("mobning 01 01 90 12 34", "mobning"),
        ("født 01.02.1990 mobning", "født mobning"),
        ("født 1/2-90 mobning", "født mobning"),
        ("født 1. Maj 1990 mobning", "født mobning"),
        ("født 3 okt. 90 mobning", "født mobning"),
        ("åbent 1. maj", "åbent 1 maj"),
        ("skriv til Anna.B@example.org om mobning", "skriv til om mobning"),
        ("@anna mobning", "mobning"),
        ("ring 20 30 40 50 mobning", "ring mobning"),
        ("ring 20304050 mobning", "ring mobning"),
        ("ring (+45) 20-30-40-50 mobning", "ring mobning"),
        ("ring +298 123456 mobning", "ring mobning"),
        ("kode 010190 mobning", "kode mobning"),
        ("min søn på 14 er ensom", "min søn på 14 er ensom"),
        ("min datter, 12-14 år", "min datter 12-14 år"),
        ("20304050", ""),
        ("!?", ""),
        ("x", ""),
        ("a\0mobning", "a mobning"),
        ("ord " * 40, ""),
    ],
)
def test_words_are_stored_without_what_points_to_a_person(typed, stored):
    assert storable(typed) == stored
    assert storable(stored) == stored
    assert len(stored) <= LONGEST


def test_a_cpr_number_leaves_no_trace(visitor):
    search(visitor, "qvintusfnas 010190-1234")
    assert counted() == {}


def test_many_counts_become_one_row_each_and_a_day_has_a_ceiling(
    monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(missed_searches, "MOST_A_DAY", 3)
    write({("a a", DAY, Gap.NOTHING): 2, ("b b", DAY, Gap.NOTHING): 2})
    with django_assert_max_num_queries(12):
        write({(f"{letter} {letter}", DAY, Gap.NOTHING): 1 for letter in "abcdefghijklm"})
    assert dict(SearchMiss.objects.values_list("words", "count")) == {"a a": 3, "b b": 3, "c c": 1}
    write({("a a", DAY, Gap.WEAK): 1, ("z z", date(2026, 11, 23), Gap.WEAK): 1})
    assert SearchMiss.objects.filter(words="a a").count() == 1
    assert SearchMiss.objects.filter(words="z z").count() == 1


def test_memory_has_a_ceiling(monkeypatch):
    monkeypatch.setattr(missed_searches, "MOST_WAITING", 2)
    waiting = Tally()
    waiting.add({(word, DAY, Gap.WEAK): 1 for word in ("et", "to", "tre")})
    waiting.add({("et", DAY, Gap.WEAK): 4})
    assert sorted(waiting.taken().values()) == [1, 5]


def test_what_cannot_be_written_waits_and_is_not_logged(caplog):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError(f"no: {params}")

    tally.add({("hemmelige ord", DAY, Gap.NOTHING): 7})
    with connection.execute_wrapper(refuse):
        tally.write()
    assert "hemmelige" not in caplog.text
    assert counted() == {("hemmelige ord", Gap.NOTHING): 7}


PROCESS = """
import time, django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from offers import missed_searches as searches
from offers.models import SearchMiss
call_command("migrate", verbosity=0)
searches.EVERY = 0.01
searches.tally.add({("mobning", timezone.localdate(), "ingen"): 2})
until = time.monotonic() + 20
while not SearchMiss.objects.filter(count=2) and time.monotonic() < until:
    time.sleep(0.01)
print(*SearchMiss.objects.values_list("words", "count"))
"""


def test_a_process_writes_by_itself_while_it_does_other_things(tmp_path):
    env = {
        "PATH": os.environ["PATH"],
        "DEBUG": "true",
        "SECRET_KEY": "counting" * 10,
        "DJANGO_SETTINGS_MODULE": "directory.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }
    command = [sys.executable, "-c", PROCESS]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "('mobning', 2)"
