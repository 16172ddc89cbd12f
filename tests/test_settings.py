"""The start: production is safe by default, and a bad variable stops it with a sentence."""

import logging
import socket
import subprocess
import sys
import time

import pytest

from directory.logs import WithoutQueryString
from tests.conftest import ROOT

PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!",
    "BASE_URL": "https://vejviser.example",
    "DEBUG": "false",
    # Not the one that `./dev` fills with demo accounts.
    "DATABASE_URL": "sqlite://:memory:",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run `manage.py` with nothing in the environment but what is given."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY mangler eller er for kort"),
        ({"DEBUG": "måske"}, "Miljøvariablen DEBUG er “måske”: skriv true eller false."),
        ({"BASE_URL": "vejviser"}, "BASE_URL er “vejviser”: skriv hele adressen"),
        ({"QUICK_EXIT_URL": "javascript:alert(1)"}, "QUICK_EXIT_URL er “javascript:alert(1)”"),
        (
            {"EMBED_ORIGINS": "https://a.dk roskilde.dk/"},
            "EMBED_ORIGINS har “roskilde.dk/”: skriv fx https",
        ),
        ({"CONN_MAX_AGE": "et minut"}, "Miljøvariablen CONN_MAX_AGE kan ikke læses"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY mangler eller er for kort"),
        ({"DATABASE_URL": "mongodb://x/y"}, "DATABASE_URL skal begynde med"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL skal begynde med"),
        ({"DATABASE_URL": "postgresql://u@h:abc/x"}, "DATABASE_URL kan ikke læses: skriv postgresql://"),
        ({"DATABASE_URL": "postgresql://u:p/w@h/x"}, "DATABASE_URL kan ikke læses: skriv postgresql://"),
        ({"CONTACT_EMAIL": "vejviser"}, "CONTACT_EMAIL er “vejviser”: skriv en mailadresse"),
        ({"WAS_URL": "was.digst.dk"}, "WAS_URL er “was.digst.dk”: skriv hele adressen"),
        ({"SECURITY_CONTACT": "a@b.example"}, "SECURITY_CONTACT er “a@b.example”: skriv fx mailto:"),
        ({"SECURITY_EXPIRES": "næste år"}, "SECURITY_EXPIRES er “næste år”: skriv en dato"),
        ({"EMAIL_URL": "brevdue://x"}, "EMAIL_URL kan ikke bruges"),
        ({"EMAIL_URL": "smtp://h:abc"}, "EMAIL_URL kan ikke bruges"),
    ],
)
def test_a_bad_variable_stops_the_start_with_one_sentence(change, sentence):
    result = manage("check", **{**PRODUCTION, **change})
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_production_settings_pass_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_debug_is_off_unless_it_is_asked_for():
    code = "from django.conf import settings; print(settings.DEBUG, settings.SECURE_SSL_REDIRECT)"
    environment = {key: value for key, value in PRODUCTION.items() if key != "DEBUG"}
    assert manage("shell", "-v", "0", "-c", code, **environment).stdout.strip() == "False True"


def test_demo_users_are_refused_in_production():
    result = manage("create_demo_users", **PRODUCTION)
    assert result.returncode != 0
    assert "kun, når DEBUG er slået til" in result.stderr


LOST = '"GET /tilbud/?… HTTP/1.1" 200'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"GET /tilbud/?q=hemmelig&alder=14 HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q=bob\'s+hemmelighed HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q="hemmelig" ord HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q=hemmeligt ord HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q=ånde\udcff\x85\u2028hemmelig HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q=a HTTP/1.1 hemmelig HTTP/1.1" 200', LOST),
        ('"GET /tilbud/?q=a?hemmelig HTTP/1.1" 200', LOST),
        ('"GET /tilbud/%3fq=hemmelig HTTP/1.1" 200', LOST.replace("?", "%3f")),
        ('"GET /tilbud/?q=hemmelig HTTP/1.1" 200 "https://x/?q=hemmelig" curl', f'{LOST} "https://x/?…'),
        ("Not Found: /tilbud/?q=hemmelig ord", "Not Found: /tilbud/?…"),
        ("Invalid HTTP request line: 'GET /?q=hemmelig'", "Invalid HTTP request line: 'GET /?…"),
        ("Invalid HTTP Version: 'hemmelig HTTP/1.1'", "Invalid HTTP Version: … HTTP/1.1'"),
        ("a /?q=hemmelig\nb /?q=hemmelig HTTP/1.1'\nc", "a /?…\nb /?… HTTP/1.1'\nc"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
    ],
)
def test_no_log_line_holds_what_was_searched_for(text, line):
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", (text,), None)
    assert WithoutQueryString().format(record) == line


def test_no_traceback_holds_what_was_searched_for():
    try:
        raise ValueError("could not answer /tilbud/?q=bob's hemmelighed")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Fejl på %s", ("/?q=hemmelig",), fault)
    text = WithoutQueryString().format(record)
    assert text.startswith("Fejl på /?…\nTraceback")
    assert text.endswith("ValueError: could not answer /tilbud/?…")


def answer(port: int, request_line: bytes) -> bytes:
    """Send a request to the server as soon as it listens, and return the first line of the answer."""
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(request_line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return connection.makefile("rb").readline().strip()
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


def test_gunicorn_logs_no_query_string_and_reads_long_lines(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **PRODUCTION,
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
    }
    command = [sys.executable, "-m", "gunicorn", "directory.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["--no-control-socket", "--access-logfile", "-"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as server:
        try:
            long = b"a" * (8190 - len("GET /healthz?q=hemmelig HTTP/1.1\r\n"))
            assert answer(port, b"GET /healthz?q=hemmelig%b HTTP/1.1" % long) == b"HTTP/1.1 200 OK"
            for query in ("hemmeligæ", "hemmeligæ' hemmelig", "x hemmelig"):
                line = f"GET /tilbud/?q={query} HTTP/1.1".encode()
                assert answer(port, line) == b"HTTP/1.1 400 Bad Request"
        finally:
            server.terminate()
        log = server.communicate(timeout=60)[0].decode()
    assert log.count("Invalid request from ip=…") == 3, log
    assert "hemmelig" not in log
