"""How much a word tells: by the lists, and by how many needs the phrases of the thesaurus say it of."""

import pytest

from offers.search import current
from offers.search.hints import saying
from offers.search.letters import words
from offers.search.telling import BROAD, FORM, WEAK, weight_of
from tests.search.test_associations import learn

NEEDS = ("penge", "vold", "bolig", "søvn", "job", "fritid")
BROADLY = [(saying(words("inde"), ()), need) for need in NEEDS]
PHRASES = [*BROADLY, (saying(words("husleje"), ()), "bolig")]


@pytest.fixture
def learnt():
    return learn(PHRASES)


def test_a_word_that_is_said_of_every_need_tells_less_than_one_of_few(learnt):
    assert weight_of("inde", learnt) == pytest.approx(3 / len(NEEDS))
    assert weight_of("husleje", learnt) == 1.0


def test_a_word_that_no_phrase_has_is_not_held_to_tell_little(learnt):
    assert weight_of("antabus", learnt) == 1.0


def test_the_lists_are_right_about_their_words_and_no_word_tells_less_than_they_say():
    broad = learn([(saying(words("inde hjælp hjemme"), ()), str(number)) for number in range(99)])
    assert weight_of("inde", broad) == BROAD > FORM > WEAK
    assert weight_of("hjælp", broad) == FORM
    assert weight_of("hjemme", broad) == WEAK


def test_relatives_are_spoken_of_with_every_need_and_still_tell_who_is_asked_for():
    broad = learn([(saying(words("børn"), ()), str(number)) for number in range(99)])
    assert weight_of("børn", broad) == 1.0


@pytest.mark.django_db
def test_a_broad_word_only_helps_to_choose_among_answers():
    needs = current.reader().thesaurus.needs
    assert weight_of("inde", needs) < weight_of("gæld", needs)
    weights = {one.words: one.weight for one in current.reader().read("gæld inde").concepts}
    assert weights["inde",] < weights["gæld",] == 1.0
