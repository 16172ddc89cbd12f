"""The third step of search: Danish compounds and their parts (misbrugsrådgivning: misbrug, rådgivning).

What may be joined, and with which letter between, is told by the flags of the spelling dictionary
Stavekontrolden, from which scripts/build_lexicon.py makes `data/lexicon.txt.gz`. Its first line is JSON:
`classes` is a list of [is a name, may stand last, links, endings], where links and endings are
pairs [what is taken off the word, what is put on]. Line n + 2 has the words of class n. What that
dictionary cannot know stands in `data/word_rules.txt`, and editors' rules go before both.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from offers.search.letters import WORD_LENGTH, fold

DATA = Path(__file__).resolve().parent / "data"
PART_LENGTH = 4  # letters; shorter parts must be listed in word_rules.txt
REMEMBERED = 16_384  # words whose parts are kept at hand
# Two words may meet in one of these letters, as folding has written it: tema + aften, bo + enhed.
_MEETING = {"å": "aa", "æ": "ae", "ø": "oe"}
# How words are inflected that only editors know.
_ENDINGS = (
    "e", "en", "ene", "enes", "ens", "er", "erne", "ernes", "ers", "et", "ets", "n", "ne", "nes", "ns", "r",
    "rne", "s", "t", "ts",
)  # fmt: skip


class Base(NamedTuple):
    """The dictionary as it is shared by all lexicons of a process."""

    words: dict[str, int]  # word → number of its class
    names: frozenset[int]  # classes whose words are names, which are never split
    last: frozenset[int]  # classes whose words may end a compound
    bare: frozenset[int]  # classes whose words may begin one as they are
    linked: dict[str, str]  # word with the letters that join it → the word
    endings: dict[str, dict[str, frozenset[int]]]  # put on → taken off → classes
    rules: dict[str, frozenset[str]]  # section of word_rules.txt → its words


class Form(NamedTuple):
    """A word read as a form of another: `base` less `strip` plus `add`."""

    base: str
    strip: str
    add: str


def _read_rules() -> dict[str, frozenset[str]]:
    """Return the words of each section of word_rules.txt; “#” begins a comment."""
    rules: dict[str, set[str]] = defaultdict(set)
    section = ""
    for line in (DATA / "word_rules.txt").read_text("utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("["):
            section = text.strip("[]")
            rules[section] = set()
        else:
            rules[section].update(text.split())
    return {name: frozenset(found) for name, found in rules.items()}


@cache
def _base() -> Base:
    """Read the data files, once a process."""
    header, *lines = gzip.decompress((DATA / "lexicon.txt.gz").read_bytes()).decode().splitlines()
    classes = json.loads(header)["classes"]
    words: dict[str, int] = {}
    linked: dict[str, str] = {}
    endings: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, ((_, _, links, ends), line) in enumerate(zip(classes, lines, strict=True)):
        members = line.split()
        words.update(dict.fromkeys(members, number))
        for strip, add in links:
            if strip or add:
                linked.update((word[: len(word) - len(strip)] + add, word) for word in members)
        for strip, add in ends:
            endings[add][strip].add(number)
    return Base(
        words=words,
        names=frozenset(number for number, found in enumerate(classes) if found[0]),
        last=frozenset(number for number, found in enumerate(classes) if found[1]),
        bare=frozenset(number for number, found in enumerate(classes) if ["", ""] in found[2]),
        linked=linked,
        endings={
            add: {strip: frozenset(numbers) for strip, numbers in strips.items()}
            for add, strips in endings.items()
        },
        rules=_read_rules(),
    )


class Lexicon:
    """Knows which words are Danish, and what compounds are made of. It is asked for folded words."""

    def __init__(self, base: Base, overrides: Mapping[str, tuple[str, ...]]):
        self._base = base
        self._longest_ending = max(map(len, base.endings))
        self._rules: dict[str, tuple[str, ...]] = dict.fromkeys(base.rules["atoms"], ())
        splits = {line.replace("|", ""): line.split("|") for line in base.rules["splits"]}
        for word, parts in (*splits.items(), *overrides.items()):
            self._rules[fold(word)] = tuple(map(fold, parts))
        self._remembered = lru_cache(REMEMBERED)(self._parts)

    def is_word(self, word: str) -> bool:
        """Return whether the dictionary or a rule has the word, or a word it is a form of."""
        return next(self._forms(word), None) is not None or self._rule(word, []) is not None

    def split(self, word: str) -> tuple[str, ...]:
        """Return the smallest parts of a compound, the links between them apart; () if it is none.

        The last part keeps its ending. A word of more than 60 letters is never split.

        >>> load().split("hjerneskaderådgivningen")
        ('hjerne', 'skade', 'rådgivningen')
        """
        return tuple(part for part, is_smallest in self._remembered(word) if is_smallest)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return all parts of a compound, also those that are compounds, each before its own parts.

        >>> load().parts("hjerneskaderådgivningen")
        ('hjerneskade', 'hjerne', 'skade', 'rådgivningen')
        """
        return tuple(part for part, _ in self._remembered(word))

    def _parts(self, word: str) -> tuple[tuple[str, bool], ...]:
        """Return the parts of the word, and theirs, each with whether it has none itself."""
        found: list[tuple[str, bool]] = []
        for part in self._halves(word):
            # An editor's rule may name a part that is no shorter: it is taken as it is.
            smaller = self._remembered(part) if len(part) < len(word) else ()
            found += [(part, not smaller), *smaller]
        return tuple(found)

    def _halves(self, word: str) -> tuple[str, ...]:
        """Return the parts on the uppermost level, which may be compounds themselves."""
        if len(word) > WORD_LENGTH or not word.isalpha():
            return ()
        forms = list(self._forms(word))
        rule = self._rule(word, forms)
        if rule is not None:
            return rule
        if self._base.words.get(word) in self._base.names:
            return ()
        known = any(form.base == word for form in forms)
        parts = self._joined(word, known) if known or not forms else ()
        return parts or self._parts_of_origin(word, forms, known)

    def _rule(self, word: str, forms: list[Form]) -> tuple[str, ...] | None:
        """Return what editors or word_rules.txt say about the word or one it is a form of, or None."""
        # Of a word that the dictionary does not know, the forms can only be guessed.
        guesses = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        for origin in (word, *((form.base for form in forms) if forms else guesses)):
            if origin in self._rules:
                return self._rules[origin]
        return None

    def _parts_of_origin(self, word: str, forms: list[Form], known: bool) -> tuple[str, ...]:
        """Return the parts of the word that this one is a form of, with its ending put on the last.

        A form of a known word is split where that word is, or not at all: regning|en is no compound.
        What may be a form of two words is split only if both are compounds: programm|er is none.
        """
        origins = [form for form in forms if len(form.base) < len(word) or not known]
        splits = [self._joined(form.base, known=True) for form in origins]
        if not splits or not all(splits):
            return ()
        form, parts = origins[0], splits[0]
        return (*parts[:-1], parts[-1].removesuffix(form.strip) + form.add)

    def _forms(self, word: str) -> Iterator[Form]:
        """Yield the dictionary words that the word is, or is a form of."""
        base = self._base
        if word in base.words:
            yield Form(word, "", "")
        for length in range(min(self._longest_ending, len(word) - 1) + 1):
            add = word[len(word) - length :]
            for strip, classes in base.endings.get(add, {}).items():
                origin = word[: len(word) - length] + strip
                if base.words.get(origin) in classes:
                    yield Form(origin, strip, add)

    def _joined(self, word: str, known: bool) -> tuple[str, ...]:
        """Return the best parts of the word, also where two of them meet in one folded letter."""
        parts = self._best_parts(word, known)
        if parts:
            return parts
        for place, letter in enumerate(word):
            if letter in _MEETING:
                parts = self._best_parts(word[:place] + _MEETING[letter] + word[place + 1 :], known)
                if parts and min(map(len, parts)) >= PART_LENGTH:
                    return parts
        return ()

    def _best_parts(self, word: str, known: bool) -> tuple[str, ...]:
        """Return the fewest parts that make up the word, and of those the one whose shortest is longest.

        The last part of a `known` word has no ending of its own.
        """
        # What is known of the ways to get to each place: (number of parts, −length of the shortest, parts).
        ways: dict[int, tuple[int, int, tuple[str, ...]]] = {0: (0, -WORD_LENGTH, ())}
        results = []
        for start in range(len(word) - 1):
            if start not in ways:
                continue
            count, shortest, parts = ways[start]
            if start and self._may_end(word[start:], known):
                results.append((count + 1, max(shortest, start - len(word)), (*parts, word[start:])))
            for end in range(start + 2, len(word) - 1):
                part = self._beginning(word[start:end])
                if part:
                    way = (count + 1, max(shortest, -len(part)), (*parts, part))
                    ways[end] = min(ways.get(end, way), way)
        return min(results)[2] if results else ()

    def _beginning(self, piece: str) -> str:
        """Return the word that the piece is, with or without a link, or "" if it may begin no compound."""
        base, rules = self._base, self._base.rules
        bare = base.words.get(piece) in base.bare or piece in rules["extra_first"]
        part = piece if bare else base.linked.get(piece, "")
        long_enough = len(part) >= PART_LENGTH or part in rules["short_first"]
        return part if long_enough and part not in rules["blocked_first"] else ""

    def _may_end(self, piece: str, known: bool) -> bool:
        """Return whether the piece may end a compound, as it stands if that is `known`."""
        base, rules = self._base, self._base.rules
        if len(piece) < PART_LENGTH and piece not in rules["short_last"]:
            return False
        if piece in rules["extra_last"]:
            return True
        if known:
            return base.words.get(piece) in base.last and piece not in rules["blocked_last"]
        origins = [form.base for form in self._forms(piece)]
        return any(base.words[origin] in base.last for origin in origins) and not any(
            origin in rules["blocked_last"] for origin in origins
        )


def load(overrides: Mapping[str, tuple[str, ...]] | None = None) -> Lexicon:
    """Return a lexicon in which editors' `overrides` (word → its parts, () for none) come first."""
    return Lexicon(_base(), overrides or {})


def words() -> frozenset[str]:
    """Return the words of the dictionary that are no names."""
    base = _base()
    return frozenset(word for word, number in base.words.items() if number not in base.names)
