"""Places that people name: municipalities, their towns and districts, and parts of the country. Pure.

The names stand in `data/places.txt`; each leads to one municipality or to several.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from offers.search.letters import fold
from offers.search.taken import Taken

DATA = Path(__file__).resolve().parent / "data" / "places.txt"
# From so many letters on a name is also known when “ø” and “å” are typed “o” and “a”.
PLAIN_LETTERS = 6
LONGEST_NAME = 3  # words
# Names of the authorities that are not made with the name as it stands.
_AUTHORITIES = {"København": "Københavns Kommune", "Bornholm": "Bornholms Regionskommune"}
_PLAIN = str.maketrans("øå", "oa")

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"\.? |-")
# “jeg bor i Vejen” says no more than the place.
_BEFORE = re.compile(
    r"(?:(?:\b(?:(?:jeg|vi) )?bor )?\b(?P<towards>i|fra|til|nær|på|paa|ved|omkring) )?"
    r"(?P<postcode>\b[1-9]\d{3} )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r" (?:regions)?kommune[ns]?\b", re.IGNORECASE)
_NOT_THERE = re.compile(
    r"\b(?:ikke(?: i| på| fra| til| nær)?|uden ?for|(?:væk|flyttet) fra) $", re.IGNORECASE
)
_ALSO = re.compile(r"(?:,| og| eller)? (?:i )?", re.IGNORECASE)
# “hvad er der i vejen”, “bo i lejre”
_IDIOM = re.compile(
    r"\b(?:er|der|noget|intet|ingenting|alt|hvad|står?|stod|kommer|kom|gå[r]?|ligger|lagt|bo|skåret?) i $",
    re.IGNORECASE,
)
_SENTENCE_END = ".!?:;"
_LOOK_BACK = 40  # characters; no context is longer


@dataclass(frozen=True)
class Place:
    """A name, the codes of the municipalities it may mean, and how it is shown.

    `guard` is “?” or “!” when the name is a word as well; `data/places.txt` says what they ask for.
    """

    codes: tuple[str, ...]
    label: str
    guard: str = ""


@cache
def _data() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the sections of the data file: names with their guards, each with its codes."""
    sections: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    section = ""
    for line in DATA.read_text("utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("["):
            section = text.strip("[]")
        elif section == "regions" and text:
            name, codes = text.split(": ")
            sections[section][name] = tuple(codes.split())
        elif text:
            code, _, names = text.rpartition(": ")
            for name in names.split(", "):
                sections[section][name] = (*sections[section].get(name, ()), *code.split())
    return sections


@lru_cache(maxsize=4)
def gazetteer(municipalities: tuple[tuple[str, str], ...]) -> Mapping[str, Place]:
    """Return the places by their folded names; `municipalities` are the codes and names there are.

    A municipality's name goes before a town's, and a town in none of `municipalities` is left out.
    """
    names, data, found = dict(municipalities), _data(), {}
    for name, codes in data["regions"].items():
        if known := tuple(code for code in codes if code in names):
            found[_key(name)] = Place(known, f"{name} ({len(known)} kommuner)")
    for written, codes in data["towns"].items():
        name, guard = written.rstrip("?!"), written[-1] if written[-1] in "?!" else ""
        if known := tuple(code for code in codes if code in names):
            authorities = [_authority(names[code]) for code in known]
            found[_key(name)] = Place(known, f"{name} ({_either(authorities)})", guard)
    guards = {_key(written.rstrip("?!")): written[-1] for written in data["words"]}
    for code, name in municipalities:
        found[_key(name)] = Place((code,), name, guards.get(_key(name), ""))
    plain = {
        key.translate(_PLAIN): place
        for key, place in found.items()
        if len(key) >= PLAIN_LETTERS and not place.guard
    }
    return plain | found


def _key(name: str) -> str:
    """Return `name` as it is looked up."""
    return fold(name).replace("-", " ")


def _authority(name: str) -> str:
    """Return what the municipality called `name` calls itself.

    >>> _authority("Favrskov"), _authority("København")
    ('Favrskov Kommune', 'Københavns Kommune')
    """
    return _AUTHORITIES.get(name, f"{name} Kommune")


def _either(authorities: Sequence[str]) -> str:
    """Return the names as alternatives, with “Kommune” said once.

    >>> _either(["Roskilde Kommune", "Aarhus Kommune"])
    'Roskilde eller Aarhus Kommune'
    """
    *first, last = authorities
    return " eller ".join([", ".join(name.removesuffix(" Kommune") for name in first), last][not first :])


def places(text: str, known: Mapping[str, Place]) -> Iterator[Taken]:
    """Yield the places that `text` names, each once; one that is not wished (“ikke i Roskilde”) is none.

    `text` has one space between words; `known` is a gazetteer.
    """
    words = list(_WORD.finditer(text))
    folded = [fold(word.group()) for word in words]
    seen: set[tuple[str, ...]] = set()
    number, refused = 0, -1
    while number < len(words):
        length, place = _longest_at(text, words, folded, number, known)
        start, end = words[number].start(), words[number + max(length, 1) - 1].end()
        number += max(length, 1)
        if not place:
            continue
        before = text[max(0, start - _LOOK_BACK) : start]
        if _NOT_THERE.search(before) or (refused >= 0 and _ALSO.fullmatch(text[refused:start])):
            refused = end
            continue
        taken = _taken(text, place, before, start, end)
        if taken and place.codes not in seen:
            seen.add(place.codes)
            yield taken


def _longest_at(text, words, folded, number, known) -> tuple[int, Place | None]:
    """Return how many words from `number` on are a name, and its place; with or without a genitive -s."""
    for length in range(min(LONGEST_NAME, len(words) - number), 0, -1):
        key = " ".join(folded[number : number + length])
        place = known.get(key) or known.get(key.removesuffix("s"))
        if place and all(
            _BETWEEN.fullmatch(text[one.end() : two.start()])
            for one, two in pairwise(words[number : number + length])
        ):
            return length, place
    return 0, None


def _taken(text: str, place: Place, before: str, start: int, end: int) -> Taken | None:
    """Return the place with the words around that belong to it, or None when the name is only a word."""
    said, after = _BEFORE.search(before), _AFTER.match(text, end)
    towards = ((said and said["towards"]) or "").lower()
    certain = after or (said and said["postcode"]) or _is_all(text, place.guard, start, end)
    if not certain and not _is_meant(text, place.guard, before, start, towards):
        return None
    start -= len(said.group()) if said else 0
    return Taken("kommune", place.codes, place.label, start, after.end() if after else end)


def _is_all(text: str, guard: str, start: int, end: int) -> bool:
    """Return whether `text` is nothing but the name; “løsning” needs a capital letter for that."""
    is_bare = not any(char.isalnum() for char in text[:start] + text[end:])
    return is_bare and (guard != "!" or text[start].isupper())


def _is_meant(text: str, guard: str, before: str, start: int, towards: str) -> bool:
    """Return whether a name at `start` is a place and not the word that is written alike."""
    capital = text[start].isupper() and not text.isupper()
    if guard == "!":
        return capital and bool(towards)
    if guard == "?":
        if towards in ("på", "paa"):
            return False  # “på vejen” is not in Vejen
        inside = bool(before.strip()) and before.rstrip()[-1] not in _SENTENCE_END
        return (capital and inside) or (bool(towards) and not _IDIOM.search(before))
    return True
