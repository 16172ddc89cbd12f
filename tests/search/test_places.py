"""Towns, districts and parts of the country lead to their municipalities."""

import doctest

import pytest

from offers.models import Municipality
from offers.search import places
from offers.search.box import read


@pytest.fixture
def known(db):
    return places.gazetteer(tuple(Municipality.objects.values_list("code", "name")))


def test_the_examples_in_the_docstrings_hold():
    results = doctest.testmod(places)
    assert results.attempted
    assert not results.failed


def test_every_place_lies_in_municipalities_that_there_are(db):
    codes = set(Municipality.objects.values_list("code", flat=True))
    names = set(Municipality.objects.values_list("name", flat=True))
    data = places._data()
    assert {name.rstrip("?!") for name in data["words"]} <= names
    assert len(data["towns"]) > 1000
    for name, found in (data["towns"] | data["regions"]).items():
        assert set(found) <= codes, name
        assert len(set(found)) == len(found), name


def test_all_municipalities_lie_in_one_region_each(db):
    regions = {
        name: codes for name, codes in places._data()["regions"].items() if name.startswith("Region ")
    }
    listed = sorted(code for codes in regions.values() for code in codes)
    assert listed == sorted(Municipality.objects.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("text", "labels", "words"),
    [
        ("Hammel", ["Hammel (Favrskov Kommune)"], ""),
        ("psykolog hammel", ["Hammel (Favrskov Kommune)"], "psykolog"),
        ("bor i Jyllinge", ["Jyllinge (Roskilde Kommune)"], ""),
        ("jeg bor i Vejen", ["Vejen"], ""),
        ("lejre", ["Lejre"], ""),
        ("LEJRE", ["Lejre"], ""),
        ("Greve?", ["Greve"], ""),
        ("Løsning", ["Løsning (Hedensted Kommune)"], ""),
        ("min søn bor i Roskilde", ["Roskilde"], "min søn"),
        ("Vi bor på Ærø", ["Ærø"], ""),
        ("Jyllinges bibliotek", ["Jyllinge (Roskilde Kommune)"], "bibliotek"),
        ("Viby Sjælland", ["Viby Sjælland (Roskilde Kommune)"], ""),
        ("4130 Viby Sj.", ["Viby Sj (Roskilde Kommune)"], ""),
        ("hjælp i Viby J.", ["Viby J (Aarhus Kommune)"], "hjælp"),
        ("viby", ["Viby (Roskilde eller Aarhus Kommune)"], ""),
        ("nykøbing f", ["Nykøbing F (Guldborgsund Kommune)"], ""),
        ("Nykoebing", ["Nykøbing (Odsherred, Guldborgsund eller Morsø Kommune)"], ""),
        ("åbenrå", ["Aabenraa"], ""),
        ("Aabenraa", ["Aabenraa"], ""),
        ("rodovre jobcenter", ["Rødovre"], "jobcenter"),
        ("roskilde kommune", ["Roskilde"], ""),
        ("Roskildes jobcenter", ["Roskilde"], "jobcenter"),
        ("Københavns Kommune", ["København"], ""),
        ("Bornholms Regionskommune", ["Bornholm"], ""),
        ("på Amager", ["Amager (Københavns Kommune)"], ""),
        ("på Ærø", ["Ærø"], ""),
        ("kgs. lyngby", ["Kgs Lyngby (Lyngby-Taarbæk Kommune)"], ""),
        ("Høje Taastrup", ["Høje-Taastrup"], ""),
        ("på Fyn", ["Fyn (10 kommuner)"], ""),
        ("i Roskilde eller Køge", ["Roskilde", "Køge"], "eller"),
        ("jobcenter i vejen", ["Vejen"], "jobcenter"),
        ("6600 vejen", ["Vejen"], ""),
        ("bor i Ringe", ["Ringe (Faaborg-Midtfyn Kommune)"], ""),
    ],
)
def test_a_place_is_read_and_shown_with_its_municipality(known, text, labels, words):
    said = read(text, known)
    assert [one.label for one in said.taken] == labels
    assert said.words == words


@pytest.mark.parametrize(
    "text",
    [
        "på vejen ud af misbrug",
        "På Vejen ud",
        "Det er svært. Vejen er lang",
        "hvad er der i vejen",
        "HVAD ER DER I VEJEN",
        "i ringe grad",
        "bange i mørke",
        "på mors side",
        "Løsning på gæld",
        "løsning",
        "lejre seng",
        "5 års fødselsdag",
        "ikke i Roskilde",
        "ikke i Roskilde eller Køge",
        "uden for Roskilde",
        "flyttet fra Roskilde",
    ],
)
def test_a_word_or_a_place_not_wished_is_no_place(known, text):
    assert read(text, known).taken == ()
