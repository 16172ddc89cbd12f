"""Small words of English, which tell no need. Pure.

Many are Danish words, too (“to” is two, “by” a town), so those are passed over only in English text.
"""

from collections.abc import Iterable

from offers.search.stopwords import STOP_WORDS

# No Danish words; the search knows no Danish phrase or offer with one of them either.
_ONLY_ENGLISH = """
about also always anybody anymore anyone away because been before being between both cannot cant could
couldn didn does doesn doing during ever every everyone everything feel get gets getting goes going gonna
got hasn having hello help here him himself herself how if into its keep keeps know later looking ll make
makes many maybe me much myself need needs never nothing now often one only our own people please quite
really she should since somebody someone something sometimes take than thank thanks that their then there
these they think those today too tried trying use used very want wants was wasn we well went were what when
where which while why without won wont would you your yours
"""
ONLY_ENGLISH = frozenset(_ONLY_ENGLISH.split())
_DANISH_TOO = """
a after all am an and any are as ask at back be but by can d did do don dont else even find for from give go
had has have he her hers hi his i im in is isn it just let like live longer lot m mine more must my no not
of off on or out over re s so some still t tell the them thing things this to try us ve who will with yes
"""
DANISH_TOO = frozenset(_DANISH_TOO.split())
SMALL_WORDS = ONLY_ENGLISH | DANISH_TOO
# Words of one's family say as surely in which language somebody writes.
_FAMILY = """
boyfriend brother child children dad daughter father girlfriend husband mother mum parents sister wife
"""
_TELLING = ONLY_ENGLISH.union(_FAMILY.split(), ["the", "my"])
_ONLY_DANISH = STOP_WORDS - DANISH_TOO - ONLY_ENGLISH


def small_words(words: Iterable[str]) -> frozenset[str]:
    """Return which words are small ones in a text of these folded words; none unless it is English.

    It is when a word of it is English only, and none of its small words is Danish only.

    >>> "to" in small_words(["i", "want", "to", "die"]), "to" in small_words(["to", "børn"])
    (True, False)
    """
    found = frozenset(words)
    return frozenset() if _TELLING.isdisjoint(found) or found & _ONLY_DANISH else SMALL_WORDS
