"""The cards of the offers that were shown lately; that of an offer which has changed is made anew."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from django.utils.translation import get_language

from offers.cards import Card
from offers.listed import listed
from offers.search.index import Index

# So many cards stay in the memory of a process, some eight kilobytes each.
MOST = 2_000

# A language, and the key of an offer.
Key = tuple[str | None, int]


class Shelf:
    """Cards, each for as long as the index has the same signature for its offer."""

    def __init__(self, most: int = MOST):
        """Begin without cards; `most` stay."""
        self._most = most
        self._cards: OrderedDict[Key, tuple[int, Card]] = OrderedDict()
        self._lock = threading.Lock()

    def cards(self, index: Index, keys: Sequence[int]) -> list[Card]:
        """Return the cards of the offers `keys`, all of them in `index`, in their order.

        Those that are gone since are left out. No query when all of them stand here, else a fixed number.
        """
        language = get_language()
        signatures = dict(zip(keys, index.signatures[index.places_of(keys)].tolist(), strict=True))
        with self._lock:
            here = {key: card for key in keys if (card := self._standing((language, key), signatures[key]))}
        missing = [key for key in keys if key not in here]
        if missing:
            made = {found.pk: Card(found) for found in listed(index, missing)}
            with self._lock:
                self._put({(language, key): (signatures[key], card) for key, card in made.items()})
            here |= made
        return [here[key] for key in keys if key in here]

    def _standing(self, key: Key, signature: int) -> Card | None:
        """Return the card of `key` if it is of this signature. The lock is held."""
        known, card = self._cards.get(key, (None, None))
        if known != signature:
            return None
        self._cards.move_to_end(key)
        return card

    def _put(self, cards: dict[Key, tuple[int, Card]]) -> None:
        """Let new cards stand here in the place of those that nobody has asked for longest."""
        self._cards |= cards
        while len(self._cards) > self._most:
            self._cards.popitem(last=False)


shelf = Shelf()
