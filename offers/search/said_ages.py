"""How people say an age: “på 14”, “to-årig”, “8. klasse”, “14-17 år”, “teenager”. Pure.

A filter that hides what would have helped is worse than none: what may be a duration, a price or a clock
is not read.
"""

import re
from collections.abc import Iterator
from itertools import islice

from offers.search.taken import Taken

OLDEST = 110
# Children aged 4 and 19 are not one question.
WIDEST = 20
# The usual age in a school year: børnehaveklasse is 0, and the first year begins at about seven.
AGE_BEFORE_FIRST_CLASS = 6
# The first year of the gymnasium (1.g) comes after the ninth or tenth of school.
AGE_BEFORE_GYMNASIUM = 15
TEENS = (13, 19)
MOST_READ = 8  # ages of one pattern; a text with more is no question
_LOOK_BACK = 40  # characters
ADULT = 18

_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_UNITS = "to tre fire fem seks syv otte ni"
_TO_TWENTY = f"{_UNITS} ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve"
_NUMBERS = {word: number for number, word in enumerate(_TO_TWENTY.split(), start=2)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_NUMBERS |= {
    f"{unit}og{ten}": 10 * tens + one
    for tens, ten in enumerate(_TENS, start=2)
    for one, unit in enumerate(f"en {_UNITS}".split(), start=1)
}
_ORDINALS = "første anden tredje fjerde femte sjette syvende ottende niende tiende"
_CLASSES = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}

_PERSON = (
    r"(?:datter|døtre|søn|sønner|barn|børn|baby|dreng|drenge|pige|piger|knægt|tøs|unge?|teenagere?|elev|elever"
    r"|bror|brødre|søster|søstre|mor|far|(?:bedste|mor|far)(?:mor|far)|mand|kone|kæreste|kvinde|ven|veninde|nevø"
    r"|niece|borger|patient|ældste|yngste|mindste)"
)
_ON = r"p(?:å|aa)"
_YEAR = r"(?:å|aa)r"
_AGED = rf"{_YEAR}ige?t?s?"
_HALF = rf"(?:,5(?= ?-?{_YEAR}))?"  # “3,5 år” is 3
_DIGITS = rf"(?<![-–\d.,])\b(?P<age>\d{{1,3}}){_HALF}"
_WORD = rf"\b(?P<age>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_COMPOUND = rf"(?P<age>{'|'.join(word for word in _NUMBERS if 'og' in word)})\b"
# “på 3 måneder”, “er 3 søskende”, “på 20 kr” and the digits of a telephone number are no ages.
_NOT_BEFORE = (
    r"(?! ?(?:kr|procent|pct|%|:|,\d|\.\d|[-–]\d|\d|uge|måned|dag|time|minut|gang|børn|søskende|person"
    r"|mand|stk|i familien|ben\b|forskellig|andre))"
)
_NOT_AFTER = r"(?<!\bvi )(?<!\bde )(?<!\bder )(?<!\bklokken )(?<!\bkl )(?<!\bkl\. )(?<!\bring )"
# “i 20 år”, “har drukket 2 år” and “5 år siden” tell how long; so does “2 år uden arbejde”, but “22 år uden
# arbejde” is said by somebody of that age.
_HOW_LONG = re.compile(
    r"\b(?:i|om|efter|for|siden|over|under|på|paa|næsten|(?:har|havde|været) \w+"
    r"|drukket|røget|ventet|boet|levet|været|gået|haft|gift|ledig|arbejdsløs|sygemeldt|syg) $",
    re.IGNORECASE,
)
_NOT_HOW_LONG = r"(?! ?(?:siden|efter|tidligere|senere|endnu|i træk)\b)"
_LONG_AS_IT_IS = r"(?:1[0-4]|\d)(?:,5)? ?(?:å|aa)r (?:uden|med)\b"


def _said(*parts: str) -> re.Pattern[str]:
    """Return the pattern of parts one after the other, in any letter case."""
    return re.compile("".join(parts), re.IGNORECASE)


