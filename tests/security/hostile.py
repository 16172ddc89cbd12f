"""Every address that the site knows, and what somebody might send there who means no good."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import strategies as st

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
# Read in a browser, as tables, by programs of spreadsheets, of databases and of shells.
CUNNING = [
    "",
    " ",
    "\0",
    "a\0b",
    "\r\nSet-Cookie: a=b",
    "\u202e\u200b\ufeff",
    "\U0010ffff",
    "%00",
    "%",
    "../../../../etc/passwd",
    "..%2f..%2fsettings.py",
    "' OR 1=1 --",
    '"; DROP TABLE offers_offer; --',
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "{% debug %}",
    "${7*7}",
    "%(x)s %s {0} {x.__class__}",
    "=HYPERLINK(1)",
    "javascript:alert(1)",
    "https://ond.example/",
    "//ond.example/",
    "http://169.254.169.254/",
    "-1",
    "0",
    "1e400",
    "nan",
    "٣",
    "²",
    "9" * 40,
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2026-W99",
    "true",
    "null",
    "[]",
    '{"a": [1, {"b": null}]}',
    "x" * 5000,
    "(" * 300,
    "æøå" * 400,
    "00000000-0000-0000-0000-000000000000",
]
_NAMES = """
q page alder behov kommune sorter form pris adgang sprog hvem tilbud dato aendringer vis uge words
outcome trin _version action _selected_action index select_across _popup _to_field o p e all e
status status__exact title slug name text kind count url email phone valid_from starts_on weekday
opens_at contacts-TOTAL_FORMS contacts-INITIAL_FORMS contacts-0-id contacts-0-value login password
code next credential sheet file per_page modified_after search minimal since app_label model_name
field_name term month year publisher theme file_name organisation summary age_from age_to needs
provision_type verified_on object_id run step keep take mine theirs
"""
NAMES = _NAMES.split()
METHODS = ("GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE")
_HEADERS = """
accept accept-language referer hx-request if-none-match range if-modified-since origin x-request-id
x-forwarded-for cookie
"""
HEADERS = _HEADERS.split()

text = st.one_of(st.sampled_from(CUNNING), st.text(max_size=40), st.integers().map(str))
fields = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), text), text), max_size=6)


class Asked(NamedTuple):
    """One request."""

    method: str
    path: str
    query: str
    body: bytes
    kind: str  # of the content
    headers: dict[str, str]
    is_staff: bool


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Yield the path of every address, with `<name>` where something stands in it."""
    for one in (resolver or get_resolver()).url_patterns:
        here = _GROUP.sub(r"<\1>", str(one.pattern)).replace("^", "").replace("$", "")
        here = before + here.replace("/?", "/")
        if isinstance(one, URLResolver):
            yield from patterns(one, here)
        elif isinstance(one, URLPattern):
            yield f"/{here}".replace("//", "/")


def sent(value: str) -> str:
    """Return a part of an address as it is sent; lone halves of signs, which cannot be, are replaced."""
    return quote(value.encode(errors="replace"), safe="")


def _coded(pairs: list[tuple[str, str]]) -> str:
    """Return pairs as they stand in a query."""
    return "&".join(f"{sent(name)}={sent(value)}" for name, value in pairs)


def _multipart(pairs: list[tuple[str, str]]) -> bytes:
    """Return pairs as a form with files: the last one is a file."""
    parts = []
    for number, (name, value) in enumerate(pairs):
        clean = re.sub(r'[\r\n"]', "", name)
        file = f'; filename="{clean}.csv"' if number == len(pairs) - 1 else ""
        parts.append(f'--x\r\nContent-Disposition: form-data; name="{clean}"{file}\r\n\r\n{value}\r\n')
    return ("".join(parts) + "--x--\r\n").encode(errors="replace")


@st.composite
def requests(draw, paths: list[str], real: dict[str, list[str]]) -> Asked:
    """Draw a request: an address with real or hostile parts, a query, a body and headers."""
    path = draw(st.sampled_from(paths))
    for name in _PART.findall(path):
        known = real.get(name, [])
        value = draw(st.one_of(st.sampled_from(known), text) if known else text)
        path = path.replace(_PART.search(path)[0], sent(value), 1)
    method = draw(st.sampled_from(METHODS))
    query = _coded(draw(fields)) if draw(st.booleans()) else sent(draw(text))
    kind, body = "", b""
    if method in ("POST", "PUT"):
        pairs = draw(fields)
        bodies = [
            ("application/x-www-form-urlencoded", _coded(pairs).encode()),
            ("multipart/form-data; boundary=x", _multipart(pairs)),
            ("multipart/form-data; boundary=y", _multipart(pairs)),
            ("application/json", b'{"a": [' * 50),
            ("", b"\xff\xfe\x00"),
        ]
        kind, body = draw(st.sampled_from(bodies))
    values = [*(one for one in CUNNING if one.isascii() and one.isprintable()), "true", "*/*"]
    headers = draw(st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(values), max_size=3))
    return Asked(method, path, query, body, kind, headers, draw(st.booleans()))
