"""Who uses the machines of `bench.machines`: an editor who changes an offer, and people who read."""

import subprocess
import sys
import time
from collections.abc import Iterable
from threading import Event, Thread

from bench.machines import ROOT, Cluster, status_of


class Editor:
    """Somebody who changes the title of an offer."""

    def __init__(self, cluster: Cluster):
        """Begin; `slug` is that of the offer."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.editing"],
            cwd=ROOT,
            env=cluster.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        cluster.callback(self.process.wait)
        cluster.callback(self.process.communicate)
        self.slug = self._heard()

    def _heard(self) -> str:
        return self.process.stdout.readline().strip() if self.process.stdout else ""

    def writes(self, word: str) -> None:
        """Save a new title; return when it is stored."""
        if self.process.stdin:
            print(word, file=self.process.stdin, flush=True)
        if self._heard() != "saved":
            raise SystemExit("The editor could not save.")


class Readers:
    """People who read page after page, until they are told to stop."""

    def __init__(self, ports: Iterable[int], paths: list[str], *, tls: bool = False):
        """One for each port; `statuses` fills as they go."""
        self.tls, self.statuses = tls, list[int]()
        self.slowest = 0.0
        self._over = Event()
        self._threads = [Thread(target=self._read, args=(port, paths)) for port in ports]

    def _read(self, port: int, paths: list[str]) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            start = time.monotonic()
            path = paths[number % len(paths)].replace("{n}", str(number))
            self.statuses.append(status_of(port, path, tls=self.tls, packed=True)[0])
            self.slowest = max(self.slowest, time.monotonic() - start)

    def __enter__(self) -> "Readers":
        """Begin to read."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop reading."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def failed(self) -> list[int]:
        """The answers that were none."""
        return [status for status in self.statuses if status != 200]
