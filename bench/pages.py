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

from bench import wire
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
    columns = "id, slug, code, title, summary, organisation_id, min_age, max_age, way_in, cost, anonymous"

    def work() -> None:
        keys = current.ask(question).keys[:ROWS]
        marks = ", ".join(["%s"] * len(keys)) or "NULL"
        with connection.cursor() as cursor:
            # The names are ours, and the keys are parameters.
            cursor.execute(f"SELECT {columns} FROM offers_offer WHERE id IN ({marks})", keys)  # noqa: S608
            cursor.fetchall()

    return work


def cpu(work: Callable[[], Any]) -> float:
    """Return the milliseconds of CPU that `work` takes in this process."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def in_process() -> dict[str, float]:
    """Measure the page of results, none of it kept as a whole, beside the bare work."""
    from django.db import connection

    site, asked = Application(), addresses()
    pages = [lambda query=query: site.get("/tilbud/", query) for query in asked]
    works = [bare(query) for query in asked]
    first = [cpu(page) for page in pages]  # cards that nobody has seen yet
    gc.freeze()
    rounds = [
        [(cpu(page), cpu(work)) for page, work in zip(pages, works, strict=True)] for _ in range(ROUNDS)
    ]
    warm = [min(page for page, _ in times) for times in zip(*rounds, strict=True)]
    least = [min(work for _, work in times) for times in zip(*rounds, strict=True)]
    statements: list[str] = []
    with connection.execute_wrapper(
        lambda execute, *asked: (statements.append(asked[0]), execute(*asked))[1]
    ):
        for page in pages:
            page()
    sizes = [len(page()) for page in pages]
    return {
        "bare work (L), p50 ms": statistics.median(least),
        "page of results, p50 ms": statistics.median(warm),
        "page of results, p95 ms": percentile(warm, 0.95),
        "page of results, first time, p50 ms": statistics.median(first),
        "page : L, p50": statistics.median(p / w for p, w in zip(warm, least, strict=True)),
        "page, p95 : p50": percentile(warm, 0.95) / statistics.median(warm),
        "SQL statements of a page": len(statements) / len(pages),
        "bytes of a page, before packing": statistics.median(sizes),
    }


def main() -> None:
    """Print the figures as JSON."""
    from django.core.management import call_command

    from offers.search import current

    call_command("collectstatic", interactive=False, verbosity=0)
    start = time.perf_counter()
    current.reader()
    loaded = time.perf_counter() - start
    figures = {"index made or read, s": loaded} | in_process() | {"memory after it, MB": resident()}
    print(json.dumps(figures | wire.measured()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main()
