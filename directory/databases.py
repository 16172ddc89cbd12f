"""Copies of the database that are read beside it; `directory/settings.py` takes over all of it."""

from copy import deepcopy
from typing import Any

from directory.environment import env, parse, read, require

# Streaming replicas of the PostgreSQL of DATABASE_URL.
REPLICA_URLS = read("REPLICA_URLS", list, [])
# So many seconds a copy may be behind and still be read.
REPLICA_MAX_LAG = read("REPLICA_MAX_LAG", int, 10)

require(REPLICA_MAX_LAG >= 1, f"REPLICA_MAX_LAG er {REPLICA_MAX_LAG}: skriv et antal sekunder fra 1 og op.")
for url in REPLICA_URLS:
    require(
        url.startswith(("postgres://", "postgresql://")),
        "REPLICA_URLS skal begynde med postgresql://, med komma imellem; andre databaser har ingen kopier.",
    )
DATABASE_ROUTERS = ["offers.replicas.Router"] if REPLICA_URLS else []
# A copy that is gone is given up soon: the primary can answer meanwhile.
PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 3_000, "keepalives_idle": 5, "keepalives_interval": 2}


def copies(primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the settings of the copies of `primary`; raises ImproperlyConfigured."""
    require(
        not REPLICA_URLS or primary["ENGINE"] == "django.db.backends.postgresql",
        "REPLICA_URLS er sat, men DATABASE_URL er ikke PostgreSQL: kun PostgreSQL har kopier at læse fra.",
    )
    found = {}
    for number, url in enumerate(REPLICA_URLS, 1):
        told = parse(
            env.db_url_config,
            url,
            "REPLICA_URLS kan ikke læses: skriv postgresql://bruger:adgangskode@vært:5432/navn for hver.",
        )
        copy = deepcopy(primary) | told | {"TEST": {"MIRROR": "default"}}
        copy["OPTIONS"] = PATIENCE | told.get("OPTIONS", {})
        found[f"replica{number}"] = copy
    return found
