"""The settings of those who run the site: copies, logs, measurements, and who hears of faults.

`directory/settings.py` takes over all of it.
"""

from pathlib import Path

from directory.environment import BASE_DIR, read, require

# -- What may be set from outside ------------------------------------------------------------------

# Where `manage.py backup` writes, and how many of its copies are kept there.
BACKUP_DIR = Path(read("BACKUP_DIR", str, str(BASE_DIR / "backups")))
BACKUP_KEEP = read("BACKUP_KEEP", int, 14)

require(BACKUP_KEEP >= 1, f"BACKUP_KEEP er {BACKUP_KEEP}: skriv, hvor mange kopier der gemmes, mindst 1.")

# -- Logs ------------------------------------------------------------------------------------------

# Search words tell of illness and need, so no line that is written may hold a query string
# (`directory.logs`). Requests are logged by path. gunicorn has loggers of its own: `gunicorn.conf.py`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_traceback": {"()": "directory.logs.WithoutTraceback"}},
    "formatters": {"no_query": {"()": "directory.logs.WithoutQueryString"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "no_query"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # More than the server takes in one go: the sender gets 400.html.
        **{
            f"django.security.{fault}": {"filters": ["no_traceback"]}
            for fault in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
        },
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
