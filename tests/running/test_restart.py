"""A web server that stops or starts: who has come is answered, all others are sent on at once."""

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bench.machines import ROOT, TLS, Cluster, free_port, program, status_of, wait_until

PAGE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n\r\n"
AT_THE_DOOR, TIMES = 5, 20
# In the mask of /proc of what a process has been told and has not heard.
TOLD_TO_STOP = 1 << (signal.SIGTERM - 1)


@pytest.fixture
def server(db, source):
    """Return the port, the process of a web server, and the number of its one worker."""
    with Cluster() as cluster:
        cluster.env |= {"DATABASE_URL": source}
        port, process = cluster.web("a")
        children = ["-o", "pid=", "--ppid", str(process.pid)]
        listed = subprocess.run([program("ps"), *children], capture_output=True, text=True, check=True)
        yield port, process, int(listed.stdout)


def asks(port, what):
    """Return a line on which so much of a request was sent."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(what)
    return line


def answer(line):
    """Return the status of an answer that came whole."""
    response = HTTPResponse(line)
    response.begin()
    response.read()
    line.close()
    return response.status


def has_been_told(worker):
    """Return whether a worker that is held has been told to stop."""
    lines = Path(f"/proc/{worker}/status").read_text().splitlines()
    pending = next(line.split()[1] for line in lines if line.startswith("ShdPnd:"))
    return bool(int(pending, 16) & TOLD_TO_STOP)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc, as on Linux")
def test_whoever_stands_at_the_door_is_answered(server):
    port, process, worker = server
    os.kill(worker, signal.SIGSTOP)  # now nobody opens the door
    lines = [asks(port, PAGE) for _ in range(AT_THE_DOOR)]
    process.terminate()
    wait_until(lambda: has_been_told(worker), "the word to stop")
    os.kill(worker, signal.SIGCONT)
    assert [answer(line) for line in lines] == [200] * AT_THE_DOOR
    assert process.wait(timeout=30) == 0


def test_whoever_comes_later_is_refused_at_once_while_one_is_still_speaking(server):
    port, process, _ = server
    speaks = asks(port, PAGE[:20])
    assert status_of(port, "/healthz")[0] == 200  # so it has come to a thread, as the one after it has
    process.terminate()

    def refused():
        try:
            asks(port, b"").close()
        except ConnectionRefusedError:
            return True
        return False

    wait_until(refused, "no more door", patience=1)
    assert process.poll() is None
    speaks.sendall(PAGE[20:])
    assert answer(speaks) == 200
    assert process.wait(timeout=30) == 0


def test_nobody_can_call_before_the_search_is_loaded():
    with Cluster() as cluster:
        port = free_port()
        cluster.env |= {"DATABASE_URL": "postgresql://127.0.0.1:1/none"}  # so that loading says a word
        gunicorn = [sys.executable, "-m", "gunicorn", "directory.wsgi", f"--bind=127.0.0.1:{port}"]
        cluster.start(*gunicorn, cwd=ROOT, env=cluster.env)
        wait_until(lambda: status_of(port, "/healthz")[0] == 200, "the server")
        (log,) = cluster.home.glob("log-*")
        told = log.read_text()
    assert 0 < told.index("The search is loaded later") < told.index("Listening at")


class Notes(BaseHTTPRequestHandler):
    """A web server that keeps lines open, and notes which of them were asked what."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, int]] = []

    def do_GET(self):
        """Note, and say next to nothing."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.client_address[1]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        """Do the same."""
        self.do_GET()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def front():
    """Return the port of nginx, with the file that is deployed, before a server that takes notes."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Notes) as upstream, Cluster() as cluster:
        Thread(target=upstream.serve_forever).start()
        cluster.callback(upstream.shutdown)
        yield cluster.nginx((upstream.server_port, upstream.server_port))


@pytest.mark.skipif(not (program("nginx") and program("openssl")), reason="needs nginx and openssl")
def test_each_form_has_a_line_of_its_own_and_pages_share_some(front):
    Notes.asked.clear()
    for method in ["GET", "POST"] * TIMES:
        line = HTTPSConnection("127.0.0.1", front, timeout=10, context=TLS)
        line.request(method, "/side/", b"a=b" if method == "POST" else None)
        assert line.getresponse().status == 200
        line.close()
    pages, forms = ([line for asked, line in Notes.asked if asked == method] for method in ("GET", "POST"))
    assert len(pages) == len(forms) == len({*forms}) == TIMES
    # nginx is two processes here, and each keeps a line to both of its servers.
    assert len({*pages}) <= 4
    assert not {*pages} & {*forms}
