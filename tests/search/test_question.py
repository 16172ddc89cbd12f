"""The index as a value: what it counts is what one would find by looking at each document."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Offer
from offers.search import current
from offers.search.analysis import Analyser
from offers.search.concepts import Concept, Reader, Understanding
from offers.search.documents import Document, weigh
from offers.search.hints import saying
from offers.search.index import EVERYWHERE, build
from offers.search.letters import words as words_of
from offers.search.lexicon import load
from offers.search.question import Order, Question, answer
from offers.search.ranking import scores
from offers.search.thesaurus import Thesaurus
from tests.search.test_associations import learn
from tests.test_offer_list import make_offer

GROUPS = ("behov", "kommune")
DAY = date(2026, 11, 22).toordinal()
NEEDS, PLACES = ("ensom", "vold", "gæld"), ("0265", "0175")


class Silent(Reader):
    """A reader that reads nothing out of any text."""

    def __init__(self, index):
        super().__init__(index, None, Thesaurus({}))

    def read(self, text, *, correct=True):
        return Understanding()


def documents():
    """Draw documents with facts, ages and windows."""
    limit = st.none() | st.integers(0, 5)
    day = st.none() | st.integers(DAY, DAY + 5)
    facts = st.fixed_dictionaries(
        {
            "behov": st.sets(st.sampled_from(NEEDS)).map(tuple),
            "kommune": st.sets(st.sampled_from(PLACES)).map(lambda some: tuple(some) or (EVERYWHERE,)),
        }
    )
    return st.lists(st.tuples(facts, limit, limit, day, day), max_size=12)


def fits(row, question, day, without=None):
    """Say by looking at one document whether it answers; the filter of group `without` is lifted."""
    facts, youngest, oldest, begins, ends = row
    if (begins is not None and begins > day) or (ends is not None and ends < day):
        return False
    age = question.age
    if age is not None and ((youngest or 0) > age or (oldest is not None and oldest < age)):
        return False
    return all(
        group == without or not chosen or {*chosen, EVERYWHERE} & set(facts[group])
        for group, chosen in question.chosen.items()
    )


@given(
    documents(),
    st.none() | st.integers(0, 6),
    st.sets(st.sampled_from(NEEDS)),
    st.sets(st.sampled_from(PLACES)),
    st.integers(DAY, DAY + 6),
)
def test_answers_and_counts_are_those_of_looking_at_each(rows, age, needs, places, day):
    index = build(
        [
            Document(number, (str(number).zfill(3), ""), {}, frozenset(), facts, low, high, begins, ends)
            for number, (facts, low, high, begins, ends) in enumerate(rows)
        ],
        GROUPS,
    )
    question = Question(age=age, chosen={"behov": tuple(needs), "kommune": tuple(places)}, order=Order.NAME)
    found = answer(Silent(index), question, datetime.fromordinal(day))
    assert found.keys == [number for number, row in enumerate(rows) if fits(row, question, day)]
    for group, values in (("behov", NEEDS), ("kommune", PLACES)):
        for value in values:
            expected = sum(
                fits(row, question, day, without=group) and bool({value, EVERYWHERE} & set(row[0][group]))
                for row in rows
            )
            counts = found.counts[group]
            assert counts.get(value, counts.get(EVERYWHERE, 0)) == expected


def test_a_document_that_meets_more_concepts_stands_higher():
    fields = [{"title": {"sorg": 10}}, {"title": {"sorg": 10, "gruppe": 10}}, {"body": {"gruppe": 10}}]
    index = build(
        [Document(n, (str(n), ""), weigh(terms), frozenset()) for n, terms in enumerate(fields)], ()
    )
    score = scores(index, [Concept(("sorg",), {"sorg": 1.0}), Concept(("gruppe",), {"gruppe": 1.0})])
    assert score[1] > score[0] > 0


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    assert weigh({"title": {"sorg": 10}})["sorg"] > weigh({"body": {"sorg": 10}})["sorg"]


@pytest.mark.django_db
@pytest.mark.parametrize("at", [date(2019, 1, 1), date(2020, 1, 1), date(2026, 11, 22)])
def test_published_means_the_same_in_the_index_and_in_the_database(at):
    Offer.objects.filter(slug="insp").update(publish_until="2019-12-31")
    Offer.objects.filter(slug="spottet").update(publish_from="2020-01-01")
    index = current.reader().index
    in_index = set(index.keys[index.published(at.toordinal())].tolist())
    assert in_index == set(Offer.objects.published(at).values_list("pk", flat=True))


def test_several_words_for_one_thing_are_one_thing():
    fields = [{"title": {"ensom": 10}}, {"title": {"ensom": 10, "alen": 10}}]
    index = build(
        [Document(n, (str(n), ""), weigh(terms), frozenset()) for n, terms in enumerate(fields)], ()
    )
    one = scores(index, [Concept(("ensom",), {"ensom": 1.0, "alen": 1.0})])
    two = scores(index, [Concept(("ensom",), {"ensom": 1.0}), Concept(("alene",), {"alen": 1.0})])
    assert one[0] < one[1]
    assert one[1] / one[0] < two[1] / two[0]


def test_the_need_of_the_best_answer_leads_to_others():
    needs = [{"behov:hjemloes": 1700}, {"behov:hjemloes": 1700}, {"behov:vold": 1700}, {}]
    words = [{"title": {"nødherberg": 10}}, {}, {}, {}]
    index = build(
        [
            Document(n, (str(n), ""), weigh(own) | need, frozenset(), {"behov": ("hjemloes", "vold")})
            for n, (own, need) in enumerate(zip(words, needs, strict=True))
        ],
        ("behov",),
    )
    score = scores(index, [Concept(("nødherberg",), {"nødherberg": 1.0})])
    assert score[0] > score[1] > 0 == score[2] == score[3]


@pytest.mark.django_db
def test_words_point_to_a_need_that_no_phrase_names():
    asked = current.reader().read("han er ædru om dagen og fuld om natten")
    assert asked.hint
    assert any("misbrug" in term or "alkohol" in term for term in asked.hint.terms)
    assert "fuld" in asked.hint.words
    assert asked.hint not in asked.concepts
    assert current.reader().read("han er fuld", correct=False).hint is None
    assert current.reader().read("sidder i kørestol").hint is None  # a phrase says it already
    assert current.reader().read("frimærker").hint is None


@pytest.mark.django_db
def test_ones_own_relative_is_not_what_is_asked_about():
    reader = current.reader()
    weights = {one.words: one.weight for one in reader.read("mine forældre samler frimærker").concepts}
    assert weights["forældre",] < weights["frimærker",]
    assert [one.weight for one in reader.read("forældre").concepts] == [1.0]


def test_a_faint_hint_is_better_than_no_answer():
    need = "behov:stoette"
    index = build([Document(1, ("a", ""), {need: 1700}, frozenset())], ())
    taught = [("trapper gå", need), ("trapper", "behov:bolig"), ("gå", "behov:fritid")]
    learnt = learn((saying(words_of(phrase), ()), term) for phrase, term in taught)
    phrases = Thesaurus({("gå", "trap"): {"behov:handicap": 1.0}}, frozenset(), learnt)
    found = Reader(index, Analyser(load()), phrases).read("gå trapper")
    assert [one.terms.keys() for one in found.concepts] == [{"gå", "trap", "behov:handicap"}]
    assert found.hint
    assert set(found.hint.terms) == {need}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "right"), [("skilsmise", "skilsmisse"), ("gratis skilsmise", "skilsmisse")]
)
def test_a_slip_that_stemming_takes_away_is_still_told(typed, right):
    assert right in current.reader().read(typed).corrected.values()
    assert current.reader().read("skilsmisser misbrugsrådgivningen").corrected == {}
    assert current.reader().read(typed, correct=False).corrected == {}


@pytest.mark.django_db
def test_a_whole_word_at_the_end_is_not_ended_otherwise():
    read = current.reader().read
    assert not {term for one in read("kommer i morgen").concepts for term in one.terms if "kvalm" in term}
    assert "behov:skilsmisse" in {term for one in read("hjælp ved skilsm").concepts for term in one.terms}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "is_all"), [("min qvintus", False), ("bor", True), ("min søn bor", True)]
)
def test_words_that_hardly_tell_a_need_leave_nothing_out_beside_a_filter(words, is_all):
    make_offer("a", title="Qvintus")
    make_offer("b", title="Lampe")
    place = {"kommune": ("0253",)}
    found = current.ask(Question(words=words, chosen=place)).keys
    assert (set(found) == set(current.ask(Question(chosen=place)).keys)) is is_all
