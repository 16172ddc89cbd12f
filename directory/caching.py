"""Where things are kept between requests; read by `directory.settings`."""

from typing import Any

# What the log-ins of the staff count must hold for all processes: it stands in the database. What visitors
# do is counted in memory, never on a disk (`offers/rate_limit.py`).
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # So many that nobody can push the count of her tries out by trying other names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "visitors": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Pages that are the same for everybody, packed: some ten kilobytes each (`directory/kept_pages.py`).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
