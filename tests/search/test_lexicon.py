"""Compounds: misbrugsrådgivning is found by rådgivning, and vejledning not by vej."""

import doctest
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search import letters, lexicon, stems
from offers.search.letters import WORD_LENGTH, fold
from offers.search.lexicon import DATA, Lexicon, load
from offers.search.stems import stem
from scripts import build_lexicon

GOLD = Path(__file__).parent / "data"
# Few words of many, to make words that could be split in many ways.
SYLLABLES = st.sampled_from(
    ["bo", "hus", "børn", "e", "s", "ne", "mad", "gruppe", "forældre", "tema", "aften", "å", "ø"]
)

AFF = """\
#Stavekontrolden version 9.9.9
SFX 2 Y 1
SFX 2 0 en/34 [^e]
SFX 7 Y 1
SFX 7 0 n/2,8,35,34 n
SFX 29 Y 1
SFX 29 0 s/32,35,36 .
"""
DIC = """\
9
Aabenraa/9
hjælp/2,39,29
ven/7,39
psyko-/81,32
livs-/81,32
liv/39
forbudt/6
Aa
ad hoc
"""


@pytest.fixture(scope="module")
def danish():
    """Return the lexicon as it is without editors' rules."""
    return load()


def gold(half):
    """Return the word and the stems of its parts, in each way that is right; () where it has none."""
    for line in (GOLD / f"splits_{half}.tsv").read_text("utf-8").splitlines():
        word, ways = line.split("\t")
        yield fold(word), {tuple(stem(fold(part)) for part in way.split()) for way in ways.split("|")}


@pytest.mark.parametrize(("half", "precision", "recall"), [("tune", 0.99, 0.99), ("hold", 0.98, 0.97)])
def test_compounds_are_split_as_people_would(danish, half, precision, recall):
    right = wrong = compounds = 0
    for word, ways in gold(half):
        parts = tuple(stem(part) for part in danish.split(word))
        compounds += ways != {()}
        right += parts != () and parts in ways
        wrong += parts != () and parts not in ways
    assert compounds >= 150
    assert right / (right + wrong) >= precision
    assert right / compounds >= recall


@pytest.mark.parametrize("half", ["tune", "hold"])
def test_what_is_no_compound_is_not_split(danish, half):
    simple = [word for word, ways in gold(half) if ways == {()}]
    assert len(simple) >= 80
    assert {word: danish.split(word) for word in simple if danish.split(word)} == {}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("misbrugsrådgivningen", "misbrug rådgivningen"),
        ("samtalegrupperne", "samtale grupperne"),
        ("samtalegruppernes", "samtale gruppernes"),
        ("væresteder", "være steder"),
        ("hjælpemidlerne", "hjælpe midlerne"),
        ("børnehjem", "børn hjem"),
        ("temaaftener", "tema aftener"),
        ("aeldretelefonen", "ældre telefonen"),
        ("hjemmeboende", "hjemme boende"),
        ("regningen", ""),
        ("morgenens", ""),
        ("billederne", ""),
        ("vejledere", ""),
        ("programmerne", ""),
        ("boligerne", ""),
        ("rådgiveren", ""),
    ],
)
def test_forms_are_split_where_their_word_is(danish, word, parts):
    assert danish.split(fold(word)) == tuple(fold(part) for part in parts.split())


def test_parts_that_are_compounds_are_told_too(danish):
    word = "hjerneskadekoordinator"
    assert danish.parts(word) == ("hjerneskade", "hjerne", "skade", "koordinator")
    assert danish.split(word) == ("hjerne", "skade", "koordinator")


def test_words_and_their_forms_are_known_and_slips_are_not(danish):
    for word in ("skilsmisse", "skilsmisser", "rådgivningen", "søn", "temaer", "aabenraa", "drak"):
        assert danish.is_word(fold(word)), word
    for word in ("skilsmise", "radgivning", "", "12", "zzz", "§"):
        assert not danish.is_word(word), word


