"""Words that cannot wait: heard through small words between, whatever else is asked. Pure."""

from collections.abc import Collection, Sequence

from offers.search.concepts import Concept, How, need_term
from offers.search.stems import stem
from offers.search.thesaurus import LONGEST_PHRASE, Thesaurus, key_of

# “Jeg vil faktisk bare ikke leve længere” is said as surely without these.
_FILLERS = """
altså bare da egentlig faktisk helt jo lige længere mere nok nu også rigtig simpelthen slet snart så
virkelig vist ærligt
"""
FILLERS = frozenset(_FILLERS.split())
# The beginning of a word tells of a crisis only when so much of it is there: “selvm”, but not “kvi”.
SHORTEST_BEGINNING = 5


def heard(
    words: Sequence[str], concepts: Sequence[Concept], thesaurus: Thesaurus, needs: Collection[str]
) -> list[str]:
    """Return those of `needs` (slugs) that the words of a question, or its concepts, stand for.

    A phrase about such a need is heard with `FILLERS` between its words, too. A guess is not heard.
    """
    terms = {term for one in concepts if _is_said(one) for term in one.terms}
    stems = [word for word in words if word not in FILLERS]
    for place in range(len(stems)):
        for length in range(2, min(LONGEST_PHRASE, len(stems) - place) + 1):
            terms.update(thesaurus.entries.get(key_of(stems[place : place + length]), ()))
    return [slug for slug in needs if need_term(slug) in terms]


def _is_said(concept: Concept) -> bool:
    """Whether a concept is more than the first letters of something."""
    return concept.how is not How.COMPLETED or len(stem(concept.words[0])) >= SHORTEST_BEGINNING