_UNTIL = r"\d{1,2})"
# What tells a range; the group `cut` is what goes out of the text.
_RANGES = (
    _said(
        rf"\b{_PERSON} (?P<cut>{_ON} (?P<age>\d{{1,2}})(?:, \d{{1,2}}){{1,8}},? og (?P<until>", _UNTIL,
        rf"(?: {_YEAR})?)\b", _NOT_BEFORE,
    ),
    _said(
        r"\b(?:unge|børn|piger|drenge) (?P<cut>(?P<age>\d{1,2}) ?[-–] ?(?P<until>", _UNTIL,
        r")\b", _NOT_BEFORE,
    ),
    _said(
        r"(?P<cut>(?:\b(?:i alderen|mellem|fra) )?(?<![-–\d.,])\b(?P<age>\d{1,2})(?: ?",
        _YEAR, r")?(?: ?[-–] ?| til | og (?<=mellem \d og )| og (?<=mellem \d\d og ))(?P<until>", _UNTIL,
        rf" ?[-–]? ?(?:{_AGED}|{_YEAR}s?)\b)", _NOT_HOW_LONG,
    ),
    _said(
        rf"\b{_PERSON} (?P<cut>(?:mellem|fra|i alderen|{_ON}) (?P<age>\d{{1,2}})",
        rf"(?: ?[-–] ?| til | og (?:{_ON} )?)(?P<until>", _UNTIL, rf"(?: {_YEAR}s?)?)\b", _NOT_BEFORE,
    ),
)  # fmt: skip
_AGES = (
    _said(r"(?P<cut>(?<![-–\d.,+])\b(?P<limit>)(?P<age>[6-9]\d) ?\+)(?![\w+ ]*\d)"),
    _said(rf"\b(?:{_PERSON}|er) (?:først |midt |sidst )?(?P<cut>i (?P<decade>[2-9]0)['’´-]?erne)\b"),
    _said(rf"\b(?P<cut>(?:er|bliver|fylder) snart (?P<soon>\d{{1,3}})(?: {_YEAR})?)\b", _NOT_BEFORE),
    _said(
        r"\b(?:unge|børn|folk|personer|borgere|mennesker|ældre|voksne|mænd|kvinder|alle|er) "
        r"(?P<cut>(?P<limit>over|under) (?P<age>\d{1,3})(?: ?",
        _YEAR,
        r")?)\b",
        _NOT_BEFORE,
        _NOT_HOW_LONG,
    ),
    _said(r"(?P<cut>\b(?P<limit>under) (?P<age>18)(?: ?", _YEAR, r")?)\b", _NOT_BEFORE, _NOT_HOW_LONG),
    _said(
        _NOT_AFTER,
        rf"\b(?:{_ON}|er|er fyldt|fylder) (?P<age>\d{{1,3}}){_HALF}(?: ?(?:{_YEAR}s?|åring))?\b",
        r"(?: gammel(?:t)?)?",
        _NOT_BEFORE,
    ),
    _said(
        rf"\b{_PERSON} (?P<cut>(?:{_ON}|er) ", _WORD, rf"(?: {_YEAR})?\b(?: gammel(?:t)?)?)", _NOT_BEFORE
    ),
    _said(_NOT_AFTER, rf"\b(?P<cut>(?:er|fylder|{_ON}) ", _COMPOUND, ")", _NOT_BEFORE),
    _said(_DIGITS, rf" ?-? ?(?:{_AGED}|åring(?:en)?)\b"),
    _said(_WORD, rf" ?-? ?{_AGED}\b"),
    _said(_DIGITS, rf" ?{_YEAR} gammel(?:t)?\b"),
    _said(_WORD, rf" {_YEAR} gammel(?:t)?\b"),
    _said(rf"\b(?:{_PERSON},?|jeg er) (?P<cut>", _DIGITS, rf" ?{_YEAR})\b(?! ?(?:siden|efter))"),
    _said(_NOT_AFTER, r"\b(?P<cut>er ", _WORD, rf" {_YEAR})\b", _NOT_HOW_LONG),
    _said(rf"(?!\b{_LONG_AS_IT_IS})", _DIGITS, rf" ?{_YEAR}\b", _NOT_HOW_LONG),
    _said(r"\b(?:i )?(?P<class>10|\d) ?\.? ?klasse(?:n|s|ns)?\b"),
    _said(rf"(?<!en )\b(?:i )?(?P<class>{'|'.join(_CLASSES)}) klasse(?:n|s|ns)?\b"),
    _said(r"(?:^|\bi )(?P<class>\d)\.[a-f]\b"),
    _said(
        r"\b(?:baby|babyer|barn|spædbarn|søn|datter|dreng|pige|tvillinger) ",
        rf"(?P<cut>(?:(?:{_ON}|er) )?(?P<months>\d{{1,2}}) ?(?:måneder|mdr\.?)(?: gammel(?:t)?)?)(?!\w)",
        r"(?! (?:for|siden|efter|henne|i|uden|med)\b)",
    ),
    _said(r"\b(?P<months>\d{1,2}) ?(?:måneder|mdr\.?) gammel(?:t)?\b"),
    _said(r"\b(?:i )?(?P<nursery>børnehaveklasse(?:n|s|ns)?)\b"),
    _said(r"\b(?:i )?(?P<gymnasium>[1-3])\. ?g(?:['’]?er)?\b"),
)
# The word says more than an age, so it is searched as well.
_TEENAGER = _said(r"\b(?:teenage-?(?P<who>datter|søn|pige|dreng)|teenager(?P<ending>e|en|ne|s)?)\b")
# What stands before an age that somebody says of a child, or of herself.
_OF_A_CHILD = _said(
    r"\b(?:datter|døtre|søn|sønner|barn|børn|baby|dreng|drenge|pige|piger|knægt|tøs)[^.!?\d]{0,20}$"
)
_OF_ME = _said(r"\b(?:jeg|mig)(?: er| på)? ?$")
_INSTEAD = {"e": "børn", "en": "barnet", "ne": "børnene"}


