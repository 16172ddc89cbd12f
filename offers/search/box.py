"""What the one search box is told: an age, places, wishes, and for whom. Pure.

What is taken out of the words is returned with its place, so that the page can show it and let it go.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from offers.search.places import Place, places
from offers.search.said_ages import ages
from offers.search.taken import Taken
from offers.search.who import Who, who
from offers.search.wishes import wishes

# Signs that stand alone, and those that divide when nothing more stands on one side of them.
_LOOSE_SIGNS = re.compile(r"(?<!\S)[^\w\s§]+(?!\S)|^[\s,;:]+|[\s,;:]+$")


@dataclass(frozen=True)
class Box:
    """The text that was written, with one space between words, and what was read out of it.

    For whom it is (`who`) is read but not taken: “min mor” tells what the help is about as well.
    """

    text: str
    taken: tuple[Taken, ...] = field(default_factory=tuple)
    who: Who | None = None

    @property
    def words(self) -> str:
        """The rest of the text: what is searched for as words."""
        return _tidy(self.without(*(one for one in self.taken if not one.instead)))

    @property
    def read(self) -> str:
        """What was read out of the text, as it was written: the text without its words."""
        return " ".join(self.text[one.start : one.end].strip() for one in self.taken if not one.instead)

    def without(self, *gone: Taken) -> str:
        """Return the text with some of what was taken cut out, and the signs that are loose then."""
        text = self.text
        for one in sorted(gone, key=lambda one: one.start, reverse=True):
            text = f"{text[: one.start]} {one.instead} {text[one.end :]}"
        return _tidy(text) if gone else text


def _tidy(text: str) -> str:
    """Return `text` without loose signs, with one space between words.

    >>> _tidy("min datter skader sig selv, , - ")
    'min datter skader sig selv'
    """
    return " ".join(_LOOSE_SIGNS.sub(" ", _LOOSE_SIGNS.sub(" ", text)).split())


def read(text: str, known: Mapping[str, Place]) -> Box:
    """Return what `text` says; `known` is the gazetteer of the municipalities (`places.gazetteer`)."""
    text = " ".join(text.split())
    found: list[Taken] = []
    for one in (*ages(text), *wishes(text), *places(text, known)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    age = next((int(one.values[0]) for one in found if one.name == "alder"), None)
    return Box(text, tuple(sorted(found, key=lambda one: one.start)), who(text, age))
