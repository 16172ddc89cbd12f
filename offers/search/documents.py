"""An offer as the index sees it: weighted terms, and the facts that one can filter by. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

# What a word is worth by where it stands, and how many words such a field usually has. The lengths
# are fixed, so that a document's weights depend on the document alone (BM25F: Robertson, Zaragoza and
# Taylor, “Simple BM25 extension to multiple weighted fields”, 2004).
FIELDS: dict[str, tuple[float, int]] = {
    "title": (4.0, 5),
    "law": (4.0, 2),
    "contact": (4.0, 2),
    "keywords": (3.0, 15),
    "needs": (3.0, 15),
    "groups": (3.0, 3),
    "area": (0.3, 60),
    "summary": (2.0, 25),
    "body": (1.0, 60),
    "organisation": (1.0, 4),
    "formats": (1.0, 3),
    "years": (1.0, 2),
}
SATURATION, LENGTH_PENALTY = 1.2, 0.5
TENTHS = 10
SCALE = 1000


@dataclass(frozen=True)
class Document:
    """One offer: its key, its terms with whole-number weights, and its facts.

    `facts` names, for each group one can filter by, the values that the offer has; days are ordinals
    of the calendar (`date.toordinal`), None where there is no limit. `hours` and `closures` are the rows of
    `opening`, without the document's number.
    """

    pk: int
    order: tuple[str, str]
    terms: Mapping[str, int]
    words: frozenset[str]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    min_age: int | None = None
    max_age: int | None = None
    shown_from: int | None = None
    shown_until: int | None = None
    verified: int | None = None
    due: int | None = None
    closed_on_holidays: bool | None = None
    hours: tuple[tuple[int, ...], ...] = ()
    closures: tuple[tuple[int, ...], ...] = ()


def weigh(fields: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the weight of each term in a document, in thousandths: BM25F's saturated frequency.

    `fields` gives, for each field of `FIELDS`, its terms with their counts in tenths.
    """
    frequency: dict[str, float] = defaultdict(float)
    for name, terms in fields.items():
        boost, usual = FIELDS[name]
        length = sum(terms.values()) / TENTHS
        normal = boost / (1 - LENGTH_PENALTY + LENGTH_PENALTY * length / usual) / TENTHS
        for term, count in terms.items():
            frequency[term] += normal * count
    return {
        term: round(SCALE * tf * (SATURATION + 1) / (tf + SATURATION)) for term, tf in frequency.items()
    }
