"""What words point to is learnt from phrases, whatever order these come in."""

import pytest

from offers.models import Synonym
from offers.search.associations import Learner, Saying, features
from offers.search.hints import saying
from offers.search.letters import words
from offers.search.stems import stem
from offers.search.stopwords import STOP_WORDS

PHRASES = [
    ("kan sove natten", "søvn"),
    ("sover dårligt", "søvn"),
    ("vågner natten", "søvn"),
    ("dårlig økonomi", "penge"),
    ("regninger natten", "penge"),
    ("min mand skriger", "vold"),
    ("min kone skriger", "vold"),
    ("baby skriger", "barsel"),
    ("har ikke til husleje", "penge"),
]


def said(text):
    return saying(words(text), STOP_WORDS)


def learn(examples):
    """Return what phrases teach, each with the term that it stands for."""
    learner = Learner()
    for phrase, term in examples:
        learner.hear(features(phrase), term)
    return learner.learnt()


def no_parts(stemmed):
    return ()


@pytest.fixture
def learnt():
    return learn((said(phrase), need) for phrase, need in PHRASES)


def evidence(learnt, text):
    return learnt.evidence(said(text), no_parts)


def test_a_word_of_one_need_points_to_it(learnt):
    assert evidence(learnt, "sover")[0][0] == "søvn"


def test_a_word_of_several_needs_points_less_surely(learnt):
    assert learnt.strength(stem("sover"), "søvn") > learnt.strength(stem("natten"), "søvn") > 0


def test_a_word_beside_a_relative_tells_more_than_alone(learnt):
    assert evidence(learnt, "min kæreste skriger")[0] > evidence(learnt, "skriger")[0]
    assert evidence(learnt, "min kæreste skriger")[0][0] == "vold"


def test_unknown_words_point_nowhere_and_parts_stand_in_for_them(learnt):
    assert evidence(learnt, "frimærker") == []
    assert learnt.evidence(said("søvnproblem"), lambda _: [stem("sover")])[0][0] == "søvn"


def test_the_order_of_the_phrases_means_nothing(learnt):
    again = learn((said(phrase), need) for phrase, need in reversed(PHRASES))
    assert again == learnt


def test_small_words_tell_nothing_alone_but_beside_each_other(learnt):
    assert learnt.strength(stem("ikke"), "penge") == 0.0
    assert evidence(learnt, "har ikke til mad")[0][0] == "penge"
    assert evidence(learnt, "til ikke har") == []


def test_it_is_told_which_words_point_to_a_term(learnt):
    assert learnt.because(said("min kæreste skriger altid"), "vold") == {"min", "kærest", "skrig"}
    assert learnt.because(said("har ikke til mad"), "penge") == {"har", "ikk", "til"}


def test_a_word_is_as_broad_as_the_terms_its_phrases_are_spread_over(learnt):
    assert learnt.breadths[stem("sover")] == 1.0
    assert learnt.breadths[stem("natten")] == pytest.approx(1.89, abs=0.01)


def test_phrases_without_a_term_only_make_the_others_less_sure():
    sleeps, drinks = (Saying((one,), frozenset({one})) for one in ("sov", "drik"))
    with_one = [(sleeps, "medicin"), (sleeps, "medicin")]
    sure = learn(with_one).strength("sov", "medicin")
    assert sure == 0.0  # every phrase has it: the word tells nothing
    assert learn([*with_one, (drinks, ""), (drinks, "")]).strength("sov", "medicin") > 0


@pytest.mark.django_db
def test_most_phrases_are_foretold_by_the_others():
    """Four fifths of the thesaurus teach, one fifth is asked; by chance 8 % of 38 needs would be right."""
    examples = [
        (said(phrase), need)
        for phrase, need in sorted(Synonym.objects.exclude(need=None).values_list("phrase", "need__slug"))
        if len(words(phrase)) > 2
    ]
    learnt = learn(one for place, one in enumerate(examples) if place % 5)
    right = [need in dict(learnt.evidence(one, no_parts)[:3]) for one, need in examples[::5]]
    assert sum(right) / len(right) > 0.77
