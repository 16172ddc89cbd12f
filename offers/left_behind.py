"""A number or an address that is a contact no more, and still stands in the text. Pure.

It is a warning and never a refusal: the text may tell of the old number on purpose.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from offers.phone import digits

NUMBERS = frozenset({"telefon", "sms"})
# What may stand between the digits of a number, as people write them.
_BETWEEN = r"[\s.\-\u00a0]?"


def corrected(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the values that were contacts before and are none after; `kind` and `value` of each are read.

    A number whose digits are only written in other groups has not gone.
    """
    left = {_key(one["kind"], one["value"]) for one in after}
    return list(
        dict.fromkeys(one["value"] for one in before if _key(one["kind"], one["value"]) not in left)
    )


def stands_in(value: str, text: str) -> bool:
    """Return whether a text tells a number or an address, however the number is grouped.

    >>> stands_in("70 20 12 01", "Ring på +45 70201201."), stands_in("112", "Ring 1122")
    (True, False)
    """
    number = digits(value).removeprefix("+45")
    if number and not re.search(r"[^\W\d_]", value):
        pattern = rf"(?<!\d){_BETWEEN.join(re.escape(digit) for digit in number)}(?!\d)"
        return bool(re.search(pattern, text))
    address = re.escape(_address(value))
    return bool(re.search(rf"(?<![\w.+-]){address}(?![\w-])", text, re.IGNORECASE))


def _key(kind: str, value: str) -> str:
    """Return a contact as it is compared."""
    return digits(value).removeprefix("+45") if kind in NUMBERS else _address(value).casefold()


def _address(value: str) -> str:
    """Return an address without what makes no difference."""
    return re.sub(r"^https?://(?:www\.)?", "", value.strip(), flags=re.IGNORECASE).rstrip("/")
