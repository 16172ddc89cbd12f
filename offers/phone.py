"""Danish phone numbers: are they possible, and what does one dial?

Short numbers (112, 114, 1813, 1888, 116 111) are as real as the long ones, and a number is shown as
its owner writes it (70 201 201, not 70 20 12 01), so the phone library only answers yes or no.
"""

import phonenumbers
from django.core.exceptions import ValidationError


def digits(number: str) -> str:
    """Return the digits of `number`, with a leading + where it has one."""
    plus = "+" if number.strip().startswith("+") else ""
    return plus + "".join(char for char in number if char.isascii() and char.isdigit())


def tel_uri(number: str) -> str:
    """Return the address to dial (RFC 3966); a short number is dialled as it is, without +45.

    >>> tel_uri("70 201 201"), tel_uri("116 111")
    ('tel:+4570201201', 'tel:116111')
    """
    dialled = digits(number)
    return f"tel:+45{dialled}" if len(dialled) == 8 else f"tel:{dialled}"


def can_be_dialled(number: str) -> bool:
    """Return whether `number` has the form of one that can be dialled in Denmark."""
    try:
        parsed = phonenumbers.parse(digits(number), "DK")
    except phonenumbers.NumberParseException:
        return False
    is_short = phonenumbers.is_valid_short_number_for_region(parsed, "DK")
    return is_short or phonenumbers.is_valid_number(parsed)


def validate_phone(number: str) -> None:
    """Raise ValidationError unless `number` can be dialled in Denmark."""
    if not can_be_dialled(number):
        raise ValidationError(
            f"“{number}” er ikke et telefonnummer, der kan ringes til fra Danmark. "
            "Skriv otte cifre, et kort nummer som 112, eller +landekode."
        )
