"""Two hundred readers and five editors at once: `python -m bench.crowd`, five minutes with 5,000 offers.

PostgreSQL, two web processes, and nginx with the file that is deployed, on this one machine. A reader looks
at a page for a second or three before the next; an editor saves by the form of the desk every few seconds,
and then searches for the word that she has written until it is found.
"""

import json
import random
import statistics
import sys
import threading
import time
from collections import Counter
from http.client import HTTPException, HTTPSConnection
from urllib.parse import quote_plus

from bench.forms import Desk
from bench.machines import FROM_PROXY, PACKED, ROOT, TLS, Cluster, status_of
from bench.report import percentile
from bench.search import queries

READERS, EDITORS = 200, 5
LOOKS, RESTS = (1.0, 3.0), (2.0, 4.0)  # seconds
PATIENCE = 10.0  # seconds until a saved word counts as lost
SYLLABLES = ["bado", "kelu", "miro", "tafi", "sonu", "vape", "rigo", "lyma", "drøsk", "flint"]


class Browser:
    """One that stays connected to the site, as browsers do."""

    def __init__(self, port: int):
        """It connects when it first asks."""
        self._connection = HTTPSConnection("127.0.0.1", port, timeout=30, context=TLS)

    def __enter__(self) -> "Browser":
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._connection.close()

    def status_of(self, path: str) -> int:
        """Return the status of a page; 0 for no whole answer, also not on a new connection."""
        for _ in range(2):  # the other end may just have hung up
            try:
                self._connection.request("GET", path, headers=FROM_PROXY | PACKED)
                answer = self._connection.getresponse()
                answer.read()
                return answer.status
            except (OSError, HTTPException):
                self._connection.close()
        return 0


class Crowd:
    """What all of them have seen so far."""

    def __init__(self, port: int, seconds: float):
        """They go on for so many seconds."""
        self.port, self.until = port, time.monotonic() + seconds
        self.waited: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.saved: Counter[int] = Counter()
        self.found: list[float] = []
        self.lost = 0

    def reads(self, number: int, paths: list[str]) -> None:
        """Read page after page."""
        chance = random.Random(number)  # noqa: S311 (seeded on purpose: a reader asks for the same pages in each run, so that runs compare; it chooses pages and pauses, and no key, password or token comes of it)
        time.sleep(chance.uniform(0, LOOKS[1]))
        with Browser(self.port) as browser:
            while time.monotonic() < self.until:
                start = time.monotonic()
                self.statuses[browser.status_of(chance.choice(paths))] += 1
                self.waited.append(time.monotonic() - start)
                time.sleep(chance.uniform(*LOOKS))

    def edits(self, number: int, cookie: str, path: str) -> None:
        """Save, and look for it."""
        chance = random.Random(-1 - number)  # noqa: S311 (seeded on purpose: an editor saves the same words in each run, so that runs compare; negative, so as to be unlike any reader; no key, password or token comes of it)
        desk = Desk(self.port, cookie)
        while time.monotonic() < self.until:
            word = "".join(chance.choice(SYLLABLES) for _ in range(4))
            status = desk.saves(path, "offer_form", "title", f"Trefork {word}")
            self.saved[status] += 1
            if status == 302:
                self._look_for(word)
            time.sleep(chance.uniform(*RESTS))

    def _look_for(self, word: str) -> None:
        """Search until the word stands in a result."""
        start = time.monotonic()
        while f"Trefork <mark>{word}</mark>" not in self._searched(word):
            if time.monotonic() - start > PATIENCE:
                self.lost += 1
                return
            time.sleep(0.1)
        self.found.append(time.monotonic() - start)

    def _searched(self, word: str) -> str:
        return status_of(self.port, f"/tilbud/?q={quote_plus(word)}&ordret=ja", tls=True)[1]


def paths(slugs: list[str]) -> list[str]:
    """Return what is read: searches most, then offers, lists and the rest."""
    searches = [f"/tilbud/?q={quote_plus(text)}" for text in queries()[::4]]
    lists = ["/", "/tilbud/", "/akut/", "/politikker/", "/tilbud/?behov=ensom", "/tilbud/?kommune=0265"]
    lists += ["/api/hsds/services?per_page=20", "/tilbud/nyt.atom?behov=ensom", "/overblik/", "/en/"]
    return searches + lists * 3 + [f"/tilbud/{slug}/" for slug in slugs]


def site(cluster: Cluster, offers: int) -> tuple[int, list[dict[str, str]]]:
    """Start all of it; return the port of nginx, and the editors."""
    cluster.server()
    python = {"cwd": ROOT, "env": cluster.env, "timeout": 1200}
    cluster.run(sys.executable, "-m", "bench.corpus", str(offers), **python)
    cluster.run(sys.executable, "manage.py", "collectstatic", "-v0", "--no-input", **python)
    cluster.env |= {"INSECURE_HTTP": "false", "BASE_URL": "https://127.0.0.1"}
    webs = [cluster.web(name)[0] for name in "ab"]
    editors = json.loads(cluster.run(sys.executable, "-m", "bench.desks", str(EDITORS), **python))
    return cluster.nginx((webs[0], webs[1])), editors


def main(seconds: float = 300, offers: int = 5_000) -> None:
    """Run it, and print what they saw."""
    with Cluster() as cluster:
        port, editors = site(cluster, int(offers))
        crowd = Crowd(port, seconds)
        read = paths([editor["slug"] for editor in editors])
        threads = [threading.Thread(target=crowd.reads, args=(n, read)) for n in range(READERS)]
        threads += [
            threading.Thread(target=crowd.edits, args=(n, one["cookie"], one["path"]))
            for n, one in enumerate(editors)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    failed = {status: n for status, n in crowd.statuses.items() if status != 200}
    print(f"{len(crowd.waited)} reads in {seconds:.0f} s, failed: {failed or 'none'}")
    print(f"p50 {statistics.median(crowd.waited):.3f} s, p99 {percentile(crowd.waited, 0.99):.3f} s")
    print(f"saves by their status: {dict(crowd.saved)}")
    if crowd.found:
        middle, last = statistics.median(crowd.found), max(crowd.found)
        print(f"found by search: {len(crowd.found)}, median after {middle:.2f} s, last after {last:.2f} s")
    print(f"not found within {PATIENCE:.0f} s: {crowd.lost}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
