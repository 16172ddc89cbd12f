"""Requests a second: some connections that ask for the same again and again, for a moment.

Bytes out, bytes in, and no more: a client that takes answers apart would be what is measured.
"""

import socket
import ssl
import threading
import time
from collections.abc import Mapping

from bench.machines import TLS

CONNECTIONS = 4
SECONDS = 1.0


def rate(port: int, path: str, headers: Mapping[str, str], *, tls: bool = False) -> float:
    """Return how many requests a second a server on this machine answers; raises SystemExit on a fault."""
    head = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https"} | headers
    asked = f"GET {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items())
    counts: list[int] = []
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=_ask, args=(port, tls, f"{asked}\r\n".encode(), until, counts))
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < CONNECTIONS:
        raise SystemExit(f"{path}: a connection broke.")
    return sum(counts) / SECONDS


def _ask(port: int, tls: bool, asked: bytes, until: float, counts: list[int]) -> None:
    """Ask until the time is over; append how often one was answered."""
    done = 0
    while time.monotonic() < until:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
            wire = TLS.wrap_socket(plain) if tls else plain
            while time.monotonic() < until and _asked(wire, asked):
                done += 1
    counts.append(done)


def _asked(wire: socket.socket | ssl.SSLSocket, asked: bytes) -> bool:
    """Ask, and read the answer to its end; return whether there was one: servers hang up now and then.

    Raises ValueError for an answer that is neither 200 nor 304.
    """
    wire.sendall(asked)
    got = b""
    while b"\r\n\r\n" not in got:
        if not (more := wire.recv(65_536)):
            return False
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    if head[9:12] not in {b"200", b"304"}:
        raise ValueError(head)
    _, told, length = head.lower().partition(b"content-length:")
    left = int(length.partition(b"\r\n")[0]) - len(body) if told else 0
    while left > 0:
        if not (more := wire.recv(min(left, 65_536))):
            return False
        left -= len(more)
    return True
