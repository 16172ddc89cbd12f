"""What the list shows of an offer, whatever is asked: made once, and shared by all threads."""

import re
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from offers.latest import Latest
from offers.listed import Listed
from offers.markdown import plain
from offers.opening_now import Opening, openings
from offers.search.reasons import NeedText, Texts

# Letters of a description that are looked through; a longer one is seldom and costs time.
SEARCHED = 10_000
# So many cards stay rendered with the words of a question marked, some one and a half kilobytes each.
RENDERED = 4_000
_COMMAS = re.compile(r"\s*[,;\n]\s*")


class Card:
    """What a card shows of an offer in the language of the page in which it was made."""

    def __init__(self, found: Listed):
        """Work out what is the same whatever is asked."""
        self.pk, self.slug, self.url = found.pk, found.slug, reverse("offers:detail", args=[found.slug])
        self.min_age, self.max_age = found.min_age, found.max_age
        self.has_target_groups = bool(found.target_groups)
        self.municipalities, self.points = found.municipalities, found.points
        self.closed_on_public_holidays = found.closed_on_public_holidays
        self.opening_hours, self.closures = found.opening_hours, found.closures
        self.texts = _texts(found)
        context = {"offer": found, "code": found.code, "title": found.title}
        self.facts = render_to_string("offers/_card_facts.html", context)
        self.button = render_to_string("offers/_list_button.html", context)
        self._opening: tuple[int, Opening | None] = -1, None
        self._standing: tuple[tuple[Opening | None, str] | None, SafeString] = None, SafeString()

    def rendered(self, way: Hashable, render: Callable[[], SafeString]) -> SafeString:
        """Return its HTML for a way to show it; `render` makes it for the first who asks."""
        html = _rendered.get((self, way))
        if html is None:
            html = render()
            _rendered.put((self, way), html)
        return html

    def standing(self, opening: Opening | None, distance: str) -> SafeString:
        """Return the HTML of how it stands now and how far off it is; kept as long as that is the same."""
        key = opening, distance
        if self._standing[0] != key:
            told = {"opening": opening, "distance": distance}
            known = opening or distance
            html = render_to_string("offers/_card_standing.html", told) if known else SafeString()
            self._standing = key, html
        return self._standing[1]

    @staticmethod
    def openings(cards: Iterable["Card"]) -> list[Opening | None]:
        """Return how each of `cards` stands now, None without known hours; worked out once a minute."""
        cards, now = list(cards), timezone.localtime()
        minute = int(now.timestamp()) // 60
        stale = [card for card in cards if card._opening[0] != minute]
        standing = openings(stale, now) if stale else {}
        for card in stale:
            card._opening = minute, standing.get(card.pk)
        return [card._opening[1] for card in cards]


_rendered: Latest[tuple[Card, Hashable], SafeString] = Latest(RENDERED)


def _texts(found: Listed) -> Texts:
    """Return what the public may read of an offer."""
    return Texts(
        title=found.title,
        summary=found.summary,
        organisation=found.organisation_name,
        description=_beginning("\n\n".join(filter(None, (found.description, found.easy_text)))),
        keywords=[keyword for keyword in _COMMAS.split(found.keywords) if keyword],
        needs=[
            _need_text((need.slug, *([need.parent.slug] if need.parent else [])), need.label, need.keywords)
            for need in found.needs
        ],
        paragraphs=plain,
    )


# Many offers share a need, and need not each hold its texts.
_need_text = lru_cache(500)(NeedText)


def _beginning(text: str) -> str:
    """Return the lines of `text` that are looked through; a link is not cut in two."""
    beginning = text[:SEARCHED]
    return text if len(text) <= SEARCHED else beginning.rpartition("\n")[0] or beginning
