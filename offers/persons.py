"""Whether a way to reach somebody is a person's own, who must have said yes to standing here. Pure.

The General Data Protection Regulation, article 6: a name, or an address made of one, is personal data, at
work too. A shared mailbox or a switchboard is not. In doubt one is asked, which costs a tick.
"""

import re

# Two parts that look like names, as “anne.hansen@”; the words of shared mailboxes are none.
_NAMED = re.compile(r"([a-zæøå]+)[._-]([a-zæøå]+)@", re.IGNORECASE)
_SHARED = frozenset(
    {"booking", "borger", "borgerservice", "center", "chat", "drift", "familie", "forening", "frivillig"}
    | {"gruppe", "handicap", "hjaelp", "hjælp", "info", "job", "jobcenter", "kommune", "kontakt", "kontor"}
    | {"kultur", "mail", "omsorg", "pleje", "post", "postkasse", "raad", "råd", "raadgivning", "rådgivning"}
    | {"reception", "sekretariat", "service", "social", "socialt", "sundhed", "support", "team", "ung"}
    | {"unge", "vagt"}
)
# “Anne Hansen” or “Anne B. Hansen” in the words beside it: most surnames here end so, few other words do.
_NAME = re.compile(r"(?<!\w)[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\.)? [A-ZÆØÅ][a-zæøå]{2,}sen(?!\w)")


def is_personal(kind: str, value: str, label: str) -> bool:
    """Return whether an e-mail address or a number seems to belong to one person.

    >>> is_personal("e-mail", "anne.hansen@by.dk", ""), is_personal("e-mail", "borger.service@by.dk", "")
    (True, False)
    >>> is_personal("telefon", "12 34 56 78", "Ring til Anne Hansen"), is_personal("telefon", "112", "")
    (True, False)
    """
    if kind == "e-mail" and (found := _NAMED.match(value)):
        return not {found[1].lower(), found[2].lower()} & _SHARED
    return kind in {"e-mail", "telefon", "sms"} and bool(_NAME.search(label))
