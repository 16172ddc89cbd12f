"""How long one waits for a server that starts, and for a worker that takes the place of one that died."""

import os
import signal
import statistics
import time
from pathlib import Path

from bench.wire import A_MOMENT, BROWSER, PATIENCE, Reader, cpu_of, server, workers_of

ROUNDS = 3
# No page that is kept: the search, its words and the cards are needed for it.
PAGE = "/tilbud/?q=min+far+drikker"


def measured() -> dict[str, float]:
    """Return the seconds that a start takes, in the middle of some rounds.

    A server starts with its program: it loads everything, and only then has processes. A worker starts
    with its fork, and shares what the server has loaded.
    """
    rounds = [_round() for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def _round() -> dict[str, float]:
    """Start a server with one worker, read a page, end the worker, and read it from the next one."""
    started = time.perf_counter()
    with server(workers=1) as (port, pid):
        ready = time.perf_counter()
        used = cpu_of(Path(f"/proc/{pid}"), *workers_of(pid))
        Reader(port).fetch(PAGE, BROWSER)
        read = time.perf_counter()
        forked = _replaced(pid)
        Reader(port).fetch(PAGE, BROWSER)
        again = time.perf_counter()
    return {
        "server, from its start until ready, s": ready - started,
        "server, CPU until ready, s": used / 1000,
        "server, from its start to the first page of results, s": read - started,
        "worker, from its fork to the first page of results, s": again - forked,
    }


def _replaced(pid: int) -> float:
    """End the worker of a server, and return when the next was there; raises SystemExit without one."""
    (old,) = workers_of(pid)
    os.kill(int(old.name), signal.SIGTERM)
    ended = time.perf_counter()
    while not set(workers_of(pid)) - {old}:
        if time.perf_counter() - ended > PATIENCE:
            raise SystemExit("No worker takes the place of one that ended.")
        time.sleep(A_MOMENT / 10)
    return time.perf_counter()
