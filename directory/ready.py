"""What a server loads before it has processes, so that they have it in common."""

import gc
import logging

from django.conf import settings
from django.db import Error, connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def load() -> None:
    """Load every index of the search; without a database, each process does so when there is one."""
    try:
        for index in map(import_string, settings.SEARCH_INDEXES):
            index.reader()
    except Error as error:
        logger.warning("The search is loaded later: %s", error.__class__.__name__)
    finally:
        connections.close_all()  # no process may use the connection of another
    # What is there now stays: looking through it for waste would copy it into every process.
    gc.collect()
    gc.freeze()
