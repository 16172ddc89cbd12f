"""Logs that cannot tell what anybody searched for."""

import logging
import re

QUERY_STRING = re.compile(r"\?[^\s\"']*")


class WithoutQueryString(logging.Filter):
    """Cuts query strings out of every record before it is written: they reveal illness and need."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite `record` in place and let it through."""
        record.msg = QUERY_STRING.sub("?…", record.getMessage())
        record.args = None
        record.__dict__.pop("request", None)
        return True
