"""Addresses as HSDS demands them: letters beyond ASCII are written in their coded form (RFC 3986)."""

from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

_KEPT = "/:@!$&'()*+,;=-._~%"


# Those of organisations stand with many offers.
@lru_cache(maxsize=5000)
def uri(address: str) -> str | None:
    """Return `address` in ASCII; None when no such address can be.

    >>> uri("https://rødovre.dk/børn?a=å")
    'https://xn--rdovre-q1a.dk/b%C3%B8rn?a=%C3%A5'
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    rest = (quote(part, _KEPT + "?") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, *rest))


def email(address: str) -> str | None:
    """Return a mailbox that HSDS can name; None for one with other letters than ASCII."""
    return address if address.isascii() and "@" in address else None
