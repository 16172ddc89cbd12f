"""The cards of the offers that were shown lately; that of an offer which has changed is made anew."""

from collections.abc import Sequence

from django.utils.translation import get_language

from offers.cards import Card
from offers.latest import Latest
from offers.listed import listed
from offers.search.index import Index

# So many cards stay in the memory of a process, some eight kilobytes each.
MOST = 2_000


class Shelf:
    """Cards by language and offer, each for as long as the index has the same signature for its offer."""

    def __init__(self, most: int = MOST):
        """Begin without cards; `most` stay."""
        self._cards: Latest[tuple[str | None, int], tuple[int, Card]] = Latest(most)

    def cards(self, index: Index, keys: Sequence[int]) -> list[Card]:
        """Return the cards of the offers `keys`, all of them in `index`, in their order.

        Those that are gone since are left out. No query when all of them stand here, else a fixed number.
        """
        language = get_language()
        signatures = dict(zip(keys, index.signatures[index.places_of(keys)].tolist(), strict=True))
        here = {}
        for key, signature in signatures.items():
            known, card = self._cards.get((language, key)) or (None, None)
            if card and known == signature:
                here[key] = card
        missing = [key for key in keys if key not in here]
        for found in listed(index, missing) if missing else ():
            here[found.pk] = card = Card(found)
            self._cards.put((language, found.pk), (signatures[found.pk], card))
        return [here[key] for key in keys if key in here]


shelf = Shelf()
