"""Telephone numbers in a text, and how they are dialled. Pure."""

import re

NUMBER = re.compile(r"\+?\d(?: ?\d){2,14}", re.ASCII)


def national(number: str) -> str:
    """Return the digits of a telephone number as they are dialled in Denmark."""
    digits = "".join(char for char in number if char.isdigit())
    return digits.removeprefix("45") if number.strip().startswith("+45") else digits
