"""Changes to the thesaurus that are only tried: how an editor writes them, and what they move. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offers.search.letters import fold
from offers.search.phrases import Phrase, faults

# The answers that are looked at: what one sees without leafing.
FIRST = 10
_ADDED = re.compile(r"(?P<phrase>.+?)\s*(?P<sign><>|=)\s*(?P<means>.*?)[\s,;]*(?:\bbehov:\s*(?P<need>.*))?")
_REMOVED = re.compile(r"[-–−]\s*(?P<phrase>.+)")


@dataclass(frozen=True)
class Wanted:
    """One line of a trial: a phrase, and what it is to stand for; None takes the phrase away."""

    number: int
    phrase: str
    to: Phrase | None


@dataclass(frozen=True)
class Fault:
    """A line that cannot be used, and why, in Danish."""

    number: int
    sentence: str

    def __str__(self):
        return f"Linje {self.number}: {self.sentence}"


def read(text: str, needs: Mapping[str, str]) -> Iterator[Wanted | Fault]:
    """Yield the lines of `text`; `needs` gives the slug for a need's folded name or slug.

    `vending = ord` adds a phrase or takes the place of what it stood for, `vending = behov: navn` leads
    to a need, `vending <> ord` holds both ways, and `- vending` takes a phrase away.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if line := " ".join(line.split()):
            yield _read(number, line, needs)


def _read(number: int, line: str, needs: Mapping[str, str]) -> Wanted | Fault:
    """Return what one line wants."""
    if removed := _REMOVED.fullmatch(line):
        return Wanted(number, removed["phrase"], None)
    added = _ADDED.fullmatch(line)
    if not added or not (added["means"] or added["need"]):
        return Fault(number, "Skriv “vending = ord”, “vending = behov: navn” eller “- vending”.")
    need = needs.get(fold(added["need"]).strip(), "") if added["need"] else ""
    if added["need"] and not need:
        return Fault(number, f"Behovet “{added['need']}” findes ikke.")
    one = Phrase(added["phrase"], added["means"], need, added["sign"] == "<>")
    for sentence in faults(one).values():
        return Fault(number, sentence)
    return Wanted(number, one.phrase, one)


def line(phrase: str, to: Phrase | None) -> str:
    """Return the line that `read` reads as this change.

    >>> line("ked af det", Phrase("ked af det", "trist", "ensom"))
    'ked af det = trist, behov: ensom'
    """
    if to is None:
        return f"- {phrase}"
    need = f"behov: {to.need}" if to.need else ""
    return f"{phrase} {'<>' if to.both_ways else '='} {', '.join(filter(None, (to.means, need)))}"


@dataclass(frozen=True)
class Place:
    """An offer among the first answers: its key, its place from 1 on, and its place on the other side."""

    key: int
    number: int
    other: int | None


@dataclass(frozen=True)
class Difference:
    """The answers to one query before and after a change: the keys of the offers, best first."""

    query: str
    was: Sequence[int]
    now: Sequence[int]

    @property
    def before(self) -> list[Place]:
        """The first answers before, and where each stands after."""
        return _places(self.was, self.now)

    @property
    def after(self) -> list[Place]:
        """The first answers after, and where each stood before."""
        return _places(self.now, self.was)

    @property
    def moved(self) -> int:
        """How many of the first places hold another offer than before."""
        was, now = self.was[:FIRST], self.now[:FIRST]
        longer, shorter = max(len(was), len(now)), min(len(was), len(now))
        return longer - shorter + sum(one != other for one, other in zip(was, now, strict=False))

    def __bool__(self):
        """Whether anybody would notice: another offer among the first, or another number of answers."""
        return bool(self.moved) or len(self.was) != len(self.now)


def _places(side: Sequence[int], other: Sequence[int]) -> list[Place]:
    """Return the first of `side`, each with its place on the other side."""
    numbers = {key: number for number, key in enumerate(other, start=1)}
    return [Place(key, number, numbers.get(key)) for number, key in enumerate(side[:FIRST], start=1)]
