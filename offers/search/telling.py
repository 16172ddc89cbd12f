"""How much a word tells of what is asked for. Pure.

The inverse document frequency of a small directory cannot know it: “inde” stands in one offer by chance.
But among the thousands of phrases of the thesaurus it is said of every need, and so tells of none.
"""

from offers.search.associations import Associations
from offers.search.kin import names_kin
from offers.search.stems import stem
from offers.search.stopwords import FORM_WORDS, WEAK_WORDS

# What a word is worth that tells little, and one that says in which form help comes; see `stopwords`.
WEAK, FORM = 0.25, 0.3
# A word whose phrases are spread over more needs than this tells less, in proportion, but no less than
# the second one.
NEEDS, BROAD = 3.0, 0.35


def listed_weight(word: str) -> float:
    """Return how much a folded word tells, as far as the lists know: 1 when it stands in none."""
    if word in FORM_WORDS:
        return FORM
    return WEAK if word in WEAK_WORDS else 1.0


def weight_of(word: str, needs: Associations) -> float:
    """Return how much a folded word tells of what is asked for, by the lists and by what `needs` learnt."""
    broad = 1.0 if names_kin(stem(word)) else NEEDS / needs.breadths.get(stem(word), 1.0)
    return min(listed_weight(word), max(BROAD, broad))
