"""What a change to the synonyms does, put into Danish words for the pages of the desk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offers import trial
from offers.search.change import FIRST, Difference, Place

# As many altered queries as anybody reads; the rest are counted.
MOST_SHOWN = 30


@dataclass(frozen=True)
class Row:
    """One answer on one side: its place, the offer's title, and in Danish what became of it."""

    number: int
    title: str
    note: str


@dataclass(frozen=True)
class Sides:
    """The first answers to a query before and after, and how many there are in all."""

    query: str
    before: list[Row]
    after: list[Row]
    was: int
    now: int
    summary: str


@dataclass(frozen=True)
class Shown:
    """An effect as the page tells it: a sentence, what to look at, the queries, and how many more."""

    sentence: str
    doubts: list[str]
    sides: list[Sides]
    more: int


def sides(differences: Iterable[Difference]) -> Iterator[Sides]:
    """Yield each difference with the titles of its offers. One database query."""
    differences = list(differences)
    titles = trial.titles(differences)

    def rows(places: list[Place], note) -> list[Row]:
        return [Row(place.number, titles.get(place.key, "?"), note(place)) for place in places]

    for one in differences:
        before, after = rows(one.before, _went), rows(one.after, _came)
        yield Sides(one.query, before, after, len(one.was), len(one.now), summary(one))


def _went(place: Place) -> str:
    """Return where an answer went."""
    if place.other is None:
        return "væk"
    return "" if place.other == place.number else f"bliver nr. {place.other}"


def _came(place: Place) -> str:
    """Return where an answer came from."""
    if place.other is None:
        return "ny"
    if place.other == place.number:
        return ""
    return f"{'op' if place.other > place.number else 'ned'} fra nr. {place.other}"


def summary(one: Difference) -> str:
    """Return in a few words what becomes of the answers."""
    new = sum(place.other is None for place in one.after)
    gone = sum(place.other is None for place in one.before)
    parts = [f"{new} {'ny' if new == 1 else 'nye'}" if new else "", f"{gone} væk" if gone else ""]
    if not new and not gone:
        parts = ["anden rækkefølge" if one.moved else f"de første {FIRST} er de samme"]
    if len(one.was) != len(one.now):
        parts.append(f"{len(one.was)} → {len(one.now)} svar")
    return ", ".join(filter(None, parts))


def shown(effect: trial.Effect) -> Shown:
    """Return an effect as it is told. One database query."""
    count = len(effect.differences)
    number = count or "Ingen"
    sentence = f"{number} af de {effect.queries} kendte søgninger ændrer sig."
    listed = list(sides(effect.differences[:MOST_SHOWN]))
    return Shown(sentence, effect.doubts, listed, count - len(listed))
