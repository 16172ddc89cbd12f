"""What the words of a question point to together, although none of them says it. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence

from offers.search.associations import Saying
from offers.search.stems import stem
from offers.search.thesaurus import Thesaurus

# Words point to needs, and to other words, from this sum of strengths on, and plainly from the second
# one on; to so many needs and words at most; and what is plain is as sure as this.
POINTING, PLAINLY = 0.4, 1.0
MOST_NEEDS, MOST_MEANINGS = 2, 3
SUREST = 0.8


def saying(words: Sequence[str], small: Collection[str]) -> Saying:
    """Return what folded words say, of which `small` ones tell nothing alone."""
    stems = tuple(map(stem, words))
    return Saying(
        stems, frozenset(one for one, word in zip(stems, words, strict=True) if word not in small)
    )


def pointed_to(
    thesaurus: Thesaurus,
    said: Saying,
    parts_of: Callable[[str], Iterable[str]],
    passed_over: Callable[[str], bool],
    share: float,
) -> tuple[dict[str, float], set[str]]:
    """Return the terms that a saying points to, each with its certainty, and the stems that do it.

    `parts_of` gives the stems of a compound's parts. Terms for which `passed_over` is true are left out;
    `share` of the usual evidence is enough.
    """
    terms: dict[str, float] = {}
    because: set[str] = set()
    for associations, most in ((thesaurus.needs, MOST_NEEDS), (thesaurus.meanings, MOST_MEANINGS)):
        sums = [
            (term, strength)
            for term, strength in associations.evidence(said, parts_of)
            if strength >= POINTING * share and not passed_over(term)
        ]
        for term, strength in sums[:most]:
            if strength >= sums[0][1] / 2:
                terms[term] = SUREST * min(strength / PLAINLY, 1.0)
                because.update(associations.because(said, term))
    return terms, because
