"""For whom somebody looks for help, as far as the text tells. Pure.

A wrong guess puts the wrong offers first, so an unclear text gives no answer: “min mand slår mig” seeks
help for the one who writes, “min datter er død” for a mother, “jeg er lærer og stresset” for no pupil, and
“min far drikker” may be written by a child.
"""

import re
from enum import StrEnum

from offers.search.letters import fold

ADULT = 18  # years; from then on a child is somebody one cares about


class Who(StrEnum):
    """For whom, under the names in the address."""

    ME = "mig"
    CHILD = "barn"
    RELATIVE = "paaroerende"
    CLIENT = "fagperson"


def _any(*patterns: str) -> str:
    """Return the pattern for any of some patterns, divided by commas."""
    return "(?:" + "|".join(one for some in patterns for one in some.split(", ")) + ")"


def _said(*patterns: str) -> re.Pattern[str]:
    """Return the pattern for any of some patterns, divided by commas, as whole words of folded text."""
    return re.compile(rf"\b{_any(*patterns)}\b")


_PROFESSION = _any(
    "sagsbehandler, socialrådgiver, lærer, skolelærer, pædagog, sygeplejerske, sundhedsplejerske, læge",
    "vejleder, jobkonsulent, mentor, støtteperson, kontaktperson, psykolog, fagperson",
)
_CLIENT = _any("borger, borgere, elev, elever, patient, patienter, klient, klienter")
_CHILD = _any(
    "datter, døtre, søn, sønner, barn, børn, baby, dreng, drenge, pige, piger, knægt, tøs, teenagere?",
    "tvillinger, spædbarn, ældste, yngste, (?:bonus|pleje|sted|teenage)(?:datter|søn|barn|børn|pige|dreng)",
)
_RELATIVE = _any(
    "mor, far, mand, kone, kæreste, ven, venner, veninde, veninder, (?:lille|store)?(?:bror|søster)",
    "brødre, søstre, søskende, forældre, (?:mor|far|bedste)(?:mor|far|forældre), samlever, ægtefælle",
    "sted(?:mor|far), sviger(?:mor|far), onkel, moster, faster, nevø, niece, barnebarn, børnebørn",
)
_MY = "(?:min|mit|mine|vores)"
# Where somebody is named who needs the help: “bekymret for min mor”, not “bor hos min mor”.
_BEFORE_ONE_HELPED = _any(
    "(?<!bange )(?<!angst )for, til, at, fordi, når, hvis, hjælpe, hjælper, hjælper jeg",
    "hjælp(?:e mig)? med, støtte, støtter, støtter jeg, tror, synes, mener",
)
_AT_FIRST = rf"(?:^(?:hej |og |men )?|\b{_BEFORE_ONE_HELPED} )"

_CLIENTS = _said(
    rf"{_MY} {_CLIENT}",
    rf"(?<!er )(?<!som )en {_CLIENT}",
    rf"jeg er {_PROFESSION} (?:for|til)",
    rf"som {_PROFESSION}",
)
_CHILDREN = re.compile(
    rf"{_AT_FIRST}{_MY} (?:\w+ )?{_CHILD}\b|\b(?:mor|far|forælder|forældre) til (?:en|et|to|tre|min|mit)\b"
    rf"|\bhar (?:en|et|to|tre) {_CHILD}\b"
)
_RELATIVES = re.compile(rf"{_AT_FIRST}{_MY} (?:\w+ )?{_RELATIVE}\b|\bpårørende til\b|\bjeg er pårørende\b")
# Only told of a parent of this age, in years, is it surely a grown-up who writes.
OLD_PARENT = 40
_PARENT_AT_FIRST = re.compile(rf"^(?:hej |og |men )?{_MY} (?:\w+ )?(?:(?:sted)?(?:mor|far)|forældre)\b")
_NAMED_AS_HELPED = re.compile(rf"\b{_BEFORE_ONE_HELPED} {_MY}\b|\bpårørende\b")
_MINE = {
    Who.CHILD: _said(rf"{_MY} (?:\w+ )?{_CHILD}"),
    Who.RELATIVE: _said(rf"{_MY} (?:\w+ )?{_RELATIVE}"),
}
_GROWN = _said(rf"{_MY} voksne")
# What somebody does to the one who writes, or what is left to her.
_DONE_TO_ME = _said(
    "slår, slog, slået, tæsker, banker, skubber, vold, voldelige?, truer, truet, voldtog, voldtaget",
    "krænker, krænket, rører, råber, kontrollerer, stalker, forfølger, kalder, skælder, skændes, toppes",
    r"tjekker, overvåger, kontroller\w*, bestemmer, styrer, isolerer, tvinger, presser, forbyder, nægter",
    r"ydmyger, låser, holder øje, følger efter, jaloux, voldsom\w*, hidsig\w*, aggressiv\w*, min telefon",
    "dør, død, døde, mistet, forladt, gået, skrider, skredet, utro, skilles, skilt, skilsmisse, separeret",
    r"samvær\w*, forældremyndighed\w*, bange for(?! at), gravid",
)
# What one says of oneself when the help is for another.
_ABOUT_ANOTHER = _said(
    "jeg (?:tror|synes|mener|frygter|søger|ønsker|leder efter|vil gerne hjælpe|er bange for at)",
    "jeg er (?:så |meget )?bekymret, jeg er pårørende, jeg er (?:mor|far|forælder|søster|bror) til",
    rf"jeg har (?:en|et|to|tre) {_any(_CHILD, _RELATIVE)}",
    "(?:kan|skal|bør|må|gør|hjælper|støtter|får) jeg, jeg (?:kan|skal) (?:hjælpe|støtte|gøre)",
    "(?:bekymrer|hjælp|hjælpe|rådgive) mig, bekymrer jeg mig",
)
_US = _said("jeg, mig, os")
_ME = _said("jeg, mig")
_SOMEBODY_ELSE = _said(
    r"han, hun, ham, hende, hans, hendes, dem, de, deres, andre, nogen, nabo\w*, kollega\w*, bekymret for",
    r"(?:en|et) (?:\w+ )?(?:dreng|pige|kvinde|mand|ung|unge|person|barn|ven|veninde|familie)",
)
_IN_A_PROFESSION = _said(rf"jeg er {_PROFESSION}")


def who(text: str, age: int | None = None) -> Who | None:
    """Return for whom `text` seeks help, or None when it does not say so clearly.

    `age` is the age that the text tells, in years: “min søn på 35” is no child.
    """
    words = " ".join(fold(text).split())
    if _CLIENTS.search(words):
        return Who.CLIENT
    others = {Who.CHILD: _CHILDREN.search(words), Who.RELATIVE: _RELATIVES.search(words)}
    named = [one for one, match in others.items() if match]
    if not named:
        unclear = (_SOMEBODY_ELSE, _IN_A_PROFESSION, *_MINE.values())
        is_me = _ME.search(words) and not any(pattern.search(words) for pattern in unclear)
        return Who.ME if is_me else None
    are_both = all(pattern.search(words) for pattern in _MINE.values())
    if are_both or _DONE_TO_ME.search(words) or _US.search(_ABOUT_ANOTHER.sub(" ", words)):
        return None
    if _PARENT_AT_FIRST.search(words) and not _NAMED_AS_HELPED.search(words) and (age or 0) < OLD_PARENT:
        return None
    is_grown = _GROWN.search(words) or (age is not None and age >= ADULT)
    return Who.RELATIVE if is_grown else named[0]
