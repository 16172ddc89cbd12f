"""Logs that cannot tell what anybody searched for."""

import logging
import re

QUERY_STRING = re.compile(r"\?[^\s\"']*")


class WithoutQueryString(logging.Formatter):
    """Cuts query strings out of every line, tracebacks included: they reveal illness and need."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        return QUERY_STRING.sub("?…", super().format(record))
