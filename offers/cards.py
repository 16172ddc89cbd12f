"""What the list shows of an offer, whatever is asked: made once, and shared by all threads."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offers.markdown import plain
from offers.models import Offer
from offers.opening_now import Opening, openings
from offers.search.reasons import NeedText, Texts

# Letters of a description that are looked through; a longer one is seldom and costs time.
SEARCHED = 10_000
# In so many ways a card stays rendered: with the words marked of the latest questions that found it.
WAYS = 8
_COMMAS = re.compile(r"\s*[,;\n]\s*")


@dataclass(frozen=True)
class Told:
    """What a card says in one language: where it leads, its facts, a button, and the texts one searches."""

    url: str
    facts: SafeString
    button: SafeString
    texts: Texts


class Card:
    """An offer that was loaded `for_listing`, with what has been worked out of it."""

    def __init__(self, offer: Offer):
        """Nothing is worked out before somebody asks. Nobody changes `offer` from now on."""
        self.offer = offer
        self._told: dict[str | None, Told] = {}
        self._html: dict[Hashable, SafeString] = {}
        self._opening: tuple[int, Opening | None] = -1, None

    @property
    def told(self) -> Told:
        """What it says in the language of the page."""
        language = get_language()
        if language not in self._told:
            offer = self.offer
            context = {"offer": offer, "code": offer.code, "title": offer.title}
            self._told[language] = Told(
                offer.get_absolute_url(),
                render_to_string("offers/_card_facts.html", context),
                render_to_string("offers/_list_button.html", context),
                _texts(offer),
            )
        return self._told[language]

    def rendered(self, way: Hashable, render: Callable[[], SafeString]) -> SafeString:
        """Return its HTML for a way to show it; `render` makes it for the first who asks."""
        html = self._html.get(way)
        if html is None:
            if len(self._html) >= WAYS:
                self._html = {}
            html = self._html[way] = render()
        return html

    @staticmethod
    def openings(cards: Iterable["Card"]) -> list[Opening | None]:
        """Return how each of `cards` stands now, None without known hours; worked out once a minute."""
        cards, now = list(cards), timezone.localtime()
        minute = int(now.timestamp()) // 60
        found = [card._opening for card in cards]
        stale = [card for card, (known, _) in zip(cards, found, strict=True) if known != minute]
        if stale:
            standing = openings((card.offer for card in stale), now)
            for card in stale:
                card._opening = minute, standing.get(card.offer.pk)
            found = [card._opening for card in cards]
        return [opening for _, opening in found]


def _texts(offer: Offer) -> Texts:
    """Return what the public may read of `offer`."""
    return Texts(
        title=offer.title,
        summary=offer.summary,
        organisation=offer.organisation.name,
        description=_beginning("\n\n".join(filter(None, (offer.description, offer.easy_text)))),
        keywords=[keyword for keyword in _COMMAS.split(offer.keywords) if keyword],
        needs=[
            NeedText((need.slug, *([need.parent.slug] if need.parent else [])), need.label, need.keywords)
            for need in offer.needs.all()
        ],
        paragraphs=plain,
    )


def _beginning(text: str) -> str:
    """Return the lines of `text` that are looked through; a link is not cut in two."""
    beginning = text[:SEARCHED]
    return text if len(text) <= SEARCHED else beginning.rpartition("\n")[0] or beginning
