"""Serve the demo, with a worker beside the server that does what pages leave to the queue: `./dev`.

The two run until one of the usual signals comes, or the server ends; then both have ended.
"""
# ruff: noqa: S603 (our own words; it runs programs)

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress

# They are given so long to end by themselves.
SECONDS_TO_END = 10


def main(address: str) -> int:
    """Start both, wait for the server, and return how it ended."""
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, _interrupted)
    with ExitStack() as ends:
        for command in ["db_worker"], ["runserver", address]:
            # Ctrl-C, which they may answer with tracebacks, reaches only us: each has a session of its own.
            program = subprocess.Popen([sys.executable, "manage.py", *command], start_new_session=True)
            ends.callback(_end, program)
        return program.wait()


def _interrupted(number: int, _frame: object) -> None:
    """Leave by `ExitStack`; impatience does not keep it from its work."""
    for other in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started; what does not end when asked is made to."""
    with suppress(ProcessLookupError):  # it ended by itself, and left nobody behind
        os.killpg(program.pid, signal.SIGTERM)
    try:
        program.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
