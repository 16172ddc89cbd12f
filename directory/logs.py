"""Logs that tell neither what anybody searched for, nor who asked. gunicorn uses this without settings."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from directory.watching.faults import told

# From the question mark (or its code, as in a link that was copied wrongly) to the end of the line, or to
# what ends a request: ` HTTP/1.1"`. A query may hold quotes and spaces, so they do not end it. gunicorn
# takes what follows a space in an address for the version, and says so without a question mark.
QUERY_STRING = re.compile(r"(\?|%3F|Invalid HTTP Version: )(?:.*(?= HTTP/[\d.]+[\"'])|.*)", re.IGNORECASE)
# gunicorn tells from which address a request came that it cannot read.
ADDRESS = re.compile(r"\bip=\S+")
# What `directory.watching.requests` adds to a line about a request.
FIELDS = ("route", "method", "status", "ms")

# The id of the request that is being answered, for every line that is written meanwhile.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class WithoutTraceback(logging.Filter):
    """Keeps a line to one line: what somebody else did wrong has no traceback that helps us."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, without its traceback."""
        record.exc_info = record.exc_text = None
        return True


def clean(text: str) -> str:
    """Return a text without query strings and without the addresses of those who asked."""
    return ADDRESS.sub("ip=…", QUERY_STRING.sub(r"\1…", text))


class WithoutQueryString(logging.Formatter):
    """Cuts query strings out of every line, tracebacks included: they reveal illness and need."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        if record.exc_info and record.exc_info[1] and not record.exc_text:
            record.exc_text = told(record.exc_info[1], getattr(record, "request", None))
        return clean(super().format(record))


class JsonLines(WithoutQueryString):
    """The same as one JSON object a line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname, "logger": record.name}
        if known := request_id.get():
            line["request_id"] = known
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        return json.dumps({**line, "message": super().format(record)}, ensure_ascii=False)
