"""Several machines on one, while one after the other dies: `python -m bench.cluster`, three minutes.

A primary and a replica of PostgreSQL, Redis, two web servers, and nginx with the file that is deployed.
Needs their programs: `apt install postgresql redis-server nginx`.
"""

import io
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.machines import POSTGRES, Cluster, program, status_of, wait_until
from bench.people import Editor, Readers

PAGES = ["/", "/tilbud/", "/tilbud/?q=ensom+{n}", "/akut/", "/tilbud/?q=g%C3%A6ld+{n}", "/politikker/"]
NEEDED = (*POSTGRES, "redis-server", "nginx", "openssl")
READERS, BEFORE, AFTER = 4, 3.0, 6.0


class Site:
    """All of it, and what it is called."""

    def __init__(self, cluster: Cluster):
        """Start one after the other."""
        cluster.primary()
        self.cluster = cluster
        self.replica = cluster.replica()
        self.cache, self.redis = cluster.redis()
        self.env = {"REPLICA_URLS": self.replica.url, "CACHE_URL": self.cache}
        self.env |= {"INSECURE_HTTP": "false", "BASE_URL": "https://127.0.0.1"}
        self.webs = [cluster.web(name, **self.env) for name in "ab"]
        self.port = cluster.nginx((self.webs[0][0], self.webs[1][0]))
        self.editor = Editor(cluster)

    def restart(self, number: int) -> None:
        """Stop a web server as systemd does, and start it again where it was."""
        port, process = self.webs[number]
        process.terminate()
        process.wait()
        self.webs[number] = self.cluster.web("ab"[number], port, **self.env)

    def upgrade(self) -> None:
        """Restart one after the other."""
        self.restart(0)
        self.restart(1)


def freshness(site: Site, letters: str) -> None:
    """Print how long it takes until both web servers show a change: on the page, and in the search."""
    pages = {"page": "/tilbud/{slug}/", "search": "/tilbud/?q={word}"}
    took: dict[tuple[str, str], list[float]] = {}
    for letter in letters:
        for name, path in pages.items():
            for way, ports in ("web servers", [port for port, _ in site.webs]), ("nginx", [site.port]):
                word = f"ugle{name}{way[:3]}{letter}"
                site.editor.writes(word)
                asked = path.format(slug=site.editor.slug, word=word)
                waited = wait_until(lambda p=ports, a=asked, w=word: _shown(site, p, a, w), name)
                took.setdefault((name, way), []).append(waited)
    for (name, way), times in took.items():
        print(
            f"change on the {name}, {way}: median {statistics.median(times):.2f} s, most {max(times):.2f} s"
        )


def _shown(site: Site, ports: list[int], path: str, word: str) -> bool:
    """Return whether all of `ports` show the word."""
    found = (status_of(port, path, tls=port == site.port)[1] for port in ports)
    return all(f"Trefork {word}" in html for html in found)


def reading(site: Site, what: str, fault: Callable[[], object]) -> None:
    """Print how many reads by nginx fail when something happens meanwhile."""
    with Readers([site.port] * READERS, PAGES, tls=True) as readers:
        time.sleep(BEFORE)
        before = len(readers.statuses)
        fault()
        time.sleep(AFTER)
    reads, after = len(readers.statuses), len(readers.statuses) - before
    failed = f"{len(readers.failed)} failed {sorted(set(readers.failed)) or ''}"
    print(f"{what}: {reads} reads, {after} of them after it, {failed}, slowest {readers.slowest:.2f} s")


def main() -> None:
    """Run all of it, and print figures."""
    if missing := [name for name in NEEDED if not program(name)]:
        raise SystemExit(f"missing: {', '.join(missing)}")
    if isinstance(sys.stdout, io.TextIOWrapper):  # each line is told when it is known, into a file, too
        sys.stdout.reconfigure(line_buffering=True)
    with Cluster() as cluster:
        site = Site(cluster)
        freshness(site, "abcdef")
        before = site.replica.reads()
        reading(site, "nothing happens", lambda: None)
        print(f"rows read from the replica meanwhile: {site.replica.reads() - before}")
        reading(site, "both web servers restarted in turn", site.upgrade)
        reading(site, "a web server killed", lambda: killed(site.webs[1][1]))
        site.restart(1)
        reading(site, "Redis killed", lambda: killed(site.redis))
        reading(site, "the replica killed", site.replica.kill)
        freshness(site, "gh")


def killed(process: subprocess.Popen) -> None:
    """End a program and those it has started, at once."""
    children = subprocess.run(
        [program("ps") or "ps", "-o", "pid=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    process.send_signal(signal.SIGKILL)
    for child in children.stdout.split():
        subprocess.run([program("kill") or "kill", "-9", child], check=False)


if __name__ == "__main__":
    main()
