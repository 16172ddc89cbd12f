"""What pages cost over the wire: gunicorn as in production, each target in turns beside a static file."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

from bench.load import rate
from bench.machines import Cluster, program
from bench.report import percentile

ROUNDS, IN_A_ROW = 5, 40
PATIENCE = 120  # seconds
KIBI = 1024
A_MOMENT = 0.01  # seconds
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
Target = tuple[str, dict[str, str]]
FILE, KEPT, FRONT = "static file", "page of results, kept", "page of results, kept by nginx"


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
def server(workers: int = 2) -> Iterator[tuple[int, int]]:
    """Run gunicorn as in production, on a free port of this machine; yield the port and the process.

    It is ready when the block begins.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "directory.wsgi"]
    started = time.monotonic()
    with subprocess.Popen(
        [*gunicorn, f"--workers={workers}", f"--bind=127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(port):
                if process.poll() is not None or time.monotonic() - started > PATIENCE:
                    raise SystemExit("gunicorn does not answer.")
                time.sleep(A_MOMENT)
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


def workers_of(pid: int) -> list[Path]:
    """Return the folders in /proc of the processes of a server."""
    return [Path("/proc", child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_of(*processes: Path) -> float:
    """Return the milliseconds of CPU that processes have used; each is a folder in /proc."""
    stats = [(process / "stat").read_text().rpartition(")")[2].split() for process in processes]
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
        FILE: (style, BROWSER),
        "page of results, with words": ("/tilbud/?q=min+far+drikker", BROWSER),
        KEPT: ("/tilbud/", BROWSER),
        "page of results, known (304)": ("/tilbud/", {**BROWSER, "If-None-Match": etag}),
        "front page, kept": ("/", BROWSER),
        "offer, kept": (offer, BROWSER),
        "API, 20 services": ("/api/hsds/services?per_page=20", BROWSER),
    }


def measured() -> dict[str, float]:
    """Return the figures: milliseconds on the wall and of CPU, requests a second, bytes."""
    with server() as (port, pid), ExitStack() as stack:
        reader = Reader(port)
        targets = _targets(reader)
        waited: dict[str, list[float]] = {name: [] for name in targets}
        cpu: dict[str, list[float]] = {name: [] for name in targets}
        rates: dict[str, list[float]] = {name: [] for name in targets}
        sizes = {name: len(reader.fetch(*target)[1]) for name, target in targets.items()}
        front = _front(stack, port)
        for _ in range(ROUNDS):
            for name, target in targets.items():
                used = cpu_of(*workers_of(pid))
                for _ in range(IN_A_ROW):
                    start = time.perf_counter()
                    reader.fetch(*target)
                    waited[name].append(1000 * (time.perf_counter() - start))
                cpu[name].append((cpu_of(*workers_of(pid)) - used) / IN_A_ROW)
                rates[name].append(rate(port, *target))
            if front:
                rates.setdefault(FRONT, []).append(rate(front, *targets[KEPT], tls=True))
        found = {"memory of a web process, MB": max(map(_memory, workers_of(pid)))}
    for name in targets:
        found |= _figures(name, waited[name], cpu[name], sizes[name])
    speeds = {name: statistics.median(several) for name, several in rates.items()}
    for name, speed in speeds.items():
        found[f"{name}, requests a second"] = speed
        found[f"{name}, as many as of a file"] = speed / speeds[FILE]
    return found


def _front(stack: ExitStack, port: int) -> int:
    """Put nginx with the file that is deployed before the server, and return its port; 0 without nginx."""
    if not (program("nginx") and program("openssl")):
        return 0
    return stack.enter_context(Cluster()).nginx((port, port))


def _figures(name: str, waited: list[float], cpu: list[float], size: int) -> dict[str, float]:
    """Return what one target cost."""
    return {
        f"{name}, p50 ms": statistics.median(waited),
        f"{name}, p95 ms": percentile(waited, 0.95),
        f"{name}, CPU ms": statistics.mean(cpu),
        f"{name}, bytes": size,
    }
