"""Logs that cannot tell what anybody searched for."""

import logging
import re

# From the question mark (or its code, as in a link that was copied wrongly) to the end of the line, or to
# what ends a request: ` HTTP/1.1"`. A query may hold quotes and spaces, so they do not end it. gunicorn
# takes what follows a space in an address for the version, and says so without a question mark.
QUERY_STRING = re.compile(r"(\?|%3F|Invalid HTTP Version: )(?:.*(?= HTTP/[\d.]+[\"'])|.*)", re.IGNORECASE)


class WithoutTraceback(logging.Filter):
    """Keeps a line to one line: what somebody else did wrong has no traceback that helps us."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, without its traceback."""
        record.exc_info = record.exc_text = None
        return True


class WithoutQueryString(logging.Formatter):
    """Cuts query strings out of every line, tracebacks included: they reveal illness and need."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        return QUERY_STRING.sub(r"\1…", super().format(record))
