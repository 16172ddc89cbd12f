"""Pieces of text: joined they are the text again, and marked is what answers, no more and no less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.search import letters
from offers.search.analysis import Analyser
from offers.search.concepts import Concept
from offers.search.lexicon import load
from offers.search.snippets import EXCERPT_LENGTH, LEAD, Marker, Piece
from offers.search.stems import stem

ANALYSER = Analyser(load())
WORDS = ["rådgivning", "misbrugsrådgivning", "Rådgivningen", "børnegruppe", "og", "skilsmisse", "mor/far"]
texts = st.text(max_size=300) | st.lists(
    st.sampled_from([*WORDS, ".", "\n\n", "“", "hjæ\u00adlp", "A\u030ager", "x" * 90, "1.", "§ 85"]),
    max_size=80,
).map(" ".join)


def marker(*words):
    """Return a marker that was asked for each of `words` as a concept."""
    folded = map(letters.fold, words)
    terms = ({term: 1.0 for term, _ in ANALYSER.terms_of(word)} for word in folded)
    return Marker(ANALYSER, [Concept((word,), some) for word, some in zip(words, terms, strict=True)])


def marked(pieces):
    """Return the marked words."""
    return [piece.text for piece in pieces if piece.is_marked]


@given(texts)
def test_pieces_joined_are_the_text(text):
    pieces = marker("rådgivning", "barn", "hjælp").pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(texts)
def test_exactly_the_words_are_marked_whose_terms_were_asked_for(text):
    asked = {stem("rådgivning"), stem("børn"), stem("skilsmisse")}
    one = Marker(ANALYSER, [Concept(("x",), dict.fromkeys(asked, 1.0))])
    pieces = one.pieces(text)
    for piece in pieces:
        for word in letters.words(piece.text):
            terms = {term for term, _ in ANALYSER.terms_of(word)}
            assert bool(terms & asked and word not in ANALYSER.stop_words) == piece.is_marked


@given(st.lists(texts, max_size=4))
def test_an_excerpt_is_one_marked_stretch_of_a_paragraph(blocks):
    pieces = marker("rådgivning", "skilsmisse").excerpt(blocks, {0, 1})
    shown = "".join(piece.text for piece in pieces if piece.text not in {"… ", " …"})
    assert bool(marked(pieces)) == any(marked(marker("rådgivning", "skilsmisse").pieces(b)) for b in blocks)
    assert any(shown in block for block in blocks) or not shown
    assert len(shown) <= EXCERPT_LENGTH + LEAD


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("rådgivning", "Åben misbrugsrådgivning for alle.", ["misbrugsrådgivning"]),
        ("misbrugsrådgivning", "Rådgivning om misbrug", ["Rådgivning", "misbrug"]),
        ("gruppe", "Grupperne starter i en børnegruppe", ["Grupperne", "børnegruppe"]),
        ("raadgivning", "RÅDGIVNINGEN er åben", ["RÅDGIVNINGEN"]),
        ("rådgivning", "RAADGIVNINGEN er åben", ["RAADGIVNINGEN"]),
        ("far", "din mor/far, eller (far)", ["far", "far"]),
        ("hjælp", "få hjæ\u00adlp nu", ["hjæ\u00adlp"]),
    ],
)
def test_a_word_is_marked_whole_by_stem_part_and_folding(asked, text, found):
    assert marked(marker(asked).pieces(text)) == found


def test_the_sentence_with_most_of_what_was_asked_for_is_shown():
    blocks = ["Ring til os. Vi taler om skilsmisse.", "Her er rådgivning om skilsmisse. Kom bare."]
    pieces = marker("rådgivning", "skilsmisse").excerpt(blocks, {0, 1})
    assert "".join(piece.text for piece in pieces) == "Her er rådgivning om skilsmisse."


def test_a_long_sentence_is_cut_between_words():
    long = f"{'før ' * 100}rådgivning {'efter ' * 100}".strip()
    pieces = marker("rådgivning").excerpt([long], {0})
    assert (pieces[0], pieces[-1]) == (Piece("… "), Piece(" …"))
    assert marked(pieces) == ["rådgivning"]
    assert set("".join(piece.text for piece in pieces[1:-1]).split()) == {"før", "rådgivning", "efter"}


def test_of_a_long_text_each_word_is_looked_at_once():
    looked_at = []

    class Counting(Analyser):
        def _terms_of(self, word):
            looked_at.append(word)
            return super()._terms_of(word)

    one = Marker(Counting(ANALYSER.lexicon), [Concept(("x",), {"x": 1.0})])
    one.of_text("mange ord om alt muligt andet " * 4000)
    assert (
        len(looked_at)
        == len(set(looked_at))
        <= len(set(re.findall(r"\w+", "mange ord om alt muligt andet")))
    )
