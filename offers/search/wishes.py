"""Wishes that are filters: free, anonymous, without referral, a chat, open now. Pure.

What most offers do not tell (the price, whether one may be anonymous) is no reason to hide them.
"""

import re
from collections.abc import Iterator

from offers.search.taken import UNKNOWN, Taken

_NOT = r"(?<!ikke )\b"
_ANONYMOUS = r"(?:anonymt?|anonyme(?! \w+(?:er|ere|erne)\b)|uden at sige (?:mit )?navn)\b"
_NOW = r"(?:lige nu|nu her|her og nu|nu)"
# “hvem har åbent” asks for what is open now; with a day or an hour (“har åbent på lørdag”) it does not.
_OPEN = (
    rf"(?:(?:har |er |holder )?åbent? {_NOW}"
    r"|(?:hvem|hvad|nogen?|nogle|noget|steder|sted)(?: der| som)? (?:har|er|holder) åbent?"
    r"(?! (?!for\b)\w))\b"
)
# “nogen at snakke med lige nu” wants somebody who is there; “har det dårligt lige nu” only tells of itself.
_SOMEBODY_THERE = re.compile(
    r"\b(?:ringe|snakke|snak|tale)\b(?P<between>(?:(?!chat|sms)[^.,;!?]){0,30}?) "
    r"(?P<cut>lige nu|nu her|her og nu)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:ikke|aldrig|ingen)\b", re.IGNORECASE)

_FREE = r"(?:gratis|uden betaling|koster ikke noget)\b"
_WISHES = tuple(
    (name, values, label, re.compile(pattern, re.IGNORECASE))
    for name, values, label, pattern in (
        (
            "pris",
            ("gratis", UNKNOWN),
            "Gratis (eller ikke oplyst)",
            _NOT + _FREE,
        ),
        ("anonym", ("ja", UNKNOWN), "Anonymt (eller ikke oplyst)", _NOT + _ANONYMOUS),
        ("adgang", ("selv",), "Uden henvisning", r"\b(?:uden henvisning|uden visitation)\b"),
        ("form", ("chat",), "Chat", _NOT + r"(?:på chat|chatte|chat)\b"),
        ("aaben", ("nu",), "Åbent nu", _NOT + _OPEN),
    )
)


def wishes(text: str) -> Iterator[Taken]:
    """Yield the wishes that are filters, each once. `text` has one space between words."""
    for name, values, label, pattern in _WISHES:
        if match := pattern.search(text):
            yield Taken(name, values, label, *match.span())
    match = _SOMEBODY_THERE.search(text)
    if match and not _DENIED.search(text[max(0, match.start() - 40) : match.end()]):
        yield Taken("aaben", ("nu",), "Åbent nu", *match.span("cut"))
