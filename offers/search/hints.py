"""What the words of a question point to together, although none of them says it. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping

from offers.search.thesaurus import Thesaurus

# Words point to needs, and to other words, from these sums of strengths on, and plainly from the third
# one on; to so many needs and words at most; and what is plain is as sure as this.
POINTING, MEANING, PLAINLY = 0.3, 0.4, 1.2
MOST_NEEDS, MOST_MEANINGS = 2, 1
SUREST = 0.8


def pointed_to(
    thesaurus: Thesaurus,
    stems: Mapping[str, str],
    parts_of: Callable[[str], Iterable[str]],
    passed_over: Callable[[str], bool],
    share: float,
) -> tuple[dict[str, float], Collection[str]]:
    """Return the terms that words point to, each with its certainty, and the words that do it.

    `stems` gives each word by its stem, `parts_of` the stems of a compound's parts. Terms for which
    `passed_over` is true are left out; `share` of the usual evidence is enough.
    """
    terms: dict[str, float] = {}
    because: dict[str, str] = {}
    for associations, least, most in (
        (thesaurus.needs, POINTING, MOST_NEEDS),
        (thesaurus.meanings, MEANING, MOST_MEANINGS),
    ):
        sums = [
            (term, strength)
            for term, strength in associations.evidence(stems, parts_of)
            if strength >= least * share and not passed_over(term)
        ]
        for term, strength in sums[:most]:
            if strength >= sums[0][1] / 2:
                terms[term] = SUREST * min(strength / PLAINLY, 1.0)
                because |= {one: word for one, word in stems.items() if associations.strength(one, term)}
    return terms, because.values()
