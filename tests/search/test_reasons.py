"""Why an offer answers: each thing asked for is told by the text that says it best."""

from hypothesis import given
from hypothesis import strategies as st

from offers.search.concepts import PART, PHRASE, Concept, need_term
from offers.search.reasons import MOST_TOPICS, NeedText, Texts, reasons
from offers.search.snippets import Marker
from tests.search.test_snippets import ANALYSER, marked, marker, texts

DRINKS = Concept(
    ("min", "far", "drikker"), {need_term("familie-drikker"): PHRASE, "far": PART, "drik": PART}
)
FAMILY = NeedText(("familie-drikker", "misbrug"), "En i familien drikker", "druk, fuld far")


def shown(pieces):
    """Return the text of pieces."""
    return "".join(piece.text for piece in pieces)


def test_what_the_card_shows_is_marked_there_and_not_said_again():
    why = reasons(marker("alkohol"), Texts("Alkohol", "Om alkohol.", description="Mere om alkohol."))
    assert (marked(why.title), marked(why.summary)) == (["Alkohol"], ["alkohol"])
    assert (why.excerpt, why.topics) == ((), ())


def test_what_only_the_body_says_is_shown_by_its_sentence():
    why = reasons(
        marker("skilsmisse"), Texts("Råd", "Ring.", description="Vi hjælper. Også ved skilsmisse. Kom.")
    )
    assert shown(why.excerpt) == "Også ved skilsmisse."


def test_what_only_the_need_says_is_said_in_words():
    why = reasons(Marker(ANALYSER, [DRINKS]), Texts("Råd", "Ring.", needs=[FAMILY]))
    assert [shown(topic) for topic in why.topics] == ["En i familien drikker"]
    assert not why.excerpt


def test_a_word_of_a_phrase_is_too_little_for_a_sentence_of_its_own():
    texts = Texts(
        "Råd", "Ring.", description="Er der fare, så ring 112.", needs=[NeedText(("ensom",), "Ensom")]
    )
    why = reasons(Marker(ANALYSER, [DRINKS]), texts)
    assert (why.excerpt, [shown(topic) for topic in why.topics]) == ((), ["Ensom"])


def test_a_keyword_says_what_nothing_else_says():
    why = reasons(marker("friplads"), Texts("Råd", "Ring.", keywords=["søskende", "økonomisk friplads"]))
    assert [shown(topic) for topic in why.topics] == ["økonomisk friplads"]


@given(texts, texts, texts, st.lists(texts, max_size=9))
def test_any_texts_have_reasons(title, summary, body, keywords):
    why = reasons(marker("rådgivning", "barn"), Texts(title, summary, "", body, keywords, [FAMILY]))
    assert (shown(why.title), shown(why.summary)) == (title, summary)
    assert len(why.topics) <= MOST_TOPICS


@given(texts)
def test_nothing_is_marked_when_no_words_were_asked_for(text):
    why = reasons(Marker(ANALYSER, []), Texts(text, text, description=text, needs=[FAMILY]))
    assert not marked(why.title + why.summary)
    assert not why.excerpt
    assert not why.topics
