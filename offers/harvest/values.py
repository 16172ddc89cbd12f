"""Single values as others write them: texts, numbers, days and ids. What is of no use is None or empty."""

import re
from datetime import date, datetime
from html import unescape
from typing import Any
from uuid import UUID, uuid5

from offers import cpr
from offers.models.natural import NAMESPACE

# What HSDS lets a description have; ours are Markdown, where other signs in angles are words.
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|a|b|i|strong|em|u|span|div|h[1-6]|table|tr|td|font)\b[^<>]*>", re.IGNORECASE
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
OLDEST_YEAR, LAST_YEAR = 1900, 2100


def text(value: Any) -> str:
    """Return a text without what no database and no reader takes; empty for what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = _UNSEEN.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    if _TAG.search(plain):
        plain = unescape(_TAG.sub("", _BREAK.sub("\n", plain)))
        plain = re.sub(r"\n{3,}", "\n\n", plain)
    return plain.strip()


def line(value: Any) -> str:
    """Return a text on one line."""
    return " ".join(text(value).split())


def rows(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; others leave out lists, or write null, or a single object."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, dict)]


def number(value: Any) -> float | None:
    """Return a number, also of a text as a table has it."""
    if isinstance(value, bool):
        return None
    try:
        found = float(str(value).replace(",", ".")[:40])
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def whole(value: Any) -> int | None:
    """Return a whole number, rounded down."""
    found = number(value)
    return None if found is None else int(found // 1)


def day(value: Any) -> str | None:
    """Return a day, of a day or a moment, as ISO 8601."""
    try:
        found = date.fromisoformat(text(value)[:10])
    except ValueError:
        return None
    return found.isoformat() if OLDEST_YEAR <= found.year <= LAST_YEAR else None


def clock(value: Any) -> str | None:
    """Return an hour as HH:MM; what says how far it is from Greenwich is left out.

    >>> clock("10:00:00+01:00"), clock("9:30"), clock("24:00")
    ('10:00', '09:30', '00:00')
    """
    found = re.match(r"(\d{1,2}):(\d\d)(?!\d)", text(value))
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    return f"{int(found[1]) % 24:02}:{found[2]}"


def moment(value: Any) -> str:
    """Return a moment as the source writes it, if it is one."""
    found = text(value)[:40]
    try:
        datetime.fromisoformat(found)
    except ValueError:
        return ""
    return found


def own_id(source: str, key: str) -> UUID:
    """Return the id that a record has here: its own, or one made of the source when that is no UUID."""
    try:
        return UUID(key)
    except ValueError:
        return uuid5(NAMESPACE, f"{source}/{key}")


def parted(description: str, most: int) -> tuple[str, str]:
    """Return the summary and the rest of a description: its first paragraph, or as many sentences as fit.

    >>> parted("Kort.\\n\\nLangt.", 300), parted("En. To. Tre.", 7)
    (('Kort.', 'Langt.'), ('En. To.', 'En. To. Tre.'))
    """
    first, _, rest = description.partition("\n\n")
    if len(first) <= most and "\n" not in first:
        return first, rest.strip()
    short = ""
    for sentence in _SENTENCE.split(" ".join(first.split())):
        if len(short) + len(sentence) + 1 > most:
            break
        short = f"{short} {sentence}".strip()
    return short or f"{' '.join(first.split())[: most - 1]}…", description


def holds_cpr(value: Any) -> bool:
    """Whether any text in a value may have a CPR number; each text by itself."""
    if isinstance(value, str):
        return bool(cpr.find(value))
    if isinstance(value, list | tuple):
        return any(map(holds_cpr, value))
    return False
