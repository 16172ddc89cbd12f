"""What a page of results costs in the process, beside the bare work.

The bare work (L) is what no page can do without: the answer of the index with all its counts, and the
twenty rows by one statement of SQL. Everything is measured in turns, so that a busy machine slows all
alike; only ratios are compared.
"""

import gc
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import django

from bench import starting, wire, yardstick
from bench.report import percentile
from bench.search import queries, resident

ROUNDS = 5
FILTERS = ("", "behov=ensom", "kommune=0265", "kommune=0265&pris=gratis", "alder=14&behov=angst")
ROWS = 20


def addresses() -> list[str]:
    """Return the query strings that are measured: filters, and every third judged question."""
    return [*FILTERS, *(f"q={quote_plus(text)}" for text in queries()[::3])]


class Application:
    """The site as a web server calls it, in this process."""

    def __init__(self) -> None:
        """Load it."""
        from directory.wsgi import application

        self.call: Any = application

    def get(self, path: str, query: str = "") -> bytes:
        """Return the body of the answer to a request."""
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        said: list[Any] = []
        response = self.call(environ, lambda *answered: said.extend(answered))
        body = b"".join(response)
        response.close()
        if said[0] != "200 OK":
            raise SystemExit(f"{path}?{query} answered {said[0]}")
        return body


def bare(query: str) -> Callable[[], Any]:
    """Return the bare work of the page for `query`."""
    from django.db import connection
    from django.http import QueryDict

    from offers.filters import OfferFilter
    from offers.search import current

    question = OfferFilter.of(QueryDict(query)).question

    def work() -> None:
        keys = current.ask(question).keys[:ROWS]
        marks = ", ".join(["%s"] * len(keys)) or "NULL"
        with connection.cursor() as cursor:
            # The names are ours, and the keys are parameters.
            cursor.execute(f"SELECT {yardstick.COLUMNS} FROM offers_offer WHERE id IN ({marks})", keys)
            cursor.fetchall()

    return work


def spent(work: Callable[[], Any]) -> float:
    """Return the milliseconds that `work` takes: of CPU, or on the wall where a server does part of it."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = clock()
    work()
    return 1000 * (clock() - start)


def in_process() -> dict[str, float]:
    """Measure the page of results, none of it kept as a whole, beside the bare work."""
    site, asked = Application(), addresses()
    pages = [lambda query=query: site.get("/tilbud/", query) for query in asked]
    first = [spent(page) for page in pages]  # cards that nobody has seen yet
    yardstick.prepare()
    works = [
        (page, bare(query), yardstick.alone(query), yardstick.shared(query))
        for page, query in zip(pages, asked, strict=True)
    ]
    gc.freeze()
    rounds = [[[spent(work) for work in several] for several in works] for _ in range(ROUNDS)]
    best = [[min(times) for times in zip(*turns, strict=True)] for turns in zip(*rounds, strict=True)]
    warm, least, alone, shared = map(list, zip(*best, strict=True))
    return {
        "bare work (L), p50 ms": statistics.median(least),
        "page of results, p50 ms": statistics.median(warm),
        "page of results, p95 ms": percentile(warm, 0.95),
        "page of results, first time, p50 ms": statistics.median(first),
        "page : L, p50": _ratio(warm, least),
        "page, p95 : p50": percentile(warm, 0.95) / statistics.median(warm),
        "page : words by the database, counts in the process, p50": _ratio(warm, shared),
        "page : all by the database alone, p50": _ratio(warm, alone),
        "page : all by the database alone, mean": statistics.mean(warm) / statistics.mean(alone),
    } | statements(site, asked)


def _ratio(ours: list[float], others: list[float]) -> float:
    """Return the middle of how many times as long each of `ours` takes."""
    return statistics.median(one / other for one, other in zip(ours, others, strict=True))


def statements(site: Application, asked: list[str]) -> dict[str, float]:
    """Count the statements of each kind of page when it is made, and of one that is kept; and its bytes."""
    from django.db import connection

    from offers.models import Offer

    slugs = Offer.objects.published().order_by("-pk").values_list("slug", flat=True)[: len(FILTERS)]
    kinds = {
        "page of results": [("/tilbud/", query) for query in asked if "q=" in query],
        "offer": [(f"/tilbud/{slug}/", "") for slug in slugs],
        "front page": [("/", f"n={number}") for number in range(ROUNDS)],
        "API, 20 services": [("/api/hsds/services", f"per_page=20&page={n + 1}") for n in range(ROUNDS)],
        "page that is kept": [("/tilbud/", "")] * ROUNDS,
    }
    told: list[str] = []
    found = {}
    with connection.execute_wrapper(lambda execute, *sql: (told.append(sql[0]), execute(*sql))[1]):
        for name, pages in kinds.items():
            told.clear()
            times = [spent(lambda page=page: site.get(*page)) for page in pages]
            found[f"{name}: SQL statements"] = len(told) / len(pages)
            found[f"{name}: ms"] = statistics.median(times)
            found[f"{name}: bytes before packing"] = len(site.get(*pages[0]))
    return found


def main() -> None:
    """Print the figures as JSON."""
    from django.core.management import call_command

    from offers.search import current

    call_command("collectstatic", interactive=False, verbosity=0)
    start = time.perf_counter()
    current.reader()
    loaded = time.perf_counter() - start
    figures = {"index made or read, s": loaded} | in_process() | {"memory after it, MB": resident()}
    print(json.dumps(figures | wire.measured() | starting.measured()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main()
