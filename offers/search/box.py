"""What the one search box is told: an age, a municipality, and other things that are filters. Pure.

What is taken out of the words is returned with its place, so that the page can show it and let it go.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from offers.search.letters import fold

OLDEST = 110
# The usual age in a school year: børnehaveklasse is 0, and the first year begins at about seven.
AGE_BEFORE_FIRST_CLASS = 6

# “på 3 måneder”, “er 3 søskende” and “klokken er 3” are no ages; nor is “i 20 år” or “har drukket 2 år”.
_NOT_AFTER = r"(?<!vi )(?<!de )(?<!der )(?<!klokken )(?<!kl )(?<!kl\. )(?<!ring )"
_NOT_BEFORE = (
    r"(?!\s*(?:kr|procent|pct|%|:|,\d|\.\d|[-–]\d|uge|måned|dag|time|minut|gang|børn|søskende|person"
    r"|mand|stk|i\s+familien))"
)
_NOT_HOW_LONG = r"(?<!i )(?<!efter )(?<!for )(?<!siden )(?<!over )(?<!på )"
_AGE = r"(?<![-–\d])\b(?P<age>\d{1,3})"


def _said(*parts: str) -> re.Pattern[str]:
    """Return the pattern of parts one after the other, in any letter case."""
    return re.compile("".join(parts), re.IGNORECASE)


_AGES = (
    _said(
        _NOT_AFTER,
        r"\b(?:på|er|er fyldt)\s+(?P<age>\d{1,3})(?:\s*(?:år|års|åring))?\b(?:\s+gammel(?:t)?)?",
        _NOT_BEFORE,
    ),
    _said(_AGE, r"\s*-?\s*(?:årige?t?s?|åring(?:en)?)\b"),
    _said(_AGE, r"\s*år\s+gammel(?:t)?\b"),
    _said(_NOT_HOW_LONG, _AGE, r"\s*år\b(?!\s*(?:siden|efter))"),
    _said(r"\b(?:i\s+)?(?P<class>10|\d)\s*\.?\s*klasse\b"),
)
_NOT = r"(?<!ikke )\b"
_ANONYMOUS = r"(?:anonymt?|anonyme(?! \w+(?:er|ere|erne)\b)|uden at sige (?:mit )?navn)\b"
_WISHES = (
    ("pris", "gratis", "Gratis", _said(_NOT, r"(?:gratis|uden betaling|koster ikke noget)\b")),
    ("anonym", "ja", "Anonymt", _said(_NOT, _ANONYMOUS)),
    ("adgang", "selv", "Uden henvisning", _said(r"\b(?:uden henvisning|uden visitation)\b")),
    ("form", "chat", "Chat", _said(_NOT, r"(?:på chat|chatte|chat)\b")),
)
_PLACE_BEFORE = re.compile(r"(?<!ikke )\b(?:i|fra|til|nær|på|omkring)\s+$", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"^\s+kommune\b", re.IGNORECASE)
_LOOSE_SIGNS = re.compile(r"(?<!\S)[^\w\s§]+(?!\S)")


@dataclass(frozen=True)
class Taken:
    """One thing that was read out of the text: which filter, which value, its words and its place."""

    name: str
    value: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Box:
    """The text that was written, and what was read out of it."""

    text: str
    taken: tuple[Taken, ...] = field(default_factory=tuple)

    @property
    def words(self) -> str:
        """The rest of the text: what is searched for as words."""
        return " ".join(_LOOSE_SIGNS.sub(" ", self.without(*self.taken)).split())

    @property
    def read(self) -> str:
        """What was read out of the text, as it was written: the text without its words."""
        return " ".join(self.text[one.start : one.end].strip() for one in self.taken)

    def without(self, *gone: Taken) -> str:
        """Return the text with some of what was taken cut out."""
        text = self.text
        for one in sorted(gone, key=lambda one: one.start, reverse=True):
            text = f"{text[: one.start]} {text[one.end :]}"
        return " ".join(text.split())


def read(text: str, places: Mapping[str, tuple[str, str]], is_word: Callable[[str], bool]) -> Box:
    """Return what `text` says. `places` gives, for a folded name, a municipality's code and name.

    A name that is also a Danish word (`is_word`: Vejen, Greve, Solrød) is only a place after “i”,
    before “kommune”, or with a capital letter inside the text.
    """
    found: list[Taken] = []
    for one in (*_ages(text), *_wishes(text), *_places(text, places, is_word)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return Box(text, tuple(sorted(found, key=lambda one: one.start)))


def _ages(text: str) -> Iterator[Taken]:
    """Yield the first age that is said; two ages are somebody else's."""
    for pattern in _AGES:
        match = pattern.search(text)
        if not match:
            continue
        said = match.groupdict()
        age = int(said["age"]) if said.get("age") else AGE_BEFORE_FIRST_CLASS + int(said["class"])
        if age <= OLDEST:
            yield Taken("alder", str(age), f"{age} år", match.start(), match.end())
            return


def _wishes(text: str) -> Iterator[Taken]:
    """Yield the wishes that are filters."""
    for name, value, label, pattern in _WISHES:
        if match := pattern.search(text):
            yield Taken(name, value, label, match.start(), match.end())


def _places(
    text: str, places: Mapping[str, tuple[str, str]], is_word: Callable[[str], bool]
) -> Iterator[Taken]:
    """Yield the first municipality that is named, with or without a genitive -s."""
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        name = fold(match.group())
        place = places.get(name) or places.get(name.removesuffix("s"))
        if not place:
            continue
        said = _PLACE_BEFORE.search(text[: match.start()])
        kommune = _PLACE_AFTER.match(text[match.end() :])
        capital = match.group()[0].isupper() and match.start() > 0
        towards = said and said.group().strip().lower() != "på"  # “på vejen” is not in Vejen
        if is_word(name) and not (towards or kommune or capital):
            continue
        start = said.start() if said else match.start()
        end = match.end() + (kommune.end() if kommune else 0)
        code, label = place
        yield Taken("kommune", code, label, start, end)
        return
