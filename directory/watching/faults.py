"""What went wrong, told without what anybody wrote: tracebacks without the words of the request."""

import re
import traceback
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_plus

from offers import cpr

_WORD = re.compile(r"\w{2,}")
# Of a word only the beginning is looked for: the search takes endings off.
BEGINNING = 4
# With more words than this in a request, what an exception says is not told at all.
MOST_WORDS = 300
UNTOLD = "…"


def told(error: BaseException, request: Any = None) -> str:
    """Return the traceback of `error`: where, and what it says, without words of `request` or CPR numbers.

    A frame tells file, line and code, never values.
    """
    parts = []
    for one in _chain(error):
        name = f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("builtins.")
        said = scrubbed(str(one), request)
        where = "".join(traceback.format_tb(one.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{where}{name}: {said}")
    return "\n\n".join(parts)


def _chain(error: BaseException) -> Iterable[BaseException]:
    """Return the exceptions that led to `error`, the first before; each once."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return reversed(found)


def scrubbed(text: str, request: Any = None) -> str:
    """Return `text` without CPR numbers, and without words that somebody wrote in `request`."""
    words = _written(request) if request is not None else set()
    if len(words) > MOST_WORDS:
        return UNTOLD
    if words:
        beginnings = sorted({re.escape(word[:BEGINNING]) for word in words}, key=len, reverse=True)
        text = re.sub(rf"\b(?:{'|'.join(beginnings)})\w*", UNTOLD, text, flags=re.IGNORECASE)
    return cpr.hidden(text)


def _written(request: Any) -> set[str]:
    """Return the words in the address and the form of a request, names of fields included."""
    meta = getattr(request, "META", {})
    texts = [unquote_plus(meta.get("QUERY_STRING", ""))]
    # Not `request.POST`: it may be what cannot be read.
    posted: Any = getattr(request, "_post", None)
    for name, values in posted.lists() if posted else ():
        texts += [name, *values]
    return {word for text in texts for word in _WORD.findall(text)}
