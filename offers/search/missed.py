"""Which needs, at which ages, people searched for in vain. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from offers.search import box
from offers.search.concepts import SAID, Reader, need_term
from offers.search.coverage import BANDS
from offers.search.places import Place

# A count below this could point to one person, and is not told.
LEAST = 5
# So many days back are they told; what was rare until then is never told, and need not be kept.
DAYS = 90
ANY_AGE = None  # the column of searches that tell no age

Missed = dict[tuple[str, int | None], int]


def missed(reader: Reader, known: Mapping[str, Place], searches: Iterable[tuple[str, int]]) -> Missed:
    """Return how many searches in vain were for each need in each of `BANDS` (its number), or `ANY_AGE`.

    `searches` are texts and how often each was written; `known` is the gazetteer. A search counts for each
    need that its words surely stand for, and in each band of the ages it tells. Below `LEAST`, nothing.
    """
    counts: Counter[tuple[str, int | None]] = Counter()
    prefix = need_term("")
    for text, times in searches:
        read = box.read(text, known)
        ages = [one.values for one in read.taken if one.name == "alder"]
        terms = {
            term
            for concept in reader.read(read.words).asked
            for term, sure in concept.terms.items()
            if sure >= SAID and term.startswith(prefix)
        }
        for term in terms:
            for band in _bands(ages):
                counts[term.removeprefix(prefix), band] += times
    return {place: count for place, count in counts.items() if count >= LEAST}


def _bands(ages: Iterable[tuple[str, ...]]) -> list[int | None]:
    """Return the numbers of the bands that some ages touch, each once; without ages, that of any."""
    spans = [(int(values[0]), int(values[-1])) for values in ages]
    touched = [
        number
        for number, band in enumerate(BANDS)
        if any(first <= band.last and last >= band.first for first, last in spans)
    ]
    return [*touched] or [ANY_AGE]
