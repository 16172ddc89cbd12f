"""What the lists of the editors' desk cost: for each, the median time and the number of queries.

Beside the offers stand as many contacts, links, versions and searches as a site of that size gathers.
"""

import json
import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from typing import Any

import django

from bench.desks import log_in

ROUNDS = 9
# So many rows for each hundred offers.
SHARES = {
    "offers.contactpoint": 100,
    "offers.linkcheck": 100,
    "offers.version": 200,
    "offers.searchmiss": 100,
    "offers.reminder": 40,
    "offers.feedback": 20,
    "offers.organisation": 20,
    "offers.venue": 20,
    "offers.settledsearch": 10,
    "policies.meeting": 10,
    "policies.document": 10,
    "offers.workingcopy": 4,
    "offers.importrun": 4,
    "auth.user": 4,
}


def values(now: datetime) -> dict[str, Any]:
    """Return for each model what gives a row of that number its own values."""
    from django.contrib.auth.models import User

    from policies.models import Committee

    user, committee = User.objects.first(), Committee.objects.first()
    version = {"model": "offers.offer", "kind": "rettet", "state": {}, "by": user}
    report = {"kind": "telefon", "text": "Nummeret er lukket.", "assigned_to": user}
    table = {"sheet": "tilbud", "made_by": user}
    return {
        "offers.contactpoint": lambda n: {"kind": "telefon", "value": f"{20_000_000 + n}"},
        "offers.linkcheck": lambda n: {"url": f"https://example.org/{n}", "checked_at": now},
        "offers.version": lambda n: {**version, "row": n, "name": f"Tilbud {n}", "digest": str(n)},
        "offers.searchmiss": lambda n: {"words": f"ord {n % 900}", "count": 1 + n % 9},
        "offers.reminder": lambda n: {"sent_to": f"a{n}@example.org"},
        "offers.feedback": lambda _: dict(report),
        "offers.organisation": lambda n: {"slug": f"bench-{n}", "name": f"Forening {n}"},
        "offers.venue": lambda n: {"slug": f"bench-{n}", "name": f"Hus {n}"},
        "offers.settledsearch": lambda n: {"words": f"ord {n}", "settled_by": user},
        "policies.meeting": lambda _: {"committee": committee},
        "policies.document": lambda n: {"slug": f"bench-{n}", "title": f"Plan {n}"},
        "offers.workingcopy": lambda _: {"state": {}, "base": "", "by": user},
        "offers.importrun": lambda n: {**table, "file_name": f"{n}.xlsx"},
        "auth.user": lambda n: {"username": f"bench-{n}", "is_staff": True},
    }


def rows(label: str, count: int) -> list[Any]:
    """Return so many rows of a model, not yet stored, each unlike the others."""
    from django.apps import apps
    from django.utils import timezone

    from offers.models import Offer

    model, now = apps.get_model(label), timezone.now()
    offers = list(Offer.objects.order_by("pk").values_list("pk", flat=True))
    one_of = values(now)[label]
    fields = {field.name for field in model._meta.fields}
    made = []
    for number in range(count):
        one = one_of(number)
        if "offer" in fields:
            one["offer_id"] = offers[number % len(offers)]
        for name in {"day", "starts_on", "date"} & fields:
            one[name] = now.date() - timedelta(days=number % 300)
        made.append(model(**one))
    return made


def fill(size: int) -> None:
    """Store what a site of that size has gathered beside its offers."""
    from django.apps import apps
    from django.contrib.auth.models import User

    User.objects.create_superuser("bench")
    for label, share in SHARES.items():
        apps.get_model(label)._base_manager.bulk_create(
            rows(label, size * share // 100), batch_size=500, ignore_conflicts=True
        )


def visitor() -> Any:
    """Return a client that is logged in as somebody who sees everything, with her second factor."""
    from django.contrib.auth.models import User
    from django.test import Client

    client, user = Client(SERVER_NAME="127.0.0.1"), User.objects.get(username="bench")
    log_in(client, user)
    return client


def cost(client: Any, address: str) -> tuple[float, int]:
    """Return the median time of a page in milliseconds, and how many queries it asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # the next request clears them
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), queries


def pages() -> dict[str, str]:
    """Return the address of the front page and of every list, by what people call it."""
    from django.contrib import admin
    from django.urls import reverse

    found = {"front page": reverse("admin:index")}
    for model in admin.site._registry:
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        found[f"{meta.verbose_name_plural} ({meta.label})"] = address
    return found


def main(size: int) -> None:
    """Print the figures of each page as JSON."""
    from django.conf import settings

    # Nothing is collected here: the names of files as they are.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    fill(size)
    client, figures = visitor(), {}
    for name, address in pages().items():
        milliseconds, queries = cost(client, address)
        figures[f"{name}: ms"] = milliseconds
        figures[f"{name}: queries"] = queries
    slowest = max(value for name, value in figures.items() if name.endswith("ms"))
    print(json.dumps({**figures, "slowest: ms": slowest}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main(int(sys.argv[1]))
