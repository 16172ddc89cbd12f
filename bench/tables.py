"""What a table of offers costs to bring in: reading, storing with versions, undoing; memory."""

import csv
import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

KIBI = 1024


def table(size: int) -> bytes:
    """Return a CSV file of so many new offers, each with contacts, hours, needs and places."""
    from offers.models import Municipality, Need, Organisation

    owners = list(Organisation.objects.order_by("pk").values_list("slug", flat=True)[:20])
    needs = list(Need.objects.order_by("pk").values_list("slug", flat=True))
    places = list(Municipality.objects.order_by("code").values_list("code", flat=True))
    file = io.StringIO()
    rows = [
        {
            "Titel": f"Åben rådgivning {number}",
            "Kort fortalt": "Kom og snak.",
            "Beskrivelse": "Vi lytter. " * 20,
            "Hvem står bag": owners[number % len(owners)],
            "Behov": needs[number % len(needs)],
            "Kommuner": f"{places[number % len(places)]}; {places[-1]}",
            "Telefon": f"{70_200_000 + number}",
            "E-mail": f"sted{number}@example.org",
            "Åbningstider": "man-tor 9-15.30, fre 9-12",
            "Telefontider": "man-fre 10-12",
            "Yngste alder": number % 60,
            "Pris": "gratis",
        }
        for number in range(size)
    ]
    writer = csv.DictWriter(file, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def timed(work: Callable[[], Any]) -> float:
    """Return how many seconds `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak() -> float:
    """Return the most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBI


def main(size: int) -> None:
    """Print the figures as JSON: seconds of each step, and the highest memory after it."""
    from django.contrib.auth.models import User

    from offers.exchange import runs
    from offers.exchange.sheets import OFFERS
    from offers.models import ImportRun, Offer, Version

    user, content, figures = User.objects.create_superuser("bench"), table(size), {"before: MB": peak()}
    made: list[ImportRun] = []
    figures["taken in: s"] = timed(lambda: made.append(runs.start(content, "bench.csv", OFFERS, user)))
    steps = {"read": None, "stored": ImportRun.State.APPLYING, "undone": ImportRun.State.UNDOING}
    before = Offer.objects.count()
    for name, state in steps.items():
        if state:
            runs.begin(made[0], state)
        figures[f"{name}: s"] = timed(lambda: runs.carry_on(made[0].pk))
        figures[f"{name}: MB"] = peak()
        if name == "stored" and Offer.objects.count() != before + size:
            run = ImportRun.objects.get()
            faults = [step["errors"] for step in run.steps if step["errors"]]
            raise SystemExit(f"not stored: {run.message} {faults[:1]}")
    figures["versions"] = Version.objects.count()
    print(json.dumps(figures))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main(int(sys.argv[1]))
