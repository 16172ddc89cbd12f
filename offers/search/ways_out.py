"""What to try when little was found: a question without one of its things, and the nearest needs. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from offers.search import letters
from offers.search.concepts import Concept, is_need_term, need_term
from offers.search.stems import stem
from offers.search.stopwords import SPOKEN, STOP_WORDS
from offers.search.thesaurus import Thesaurus, tells_little

NEAR_ENOUGH = 0.5  # the share of a phrase that is in the question
_TOKEN = re.compile(r"[^\W_]+")


def cut(text: str, concept: Concept, corrected: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what of `text` asks for `concept`, and the text without it; None when it is not found.

    `corrected` are the words that were read as others: the concept may hold either.
    """
    tokens = list(_TOKEN.finditer(text))
    folded = ["".join(letters.words(token[0], 1)) for token in tokens]
    read = [corrected.get(word, SPOKEN.get(word, word)) for word in folded]
    length = len(concept.words)
    for place in range(len(tokens) - length + 1):
        either = zip(folded[place : place + length], read[place : place + length], strict=True)
        if all(word in pair for word, pair in zip(concept.words, either, strict=True)):
            return _without(text, tokens[place].start(), tokens[place + length - 1].end())
    start = text.find(concept.words[0])
    return _without(text, start, start + len(concept.words[0])) if start >= 0 else None


def _without(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands between two places, and the rest."""
    return text[start:end], " ".join(f"{text[:start]} {text[end:]}".split())


def nearest_needs(words: Iterable[str], concepts: Sequence[Concept], thesaurus: Thesaurus) -> list[str]:
    """Return the slugs of the needs that lie nearest to what was asked for, the nearest first.

    First the needs that the words stand for; then those of which a phrase shares a telling word with
    the question, the larger the share of the phrase the nearer.
    """
    near: dict[str, float] = defaultdict(float)
    for concept in concepts:
        for term, certainty in concept.terms.items():
            if is_need_term(term):
                near[term] += 10 * certainty * concept.weight
    asked = {stem(word) for word in words if word not in STOP_WORDS}
    asked = {one for one in asked if not tells_little((one,))}
    for key, terms in thesaurus.entries.items() if asked else ():
        share = len(asked.intersection(key)) / len(key)
        if share >= NEAR_ENOUGH:
            for term, weight in terms.items():
                if is_need_term(term):
                    near[term] = max(near[term], share * weight)
    ranked = sorted(near, key=lambda term: (-near[term], term))
    return [term.removeprefix(need_term("")) for term in ranked]
