"""10,000 requests of every kind by nginx, while one thing after the other breaks: four minutes.

    python -m bench.faults [--requests N] [--json FILE]

Required: no 500, no half answer, nothing lost that was told to be saved, and 503 only while the primary
is gone or full, or for what was sent to a process at the moment of its death. As root, everything lies on
a disk of its own, which is filled. Needs the programs that `bench.cluster` needs.
"""

import argparse
import io
import json
import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

import psycopg

from bench.cluster import NEEDED, Site, killed
from bench.everybody import Crowd, key_of
from bench.machines import Cluster, program, status_of, url, wait_until

REQUESTS, DISK, PAUSE, GONE_FOR = 10_000, "900m", 8.0, 4.0
SERVER_ERROR, UNAVAILABLE = 500, 503
# What may be answered by 503 meanwhile. Nobody knows whether a process had stored what it was sent
# when it died.
MAY_BE_GONE = {"the disk is full": {"save", "report"}, "a web server killed": {"save", "report"}}
DEAD = "the primary is dead"


def own_disk(cluster: Cluster) -> bool:
    """Lay the cluster on a small disk of its own, where one may; return whether it is."""
    if os.geteuid():
        return False
    cluster.run("mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(cluster.home))
    cluster.callback(cluster.run, "umount", "-l", str(cluster.home))
    shutil.chown(cluster.home, "nobody")
    cluster.home.chmod(0o755)
    return True


class Faults:
    """What is done to a site, one after the other, while the crowd goes on."""

    def __init__(self, site: Site, crowd: Crowd, *, small_disk: bool):
        """Nothing is broken yet."""
        self.site, self.crowd, self.small_disk = site, crowd, small_disk
        self.back: dict[str, float] = {}

    def run(self) -> None:
        """Break one thing after the other, and mend what does not mend itself."""
        for phase, fault in {
            "nothing": lambda: None,
            "the replica killed": self.site.replica.kill,
            "Redis killed": lambda: killed(self.site.redis),
            "a web server killed": lambda: killed(self.site.webs[1][1]),
            "it is started again": lambda: self.site.restart(1),
            "the index damaged and deleted": self.lose_index,
            "web servers restarted in turn": self.site.upgrade,
            "the disk is full": self.fill_disk,
            DEAD: self.stop_primary,
            "nothing again": lambda: None,
        }.items():
            self.crowd.phase = phase
            fault()
            time.sleep(PAUSE)
            print(f"{phase}: {self.crowd.count} answers so far")

    def lose_index(self) -> None:
        """Cut the files of one web server short, and take the folder of the other away."""
        for file in (self.site.cluster.home / "index-a").glob("*.index"):
            os.truncate(file, 1000)
        shutil.rmtree(self.site.cluster.home / "index-b", ignore_errors=True)

    def fill_disk(self) -> None:
        """Leave no room for anything, for a while."""
        if not self.small_disk:
            print("the disk is not filled: that takes root")
            return
        filler = self.site.cluster.home / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 1_000_000)
            except OSError:
                time.sleep(PAUSE)
        filler.unlink()
        start = time.monotonic()
        if not self.takes_words():  # PostgreSQL stops itself where it cannot write its log
            print("the full disk stopped the primary: it is started again")
            self.crowd.phase = DEAD
            self.site.cluster.postgres(self.site.cluster.folder, self.site.cluster.port)
        wait_until(self.takes_words, "the primary")
        self.back["the disk has room"] = time.monotonic() - start

    def stop_primary(self) -> None:
        """Stop the primary as a loss of power would, and start it again."""
        cluster = self.site.cluster
        cluster.stop(cluster.folder)
        time.sleep(GONE_FOR)
        cluster.postgres(cluster.folder, cluster.port)
        start = time.monotonic()
        ports = [port for port, _ in self.site.webs]
        wait_until(lambda: all(status_of(port, "/readyz")[0] == 200 for port in ports), "both web servers")
        self.back["both web servers are ready after the primary is"] = time.monotonic() - start

    def takes_words(self) -> bool:
        """Return whether the primary can be written to."""
        try:
            with psycopg.connect(url(self.site.cluster.port), connect_timeout=2) as server:
                server.execute("CREATE TEMPORARY TABLE room AS SELECT generate_series(1, 10000)")
                return True
        except psycopg.Error:
            return False


def lost(crowd: Crowd, port: int) -> tuple[set[str], int]:
    """Return what was told to be saved and is not there: names, and the number of reports."""
    with psycopg.connect(url(port)) as server:
        there = {row[0] for row in server.execute("SELECT slug FROM offers_organisation")}
        found = server.execute("SELECT count(*) FROM offers_feedback").fetchone()
    return crowd.saved - there, max(0, crowd.reported - (found[0] if found else 0))


def table(told: Counter[tuple[str, str, int]], slowest: Counter[str]) -> list[str]:
    """Return a line for each phase: how many answers, which statuses, and the slowest."""
    lines = []
    for phase in dict.fromkeys(phase for phase, _, _ in told):
        statuses: Counter[int] = Counter()
        for (its, _, status), count in told.items():
            statuses[status] += count if its == phase else 0
        said = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()) if count)
        lines.append(f"{phase:<32} {statuses.total():>6}  slowest {slowest[phase]:5.2f} s  {said}")
    return lines


def broken(told: Counter[tuple[str, str, int]]) -> list[str]:
    """Return what was answered and may not be."""
    return [
        f"{phase}, {kind}: {count} times {status}"
        for (phase, kind, status), count in told.items()
        if (status >= SERVER_ERROR or not status)
        and not (status == UNAVAILABLE and (phase == DEAD or kind in MAY_BE_GONE.get(phase, ())))
    ]


def main() -> None:
    """Run all of it; raises SystemExit when something was not as it must be."""
    parser = argparse.ArgumentParser("python -m bench.faults", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if missing := [name for name in NEEDED if not program(name)]:
        raise SystemExit(f"missing: {', '.join(missing)}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    with Cluster() as cluster:
        small_disk = own_disk(cluster)
        site = Site(cluster)
        crowd = Crowd(site.port, key_of(cluster, site.env), options.requests)
        start = time.monotonic()
        with crowd:
            faults = Faults(site, crowd, small_disk=small_disk)
            faults.run()
        took = time.monotonic() - start
        names, reports = lost(crowd, cluster.port)
        wrong = broken(crowd.told)
    print(*table(crowd.told, crowd.slowest), sep="\n")
    print(f"{crowd.count} requests in {took:.0f} s; told saved: {len(crowd.saved)}, lost: {len(names)}")
    print(f"reports told to be sent: {crowd.reported}, lost: {reports}")
    print(*(f"{what}: {seconds:.1f} s" for what, seconds in faults.back.items()), sep="\n")
    if options.json:
        told = [[*key, count] for key, count in crowd.told.items()]
        figures = {"told": told, "saved": len(crowd.saved), "lost": sorted(names), "wrong": wrong}
        options.json.write_text(json.dumps(figures | {"back": faults.back, "seconds": took}, indent=2))
    if wrong or names or reports:
        raise SystemExit("\n".join(["NOT AS IT MUST BE", *wrong]))


if __name__ == "__main__":
    main()
