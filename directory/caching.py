"""Where things are kept between requests; read by `directory.settings`."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from directory.environment import BASE_DIR, read, require, settled

# A Redis or Valkey that all processes and machines share; empty: each process has its own memory.
CACHE_URL = read("CACHE_URL", str, "")
require(
    not CACHE_URL or CACHE_URL.startswith(("redis://", "rediss://", "unix://")),
    "CACHE_URL kan ikke bruges: skriv redis://:adgangskode@vært:6379/0, eller lad den stå tom.",
)

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
SHARED: dict[str, Any] = {
    "BACKEND": "directory.shared_cache.SharedCache",
    "LOCATION": CACHE_URL,
}
# Seconds: a reader waits no longer for it.
PATIENCE: dict[str, Any] = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
PATIENCE |= {"serializer": "directory.shared_cache.PlainSerializer"}
if CACHE_URL:
    for name in "visitors", "pages":
        CACHES[name] |= SHARED | {"KEY_PREFIX": f"vejviser-{name}"}
        CACHES[name]["OPTIONS"] |= PATIENCE
    CACHES["pages"]["KEY_FUNCTION"] = "directory.caching.key_of_a_page"

# What a page is made of beside the rows.
PROGRAMS = ("directory", "offers", "policies", "templates", "locale", "requirements.txt")
KINDS = {".py", ".html", ".txt", ".mo", ".gz"}
# What differs between machines that show the same pages.
OF_A_MACHINE = ("_DIR", "_BIND", "_ROOT", "_URLS")


@cache
def release() -> str:
    """Return one word for the programs and settings that pages are made by: others make other pages."""
    digest = hashlib.sha256()
    for name in PROGRAMS:
        for path in sorted((BASE_DIR / name).rglob("*")) or [BASE_DIR / name]:
            if path.suffix in KINDS:
                digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    names = Path(settled["STATIC_ROOT"], "staticfiles.json")  # of the files that pages call for
    digest.update(names.read_bytes() if names.is_file() else b"")
    told = sorted(pair for pair in settled.items() if not pair[0].endswith(OF_A_MACHINE))
    digest.update(repr(told).encode())
    return digest.hexdigest()[:16]


def key_of_a_page(key: str, prefix: str, version: int) -> str:
    """Return where a page stands: two releases, or two sites, never share one."""
    return f"{prefix}:{release()}:{key}"
