"""Why each offer on the page is there: the words that answer, marked, and what it fits of the question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from offers.ages import age_in_words
from offers.cards import Card
from offers.distance import nearest
from offers.filters import OfferFilter
from offers.frames import Frame, place
from offers.labels import is_danish
from offers.opening_now import Opening
from offers.search import current
from offers.search.reasons import Reasons, reasons
from offers.search.snippets import Marker
from offers.templatetags.wording import marked

# What is said of an offer with a value of these groups; the others say the name of the value.
SAYINGS = {
    ("adgang", "selv"): _("ingen henvisning"),
    ("anonym", "ja"): _("du kan være anonym"),
    ("anonym", "ukendt"): _("anonymitet ikke oplyst"),
    ("pris", "gratis"): _("gratis"),
    ("pris", "ukendt"): _("pris ikke oplyst"),
}
NOT_SAID = ("behov",)  # told by what the offer is about


@dataclass(frozen=True)
class Hit:
    """An offer's card, who marks its words, what it fits, whether it is open, and how far off it is."""

    card: Card
    marker: Marker
    fits: str
    opening: Opening | None
    distance: str

    @property
    def html(self) -> SafeString:
        """Its HTML in the language of the page; made once for all who ask the same."""
        standing = self.card.standing(self.opening, self.distance)
        return self.card.rendered((self.marker.asked, self.fits, standing), lambda: self._filled(standing))

    def _filled(self, standing: SafeString) -> SafeString:
        """Return its HTML anew."""
        found, card = self.reasons, self.card
        told = {"reasons": found, "fits": self.fits}
        says = found.excerpt or found.topics or self.fits
        parts = {
            "url": card.url,  # a slug, in which nothing has to be escaped
            "organisation": marked(found.organisation),
            "title": marked(found.title),
            "summary": marked(found.summary),
            "said": render_to_string("offers/_card_said.html", told) if says else "",
            "standing": standing,
            "facts": card.facts,
            "button": card.button,
        }
        return _frame(get_language(), tuple(parts)).filled(parts.__getitem__)

    @property
    def reasons(self) -> Reasons:
        """Why it answers; on a page in another language without its keywords, which are Danish."""
        texts = self.card.texts
        found = reasons(self.marker, texts)
        if is_danish():
            return found
        names = {need.name for need in texts.needs}
        topics = [topic for topic in found.topics if "".join(piece.text for piece in topic) in names]
        return replace(found, topics=tuple(topics))


@cache
def _frame(language: str | None, names: tuple[str, ...]) -> Frame:
    """Return the card with a place for each of `names`; a template costs ten times what filling it does."""
    return Frame.of(render_to_string("offers/_card.html", {name: place(name) for name in names}))


def hits(found: OfferFilter, cards: Sequence[Card]) -> list[Hit]:
    """Return `cards`, each with why its offer answers. No query."""
    marker = Marker(current.reader().analyser, found.answer.understanding.asked)
    names = {
        group: dict(found.form.fields[group].choices)
        for group in found.question.chosen
        if group in found.form.fields
    }
    return [
        Hit(
            card,
            marker,
            fits(card, found, names),
            opening,
            _distance(card, found),
        )
        for card, opening in zip(cards, Card.openings(cards), strict=True)
    ]


def _distance(card: Card, found: OfferFilter) -> str:
    """Return how far it is from a place that was chosen, in words, where both are known."""
    if not (codes := found.question.chosen.get("kommune")):
        return ""
    far = nearest(card.points, codes)
    return gettext("Ca. {number} km fra {town}").format(number=far[0], town=far[1]) if far else ""


def fits(card: Card, found: OfferFilter, names: dict[str, dict[str, str]]) -> str:
    """Return what a card fits of what was chosen, in words with commas: “9–12 år, gratis, Roskilde”."""
    question = found.question
    said: list[Any] = []
    known = card.min_age is not None or card.max_age is not None
    # Where only the target groups are known, the card tells them: whether they fit the age is not known.
    if question.age is not None and _lets_in(card, question.age) and (known or not card.has_target_groups):
        words = age_in_words(card.min_age, card.max_age)
        said.append(words[:1].lower() + words[1:])
    for group, values in question.chosen.items():
        if group == "kommune" and values:
            said += _places(card, values)
        elif group not in NOT_SAID:
            said += [
                SAYINGS.get((group, value)) or _lower(str(names.get(group, {}).get(value, "")))
                for value in values
                if len(values) == 1 or _has(card, group, value)
            ]
    return ", ".join(filter(None, map(str, said)))


def _lets_in(card: Card, age: int) -> bool:
    """Whether it is for people of just this age; a search for ages around it finds others, too."""
    return (card.min_age is None or card.min_age <= age) and (card.max_age is None or card.max_age >= age)


def _places(card: Card, codes: Iterable[str]) -> list[str]:
    """Return which of the municipalities `codes` it is for, or that it is for all of them."""
    own, asked = card.municipalities, set(codes)
    return [place.name for place in own if place.code in asked] if own else [gettext("hele landet")]


def _has(card: Card, group: str, value: str) -> bool:
    """Whether it has one of several values that were chosen in a group, as the index knows it."""
    index = current.reader().index
    return bool(index.facets[group].any_of((value,))[index.places_of([card.pk])].any())


def _lower(name: str) -> str:
    """Return a name as it stands inside a sentence; what is all in capitals (SMS) stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
