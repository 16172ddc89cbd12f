"""The cards of the offers that were shown lately; that of an offer which has changed is made anew."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from offers.cards import Card
from offers.models import Offer
from offers.search.index import Index

# So many cards stay in the memory of a process, some ten kilobytes each.
MOST = 500


class Shelf:
    """Cards, each for as long as the index has the same signature for its offer."""

    def __init__(self, most: int = MOST):
        """Begin without cards; `most` stay."""
        self._most = most
        self._cards: OrderedDict[int, tuple[int, Card]] = OrderedDict()
        self._lock = threading.Lock()

    def cards(self, index: Index, keys: Sequence[int]) -> list[Card]:
        """Return the cards of the offers `keys`, all of them in `index`, in their order.

        Those that are gone since are left out. No query when all of them stand here, else a fixed number.
        """
        signatures = dict(zip(keys, index.signatures[index.places_of(keys)].tolist(), strict=True))
        with self._lock:
            here = {key: card for key in keys if (card := self._standing(key, signatures[key]))}
        missing = [key for key in keys if key not in here]
        if missing:
            found = Offer.objects.published().for_listing().in_bulk(missing)
            here |= {key: Card(offer) for key, offer in found.items()}
            with self._lock:
                self._put({key: (signatures[key], here[key]) for key in found})
        return [here[key] for key in keys if key in here]

    def _standing(self, key: int, signature: int) -> Card | None:
        """Return the card of `key` if it is of this signature. The lock is held."""
        known, card = self._cards.get(key, (None, None))
        if known != signature:
            return None
        self._cards.move_to_end(key)
        return card

    def _put(self, cards: dict[int, Any]) -> None:
        """Let new cards stand here in the place of those that nobody has asked for longest."""
        self._cards |= cards
        while len(self._cards) > self._most:
            self._cards.popitem(last=False)


shelf = Shelf()
