"""Stems: the forms of a word meet, and words that only look alike do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search import lexicon, stems
from offers.search.letters import fold
from offers.search.stems import stem

FAMILIES = [
    "barn barnet barns børn børnene børns",
    "plejebarn plejebørn plejebørnene",
    "mand mænd mændene",
    "mor mødre mødrene moderen",
    "far fædre fædrene",
    "datter datteren døtre døtrene",
    "bror brødre brødrene",
    "søster søstre søstrene",
    "forælder forældre forældrene",
    "bedsteforælder bedsteforældre",
    "center centret centeret centre centrene centrets",
    "jobcenter jobcentret jobcentre",
    "hjælpemiddel hjælpemidler hjælpemidlerne",
    "kursus kurser kurset kurserne",
    "museum museet museer",
    "fødsel fødslen fødsler",
    "uge ugen uger ugerne",
    "drik drikke drikker drak drukket",
    "slå slår slog slået",
    "hjælpe hjælper hjalp hjulpet hjælp",
    "høre hører hørt hørte",
    "miste mister mistet mistede",
    "ryge ryger rygere rygning",
    "ung unge unges yngre",
    "gammel gamle gammelt",
    "voksen voksne voksnes",
    "syg syge sygt",
    "alvorlig alvorlige alvorligt",
    "ensom ensomme ensomt ensomhed",
    "åben åbne åbent",
    "sikker sikre sikkert",
    "aktivitet aktiviteter aktiviteterne",
    "gruppe grupper gruppen gruppernes",
    "kæreste kærester kæresten",
    "tema temaer temaet temaerne",
    "firma firmaer firmaet",
    "nabo naboen naboer naboerne",
    "video videoer videoerne",
    "lejlighed lejligheder lejligheden",
    "ledig ledige ledigt ledighed",
]
STRANGERS = [
    "demens dem",
    "aldrig alder",
    "billig bil",
    "farlig far",
    "fattig fat",
    "ledig leder",
    "lejlighed leje",
    "oversigt over",
    "ryge ryg",
    "værelse været",
    "datter date",
    "kursus kur",
    "kræft kræfter",
    "far får",
    "barn bar",
    "voksen vokse",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_forms_of_a_word_have_one_stem(family):
    assert len({stem(fold(word)) for word in family.split()}) == 1


@pytest.mark.parametrize("strangers", STRANGERS)
def test_words_that_only_look_alike_keep_apart(strangers):
    one, other = (stem(fold(word)) for word in strangers.split())
    assert one != other


def test_every_danish_word_has_a_stem_that_is_its_own_stem():
    folded = set(lexicon._base().words) | set(stems._KNOWN)
    assert [word for word in folded if stem(stem(word)) != stem(word)] == []
    assert all(stem(word) for word in folded)


@given(st.text() | st.text("abdeghilmnorstuvæøå", max_size=70))
def test_any_word_has_a_stem_that_is_its_own_stem(text):
    assert stem(stem(fold(text))) == stem(fold(text))


@pytest.mark.parametrize("word", ["", "1234", "16årig", "covid19", "\ud800", "§85", "a b", "en" * 5_000])
def test_what_is_no_word_is_left_alone(word):
    assert stem(word) == word