def ages(text: str) -> Iterator[Taken]:
    """Yield the age or range of ages that is asked about, if any; further ages are somebody else's.

    That is the first one, but a child's goes before what a grown-up says of herself: “jeg er 45 år og min
    søn er 8”. `text` has one space between words. A range takes in every age from the first to the last.
    """
    if found := _all(text):
        children = [one for one in found if _OF_A_CHILD.search(_before(one, text))]
        is_grown = _OF_ME.search(_before(found[0], text)) and int(found[0].values[0]) >= ADULT
        yield children[0] if is_grown and children else found[0]
    elif teenager := _TEENAGER.search(text):
        instead = teenager["who"] or _INSTEAD.get(teenager["ending"] or "", "barn")
        youngest, oldest = map(str, TEENS)
        yield Taken("alder", (youngest, oldest), f"{youngest}–{oldest} år", *teenager.span(), instead)


def _before(one: Taken, text: str) -> str:
    """Return what stands right before an age."""
    return text[max(0, one.start - _LOOK_BACK) : one.start]


def _all(text: str) -> list[Taken]:
    """Return all ages in the order of the text; where two patterns fit, the one that stands first here."""
    found: list[Taken] = []
    for pattern in (*_RANGES, *_AGES):
        some = (_taken(match, text) for match in pattern.finditer(text))
        for one in islice(filter(None, some), MOST_READ):
            if all(one.end <= other.start or one.start >= other.end for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _taken(match: re.Match[str], text: str) -> Taken | None:
    """Return the age that `match` tells, or None when it cannot be one or tells how long."""
    said = match.groupdict()
    start, end = match.span("cut" if said.get("cut") else 0)
    if text[start].isalnum() and _HOW_LONG.search(text[max(0, start - 30) : start]):
        return None
    age = _years(said)
    until = int(said.get("until") or age)
    limit = said.get("limit")
    if limit is not None:
        return _open_range(limit.lower(), age, start, end)
    if said.get("decade"):
        until = age + 9
    if said.get("soon"):
        age, until = max(age - 1, 0), age
    if age > OLDEST or not 0 <= until - age <= WIDEST:
        return None
    if until == age:
        return Taken("alder", (str(age),), f"{age} år", start, end)
    return Taken("alder", (str(age), str(until)), f"{age}–{until} år", start, end)


def _open_range(limit: str, age: int, start: int, end: int) -> Taken | None:
    """Return the ages under or over `age`; None when that is no age."""
    if age > OLDEST or age < 2:
        return None
    if limit == "under":
        return Taken("alder", ("0", str(age - 1)), f"under {age} år", start, end)
    return Taken("alder", (str(age), str(OLDEST)), f"{age} år og ældre", start, end)


def _years(said: dict[str, str | None]) -> int:
    """Return the years that a pattern's groups tell."""
    if said.get("nursery"):
        return AGE_BEFORE_FIRST_CLASS
    if year := said.get("gymnasium"):
        return AGE_BEFORE_GYMNASIUM + int(year)
    if year := said.get("class"):
        return AGE_BEFORE_FIRST_CLASS + (_CLASSES.get(year.lower()) or int(year))
    if months := said.get("months"):
        return int(months) // 12
    age = str(said.get("age") or said.get("decade") or said.get("soon")).lower()
    return _NUMBERS.get(age) or int(age)
