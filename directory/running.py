"""The settings of those who run the site: copies, logs, measurements, and who hears of faults.

`directory/settings.py` takes over all of it, and `gunicorn.conf.py` reads it before there are settings.
"""

from pathlib import Path
from typing import Any

from directory.environment import BASE_DIR, parse, read, read_bool, require

# -- What may be set from outside ------------------------------------------------------------------

# Where `manage.py backup` writes, and how many of its copies are kept there.
BACKUP_DIR = Path(read("BACKUP_DIR", str, str(BASE_DIR / "backups")))
BACKUP_KEEP = read("BACKUP_KEEP", int, 14)
# A line of text, or a JSON object, for each thing that is told.
LOG_FORMAT = read("LOG_FORMAT", str, "text" if read_bool("DEBUG", False) else "json")
# Where /metrics answers, as 127.0.0.1:9464; empty: nowhere. Never an address that the public can reach.
METRICS_BIND = read("METRICS_BIND", str, "")
ADMIN_EMAILS = read("ADMIN_EMAILS", list, [])
# So many searches a minute from one address (a household, or a whole workplace); 0: no limit.
SEARCH_LIMIT = read("SEARCH_LIMIT", int, 600)


def bound(bind: str) -> tuple[str, int]:
    """Return host and port of `host:port`; raises ValueError."""
    host, _, port = bind.rpartition(":")
    if not host or not 1 <= int(port) <= 65535:
        raise ValueError(bind)
    return host, int(port)


require(BACKUP_KEEP >= 1, f"BACKUP_KEEP er {BACKUP_KEEP}: skriv, hvor mange kopier der gemmes, mindst 1.")
require(SEARCH_LIMIT >= 0, f"SEARCH_LIMIT er {SEARCH_LIMIT}: skriv et tal fra 0 og op.")
require(LOG_FORMAT in {"text", "json"}, f"LOG_FORMAT er “{LOG_FORMAT}”: skriv text eller json.")
if METRICS_BIND:
    parse(bound, METRICS_BIND, f"METRICS_BIND er “{METRICS_BIND}”: skriv vært og port, fx 127.0.0.1:9464.")
for address in ADMIN_EMAILS:
    require("@" in address, f"ADMIN_EMAILS har “{address}”: skriv mailadresser med komma imellem.")

# -- Logs ------------------------------------------------------------------------------------------

ADMINS = [("", address) for address in ADMIN_EMAILS]
# Search words tell of illness and need, so no line that is written may hold a query string
# (`directory.logs`). Requests are logged by route. gunicorn has loggers of its own: `gunicorn.conf.py`.
FORMATTER: dict[str, Any] = {
    "text": {"()": "directory.logs.WithoutQueryString"},
    "json": {"()": "directory.logs.JsonLines"},
}[LOG_FORMAT]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_traceback": {"()": "directory.logs.WithoutTraceback"}},
    "formatters": {"ours": FORMATTER},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "ours"},
        "mail": {"class": "directory.watching.mail.FaultMail", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "mail"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console", "mail"], "level": "INFO", "propagate": False},
        # More than the server takes in one go: the sender gets 400.html.
        **{
            f"django.security.{fault}": {"filters": ["no_traceback"]}
            for fault in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
        },
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Django's own server tells of requests by itself.
        "vejviser.requests": {
            "handlers": ["console"],
            "level": "WARNING" if LOG_FORMAT == "text" else "INFO",
            "propagate": False,
        },
    },
}
