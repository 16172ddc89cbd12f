"""Clients that send a request as slowly as they can: they wait in nginx, and nobody else does."""

import select
import socket
import time

import pytest

from bench.machines import TLS, Cluster, program, status_of
from bench.people import Readers

MISSING = [name for name in ("nginx", "openssl") if not program(name)]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {MISSING}: apt install nginx openssl"),
]
SLOW, FOR = 100, 20  # clients, half of them slow with the lines of the head; seconds
HEAD = b"GET /tilbud/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
FORM = (
    b"POST /tilbud/headspace-roskilde/ret/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


@pytest.fixture(scope="module")
def nginx(source):
    """Return the port of nginx, with the file that is deployed, before one web server."""
    with Cluster() as cluster:
        cluster.env |= {"DATABASE_URL": source, "BASE_URL": "https://127.0.0.1", "INSECURE_HTTP": "false"}
        cluster.manage("collectstatic", "-v0", "--no-input")
        port, _ = cluster.web("a")
        yield cluster.nginx((port, port))


def slow_client(port, begin):
    """Return a line on which a request has begun."""
    line = TLS.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10))
    line.sendall(begin)
    return line


def is_closed(line):
    """Return whether the server has hung up, or said that it will not wait any more."""
    try:
        return bool(select.select([line], [], [], 0)[0]) or bool(line.pending())
    except (OSError, ValueError):
        return True


def test_a_hundred_slow_clients_keep_nobody_waiting_and_are_hung_up_on(nginx):
    lines = [slow_client(nginx, HEAD if number % 2 else FORM) for number in range(SLOW)]
    try:
        with Readers([nginx] * 2, ["/", "/tilbud/?q=ensom+{n}", "/akut/"], tls=True) as readers:
            end = time.monotonic() + FOR
            while time.monotonic() < end:
                for number, line in enumerate(lines):
                    if not is_closed(line):
                        drip(line, b"X-A: b\r\n" if number % 2 else b"x")
                time.sleep(2)
        assert readers.failed == []
        assert len(readers.statuses) > FOR
        heads = [is_closed(line) for line in lines[1::2]]
        assert all(heads), "who is slow with the head is hung up on, however it drips"
        assert status_of(nginx, "/healthz", tls=True)[0] == 200
    finally:
        for line in lines:
            line.close()


def drip(line, sign):
    """Send a little more; the server may have hung up meanwhile."""
    try:
        line.sendall(sign)
    except OSError:
        line.close()
