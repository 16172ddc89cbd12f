"""What pages cost over the wire: gunicorn as in production, each target in turns beside a static file."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

ROUNDS, IN_A_ROW = 5, 40
PATIENCE = 120  # seconds
KIBI = 1024
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
Target = tuple[str, dict[str, str]]


class Reader:
    """Somebody who reads page after page on one connection."""

    def __init__(self, port: int):
        """Connect to a port of this machine."""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def fetch(self, path: str, headers: dict[str, str]) -> tuple[HTTPMessage, bytes]:
        """Return the headers and the body of a page."""
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        return response.headers, response.read()

    def linked(self, page: str, fits: Callable[[str], bool]) -> str:
        """Return the first address on a page that fits."""
        return next(filter(fits, self.fetch(page, {})[1].decode().split('"')))


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """Run gunicorn as in production, on a free port of this machine; yield the port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "directory.wsgi"]
    started = time.monotonic()
    with subprocess.Popen(
        [*gunicorn, "--workers=2", f"--bind=127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(port):
                if process.poll() is not None or time.monotonic() - started > PATIENCE:
                    raise SystemExit("gunicorn does not answer.")
                time.sleep(0.05)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)


def _answers(port: int) -> bool:
    """Return whether the server is ready."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def _workers(pid: int) -> list[Path]:
    """Return the folders in /proc of the processes of a server."""
    return [Path("/proc", child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_of(pid: int) -> float:
    """Return the milliseconds of CPU that the processes of a server have used."""
    stats = [(worker / "stat").read_text().rpartition(")")[2].split() for worker in _workers(pid)]
    return 1000 * sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def _memory(worker: Path) -> float:
    """Return the memory of a process in MB; of what several share, its part."""
    lines = (worker / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / KIBI


def _targets(reader: Reader) -> dict[str, Target]:
    """Return what is fetched, by its name; the file comes first."""
    style = reader.linked("/", lambda part: part.endswith(".css"))
    offer = reader.linked("/tilbud/", lambda part: part.startswith("/tilbud/bench-"))
    etag = reader.fetch("/tilbud/", BROWSER)[0]["ETag"]
    return {
        "static file": (style, BROWSER),
        "page of results, with words": ("/tilbud/?q=min+far+drikker", BROWSER),
        "page of results, kept": ("/tilbud/", BROWSER),
        "page of results, known (304)": ("/tilbud/", {**BROWSER, "If-None-Match": etag}),
        "front page, kept": ("/", BROWSER),
        "offer, kept": (offer, BROWSER),
        "API, 20 services": ("/api/hsds/services?per_page=20", BROWSER),
    }


def measured() -> dict[str, float]:
    """Return the figures: milliseconds on the wall and of CPU, bytes, and the ratio to the file."""
    with server() as (port, pid):
        reader = Reader(port)
        targets = _targets(reader)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in targets}
        sizes = {name: len(reader.fetch(*target)[1]) for name, target in targets.items()}
        for _ in range(ROUNDS):
            for name, target in targets.items():
                used, start = _cpu_of(pid), time.perf_counter()
                for _ in range(IN_A_ROW):
                    reader.fetch(*target)
                took = 1000 * (time.perf_counter() - start) / IN_A_ROW
                times[name].append((took, (_cpu_of(pid) - used) / IN_A_ROW))
        found = {"memory of a web process, MB": max(map(_memory, _workers(pid)))}
    base, *_ = (statistics.median(took for took, _ in rows) for rows in times.values())
    for name, rows in times.items():
        took = statistics.median(took for took, _ in rows)
        found[f"{name}, ms"] = took
        found[f"{name}, CPU ms"] = statistics.mean(used for _, used in rows)
        found[f"{name}, times as fast as a file"] = base / took
        found[f"{name}, bytes"] = sizes[name]
    return found
