"""What words point to is learnt from phrases, whatever order these come in."""

import pytest

from offers.models import Synonym
from offers.search import current
from offers.search.associations import learn
from offers.search.letters import words
from offers.search.stems import stem

PHRASES = [
    ("kan sove natten", "søvn"),
    ("sover dårligt", "søvn"),
    ("vågner natten", "søvn"),
    ("dårlig økonomi", "penge"),
    ("regninger natten", "penge"),
    ("min mand skriger", "vold"),
    ("min kone skriger", "vold"),
    ("baby skriger", "barsel"),
]


def stems(text):
    return [stem(word) for word in words(text)]


def no_parts(stemmed):
    return ()


@pytest.fixture
def learnt():
    return learn((stems(phrase), need) for phrase, need in PHRASES)


def evidence(learnt, text):
    return learnt.evidence(stems(text), no_parts)


def test_a_word_of_one_need_points_to_it(learnt):
    assert evidence(learnt, "sover")[0][0] == "søvn"


def test_a_word_of_several_needs_points_less_surely(learnt):
    assert learnt.strength(stem("sover"), "søvn") > learnt.strength(stem("natten"), "søvn") > 0


def test_a_word_beside_a_relative_tells_more_than_alone(learnt):
    assert evidence(learnt, "min kæreste skriger")[0] > evidence(learnt, "skriger")[0]
    assert evidence(learnt, "min kæreste skriger")[0][0] == "vold"


def test_unknown_words_point_nowhere_and_parts_stand_in_for_them(learnt):
    assert evidence(learnt, "frimærker") == []
    assert learnt.evidence(["søvnproblem"], lambda _: [stem("sover")])[0][0] == "søvn"


def test_the_order_of_the_phrases_means_nothing(learnt):
    again = learn((stems(phrase), need) for phrase, need in reversed(PHRASES))
    assert again.strengths == learnt.strengths


def test_phrases_without_a_term_only_make_the_others_less_sure():
    with_one = [(["sov"], "medicin"), (["sov"], "medicin")]
    sure = learn(with_one).strength("sov", "medicin")
    assert sure == 0.0  # every phrase has it: the word tells nothing
    assert learn([*with_one, (["drik"], ""), (["drik"], "")]).strength("sov", "medicin") > 0


@pytest.mark.django_db
def test_most_phrases_are_foretold_by_the_others():
    """Four fifths of the thesaurus teach, one fifth is asked; by chance 8 % of 38 needs would be right."""
    stop_words = current.reader().analyser.stop_words
    examples = [
        ([stem(word) for word in words(phrase) if word not in stop_words], need)
        for phrase, need in sorted(Synonym.objects.exclude(need=None).values_list("phrase", "need__slug"))
        if len(words(phrase)) > 2
    ]
    learnt = learn(one for place, one in enumerate(examples) if place % 5)
    right = [need in dict(learnt.evidence(stems, no_parts)[:3]) for stems, need in examples[::5]]
    assert sum(right) / len(right) > 0.64
