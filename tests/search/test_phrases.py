"""An editor's phrase, checked; a change to the thesaurus, written, read and compared."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory.fixtures import FixtureError, load
from offers.models import Need, Synonym
from offers.search import current
from offers.search.change import Difference, Fault, Wanted, line, read
from offers.search.phrases import Phrase, doubts, faults

NEEDS = {"ensom": "ensom", "uden fællesskab": "ensom"}


@pytest.mark.parametrize(
    ("phrase", "field"),
    [
        (Phrase("!!!", "søvn"), "phrase"),
        (Phrase("og", "søvn"), "phrase"),
        (Phrase("et to tre fire fem seks syv otte ni", "søvn"), "phrase"),
        (Phrase("ligger vågen", "et to tre fire fem seks syv otte ni"), "means"),
        (Phrase("ligger vågen", "…"), "means"),
        (Phrase("samtalegruppe", "Samtalegrupper"), "means"),
        (Phrase("ligger vågen", "og", both_ways=True), "means"),
    ],
)
def test_a_phrase_that_would_spoil_the_search_is_refused(phrase, field):
    assert list(faults(phrase)) == [field]


@pytest.mark.parametrize(
    "phrase",
    [
        Phrase("vil ikke mere", need="selvmordstanker"),
        Phrase("et to tre fire fem seks syv otte", "ni ti elleve tolv"),
        Phrase("hjælpemiddel", "hjælpemidler", "aeldre"),
    ],
)
def test_a_phrase_that_people_may_well_say_is_not(phrase):
    assert faults(phrase) == {}


@given(st.builds(Phrase, st.text(), st.text(), st.sampled_from(["", "ensom"]), st.booleans()))
def test_any_text_can_be_checked(phrase):
    assert set(faults(phrase)) <= {"phrase", "means"}


@pytest.mark.django_db
def test_the_rules_hold_in_the_model_and_for_fixtures(tmp_path):
    with pytest.raises(ValidationError) as caught:
        Synonym(phrase="og", means="søvn").full_clean()
    assert list(caught.value.message_dict) == ["phrase"]
    path = tmp_path / "og.yaml"
    path.write_text("- model: offers.synonym\n  fields: {phrase: og, means: søvn}\n", encoding="utf-8")
    with pytest.raises(FixtureError, match="hel vending"):
        load([path])


@pytest.mark.django_db
def test_words_and_needs_that_no_offer_has_are_doubted():
    index = current.reader().index
    Need.objects.create(slug="tom", name="Tomt behov")
    assert doubts(Phrase("ligger vågen", "hjælp alkohol", "alkohol"), index) == []
    assert "“xyzzyx” står ikke i noget tilbud." in doubts(Phrase("ligger vågen", "alkohol xyzzyx"), index)
    assert "Ingen tilbud står under behovet." in doubts(Phrase("ligger vågen", "", "tom"), index)
    assert "kun småord" in doubts(Phrase("vil ikke mere", "alkohol"), index)[0]
    assert "samme ord" in " ".join(doubts(Phrase("hjælp", "hjælp", "alkohol"), index))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ligger vågen = søvn", Phrase("ligger vågen", "søvn")),
        ("  ligger   vågen =  dårlig søvn ", Phrase("ligger vågen", "dårlig søvn")),
        ("ligger vågen = behov: Uden fællesskab", Phrase("ligger vågen", "", "ensom")),
        ("ligger vågen = søvn, behov: ENSOM", Phrase("ligger vågen", "søvn", "ensom")),
        ("værested <> varmestue", Phrase("værested", "varmestue", both_ways=True)),
    ],
)
def test_a_line_is_read_and_can_be_written_again(text, wanted):
    (one,) = read(text, NEEDS)
    assert one == Wanted(1, wanted.phrase, wanted)
    (again,) = read(line(wanted.phrase, wanted), NEEDS)
    assert again == one


def test_a_line_can_take_a_phrase_away():
    assert list(read("\n- ked af det\n", NEEDS)) == [Wanted(2, "ked af det", None)]
    assert line("ked af det", None) == "- ked af det"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("bare ord", "Linje 1: Skriv “vending = ord”"),
        ("ligger vågen =", "Linje 1: Skriv “vending = ord”"),
        ("ligger vågen = behov: findes ikke", "Linje 1: Behovet “findes ikke” findes ikke."),
        ("og = søvn", "Linje 1: “og” står i næsten alt"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_in_danish(text, sentence):
    (fault,) = read(text, NEEDS)
    assert str(fault).startswith(sentence)


@given(st.text())
def test_any_text_is_read(text):
    assert all(isinstance(one, Fault | Wanted) for one in read(text, NEEDS))


def test_a_difference_tells_who_moved():
    one = Difference("q", was=[1, 2, 3], now=[4, 2, 1])
    assert [(place.key, place.other) for place in one.before] == [(1, 3), (2, 2), (3, None)]
    assert [(place.key, place.other) for place in one.after] == [(4, None), (2, 2), (1, 1)]
    assert one.moved == 2


def test_a_difference_is_what_somebody_would_notice():
    first = list(range(10))
    assert not Difference("q", first, first)
    assert not Difference("q", [*first, 10, 11], [*first, 11, 10])
    assert Difference("q", first, [*first, 10])
    assert Difference("q", first, first[::-1])
    assert Difference("q", [], [1])
