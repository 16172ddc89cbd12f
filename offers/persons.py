"""Whether a way to reach somebody is a person's own, who must have said yes to standing here. Pure.

The General Data Protection Regulation, article 6: a name, or an address made of one, is personal data, at
work too. A shared mailbox or a switchboard is not. In doubt one is asked, which costs a tick.
"""

import re
from pathlib import Path

# Two parts that look like names, as “anne.hansen@”; the words of shared mailboxes are none.
_NAMED = re.compile(r"([a-zæøå]+)[._-]([a-zæøå]+)@", re.IGNORECASE)
_SHARED = frozenset(
    {"booking", "borger", "borgerservice", "center", "chat", "drift", "familie", "forening", "frivillig"}
    | {"gruppe", "handicap", "hjaelp", "hjælp", "info", "job", "jobcenter", "kommune", "kontakt", "kontor"}
    | {"kultur", "mail", "omsorg", "pleje", "post", "postkasse", "raad", "råd", "raadgivning", "rådgivning"}
    | {"reception", "sekretariat", "service", "social", "socialt", "sundhed", "support", "team", "ung"}
    | {"unge", "vagt"}
)
_LINES = Path(__file__).with_name("first_names.txt").read_text(encoding="utf-8").splitlines()
_FIRST = [line for line in _LINES if not line.startswith("#")]
_FIRST_NAMES = frozenset(name.lower() for name in _FIRST)
# “Anne Hansen”, “Anne B. Hansen”, “Mette Holm”: most surnames here end in -sen, few other words do.
_SURNAME = r"(?: [A-ZÆØÅ]\.)? (?P<last>[A-ZÆØÅ][a-zæøå]+)(?!\w)"
_NAME = re.compile(rf"(?<!\w)(?P<first>[A-ZÆØÅ][a-zæøå]+)(?={_SURNAME})")
# “Ring til Mette” and “Mette” alone.
_ALONE = re.compile(rf"(?:^|\b(?:til|hos|kontakt|spørg efter) )(?:{'|'.join(_FIRST)})[.,!]?$")
# A house, a school or a street that is called after somebody is nobody's.
_THING = r"(?:vej|gade|allé|plads|torv|stræde|hus|huset|hjem|hjemmet|skole|skolen|kirke|kirken|fond|fonden"
_THING += r"|legat|center|centret|centeret|institut|instituttet|klinik|klinikken|gård|gården|forening"
_THING += r"|foreningen|stiftelsen|selskabet|kollegiet|samling)"
_CALLED_AFTER = re.compile(rf" (?:[A-ZÆØÅ][a-zæøå]+ )?{_THING}(?!\w)|^-", re.IGNORECASE)


def is_personal(kind: str, value: str, label: str) -> bool:
    """Return whether an e-mail address or a number seems to belong to one person.

    >>> is_personal("e-mail", "anne.hansen@by.dk", ""), is_personal("e-mail", "borger.service@by.dk", "")
    (True, False)
    >>> is_personal("telefon", "12 34 56 78", "Ring til Anne Hansen"), is_personal("telefon", "112", "")
    (True, False)
    """
    if kind == "e-mail":
        if value.partition("@")[0].lower() in _FIRST_NAMES:
            return True
        if found := _NAMED.match(value):
            return not {found[1].lower(), found[2].lower()} & _SHARED
    said = _names_somebody(label) or bool(_ALONE.search(label))
    return said and kind in {"e-mail", "telefon", "sms"}


def _names_somebody(text: str) -> bool:
    """Return whether a text has a first name and a surname in it, not those of a house or a street."""
    return any(
        (found["last"].endswith("sen") or found["first"].lower() in _FIRST_NAMES)
        and not _CALLED_AFTER.match(text[found.end("last") :])
        and not re.fullmatch(_THING, found["last"], re.IGNORECASE)
        for found in _NAME.finditer(text)
    )