def test_editors_have_the_last_word():
    rules = load(
        {"Børnehave": ("børn", "have"), "vejfest": (), "ungeteam": ("unge", "team"), "vejledning": ("vej",)}
    )
    assert rules.split("børnehaver") == ("børn", "have")
    assert rules.split("vejfesten") == ()
    assert rules.split("ungeteamets") == ("unge", "team")
    assert rules.split("vejledningen") == ("vej",)
    assert rules.split("ungeteamleder") == ("unge", "team", "leder")
    assert load().split("vejfest") == ("vej", "fest")


def test_a_rule_for_an_unknown_word_makes_it_known():
    assert not load().is_word("kvisselvask")
    assert load({"kvisselvask": ()}).is_word("kvisselvasken")


def test_rules_that_go_in_a_circle_come_to_an_end():
    circle = load({"gruppe": ("gruppe",), "forening": ("klubben",), "klubben": ("forening", "gruppe")})
    assert circle.split("gruppe") == ("gruppe",)
    assert circle.split("forening")
    assert circle.split("klubben")


def test_the_dictionary_is_read_once_a_process():
    load(), load({"fest": ()})
    assert lexicon._base.cache_info().misses == 1


class Counting(Lexicon):
    """Counts how often it looks whether a compound may begin so."""

    steps = 0

    def _beginning(self, piece):
        self.steps += 1
        return super()._beginning(piece)


@pytest.mark.parametrize(
    "word", ["a" * 10_000, "å" * WORD_LENGTH, "ene" * 20, "børnegruppe" * 5, "bo" * 30]
)
def test_the_work_is_bounded(word):
    counting = Counting(lexicon._base(), {})
    counting.split(word)
    # Every piece of the word once, and once more for each letter in which two words may meet.
    assert counting.steps <= WORD_LENGTH**3 / 2


@given(st.text(max_size=80) | st.lists(SYLLABLES, max_size=25).map("".join))
def test_any_word_is_split_into_several_shorter_ones_or_not_at_all(text):
    word = fold(text)
    parts = load().split(word)
    assert len(parts) != 1
    assert all(part and len(part) < len(word) for part in parts)
    assert set(parts) <= set(load().parts(word))
    assert load().split(word) == parts


def test_the_data_say_where_they_come_from():
    header = gzip.decompress((DATA / "lexicon.txt.gz").read_bytes()).decode().split("\n")[0]
    told = json.loads(header)
    assert told["source"] in (DATA / "NOTICE").read_text("utf-8")
    assert told["licence"].startswith("MPL 1.1")
    assert "MOZILLA PUBLIC LICENSE" in (DATA / "MPL-1.1.txt").read_text("utf-8")


def built(folder):
    """Return the classes that the script makes of a small dictionary in `folder`."""
    (folder / "da_DK.aff").write_text(AFF, "utf-8")
    (folder / "da_DK.dic").write_text(DIC, "utf-8")
    suffixes, version = build_lexicon.read_suffixes(folder / "da_DK.aff")
    words = build_lexicon.Words()
    for entry in build_lexicon.read_entries(folder / "da_DK.dic"):
        words.add(entry, suffixes)
    return words.classes(), version


def test_the_script_gathers_words_by_their_endings_and_links(tmp_path):
    classes, version = built(tmp_path)
    assert version == "Stavekontrolden version 9.9.9"
    assert classes == {
        (True, False, (), ()): ["å", "åbenrå"],
        (False, True, (("", "s"),), ()): ["liv"],
        (False, True, (("", "s"),), (("", "en"),)): ["hjælp"],
        (False, True, (), (("", "nen"),)): ["ven"],
    }


def test_the_script_makes_the_same_bytes_of_the_same_words(tmp_path):
    assert build_lexicon.packed(*built(tmp_path)) == build_lexicon.packed(*built(tmp_path))


@pytest.mark.parametrize("module", [letters, stems, lexicon], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0
