"""Logs, measurements and reports tell how the site is, and nothing about anybody."""

import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from directory.logs import JsonLines, request_id
from directory.watching.faults import told
from directory.watching.gauges import page
from directory.watching.internal import with_metrics
from directory.watching.mail import FaultMail
from directory.watching.requests import HEADER
from offers.models import SearchMiss
from tests.conftest import ROOT

ID = "0123456789abcdef0123456789abcdef"
CPR = "010190" + "1234"


class Lines(logging.Handler):
    """Keeps what would be written."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines = []

    def emit(self, record):
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines():
    """Return the lines that the log of requests gets, each as read."""
    handler, logger = Lines(), logging.getLogger("vejviser.requests")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler.lines
    logger.setLevel(before)
    logger.removeHandler(handler)


# -- The log of requests -----------------------------------------------------------------------------


def test_a_line_tells_route_status_time_and_id_and_nothing_else(visitor, lines):
    headers = {"user-agent": "Hemmelig/1.0", "referer": "https://hemmelig.example/", HEADER: ID}
    response = visitor.get("/tilbud/?q=hemmelig", headers=headers, REMOTE_ADDR="203.0.113.7")
    assert response.headers[HEADER] == ID
    (line,) = lines
    assert (line["route"], line["method"], line["status"]) == ("offers:list", "GET", 200)
    assert line["request_id"] == ID
    assert line["ms"] > 0
    assert set(line) == {
        "time",
        "level",
        "logger",
        "request_id",
        "route",
        "method",
        "status",
        "ms",
        "message",
    }
    assert "hemmelig" not in json.dumps(line).lower()
    assert "203.0" not in json.dumps(line)


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/nix/", "none", 404),
        ("/tilbud/nix-nix/", "offers:detail", 404),
        ("/admin/", "admin:index", 302),
    ],
)
def test_what_is_not_there_is_told_by_its_route_and_not_its_path(client, db, lines, path, route, status):
    client.get(path)
    assert (lines[-1]["route"], lines[-1]["status"]) == (route, status)
    assert "nix" not in json.dumps(lines)


@pytest.mark.parametrize("given", ["", "x", f"{ID}x", "a b" * 11, f"{CPR:0>32}"[:31], "Ø" * 32])
def test_an_id_that_is_none_is_replaced(visitor, given):
    known = visitor.get("/healthz", headers={HEADER: given}).headers[HEADER]
    assert re.fullmatch("[0-9a-f]{32}", known)
    assert known != given


def test_an_id_ends_with_its_request(visitor):
    visitor.get("/healthz", headers={HEADER: ID})
    assert request_id.get() == ""


# -- What went wrong ---------------------------------------------------------------------------------


QUOTED = f"no ensomheden in {CPR}", "cannot read Ensomhed, hemmeligt, 'gæld'"


@pytest.fixture
def broken(client, monkeypatch, settings):
    """Return a function that asks for a page that fails, quoting what was asked."""
    client.raise_request_exception = False
    settings.ADMINS = [("", "drift@kommune.example")]
    (handler,) = (one for one in logging.getLogger("django").handlers if isinstance(one, FaultMail))
    monkeypatch.setattr(handler, "_sent", {})

    def fails(*args, **kwargs):
        try:
            raise KeyError(QUOTED[0])
        except KeyError as error:
            raise ValueError(QUOTED[1]) from error

    monkeypatch.setattr("django.template.response.TemplateResponse.render", fails)
    monkeypatch.setattr("offers.views.kept_page", fails)

    def asked(method="get", **more):
        return getattr(client, method)("/tilbud/?q=ensomhed+hemmeligt+g%C3%A6ld", **more)

    return asked


def test_a_fault_is_mailed_without_what_anybody_wrote(broken, db):
    answer = broken(
        headers={"user-agent": "Mozilla/9", "cookie": "sessionid=abc"}, REMOTE_ADDR="203.0.113.9"
    )
    assert answer.status_code == 500
    (sent,) = mail.outbox
    text = sent.subject + sent.body
    assert sent.to == ["drift@kommune.example"]
    assert "offers:list (ValueError)" in sent.subject
    assert answer.headers[HEADER] in text
    assert "cannot read" in text
    assert "KeyError" in text
    for secret in ("nsomhed", "emmelig", "gæld", CPR, "Mozilla", "sessionid", "203.0.113.9", "q="):
        assert secret not in text, secret


def test_the_same_fault_is_mailed_once_an_hour(broken, db):
    broken()
    broken()
    assert len(mail.outbox) == 1


def test_a_log_line_quotes_no_word_of_a_form_either(rf):
    request = rf.post("/tilbud/x/ret/", {"text": "Min nabo Karoline"})
    assert request.POST["text"]
    error = ValueError("what does karolines mean")
    assert told(error, request).endswith("ValueError: what does … mean")


def test_an_exception_with_far_too_many_words_says_nothing(rf):
    request = rf.get("/?q=" + "+".join(f"ord{number}" for number in range(400)))
    assert told(ValueError("ord77"), request).endswith("ValueError: …")


def test_nonsense_of_others_is_no_fault_of_ours(broken):
    FaultMail().handle(logging.makeLogRecord({"name": "django.security.DisallowedHost", "levelno": 40}))
    assert mail.outbox == []


# -- Measurements ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_measurements_tell_requests_index_searches_and_queue(visitor):
    visitor.get("/tilbud/?q=hemmelig")
    visitor.get("/hemmelig/")
    SearchMiss.objects.create(words="hemmelig", day=timezone.localdate(), count=7)
    old = DBTaskResult.objects.create(args_kwargs={}, task_path="a.b", run_after=timezone.now())
    DBTaskResult.objects.filter(pk=old.pk).update(enqueued_at=timezone.now() - timedelta(hours=1))
    text = page().decode()
    numbers = {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if not line.startswith("#")
    }
    assert numbers['vejviser_requests_total{method="GET",route="offers:list",status="200"}'] >= 1
    assert numbers['vejviser_requests_total{method="GET",route="none",status="404"}'] >= 1
    assert numbers['vejviser_request_seconds_count{route="offers:list"}'] >= 1
    assert 0 <= numbers['vejviser_search_index_age_seconds{index="offers"}'] < 1e6
    assert numbers[f'vejviser_searches_missed_today{{kind="{SearchMiss.Kind.NOTHING}"}}'] == 7
    assert numbers["vejviser_tasks_waiting"] == 1
    assert numbers["vejviser_tasks_oldest_seconds"] >= 3600
    assert numbers["vejviser_database_up"] == 1
    assert "hemmelig" not in text


@pytest.mark.django_db
def test_without_a_database_the_measurements_say_so():
    def gone(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(gone):
        text = page().decode()
    assert "vejviser_database_up 0.0" in text
    assert "\nvejviser_tasks_waiting " not in text


class Socket:
    """A socket that tells on which port it listens."""

    def __init__(self, name):
        self.name = name

    def getsockname(self):
        return self.name


@pytest.mark.parametrize(
    ("name", "site"), [(("127.0.0.1", 9464), False), (("127.0.0.1", 8000), True), ("/run/site.sock", True)]
)
def test_only_the_internal_socket_leads_there_whatever_host_is_written(name, site):
    def the_site(environ, start):
        return ["the site"]

    status = []
    environ = {"PATH_INFO": "/tilbud/", "REQUEST_METHOD": "GET", "SERVER_PORT": "9464"}
    environ |= {"HTTP_HOST": "x:9464", "gunicorn.socket": Socket(name)}
    answer = with_metrics(the_site, "127.0.0.1:9464")(environ, lambda line, _: status.append(line))
    assert (answer == ["the site"]) is site
    assert status == ([] if site else ["404 Not Found"])


def test_the_public_address_has_no_measurements(client, db):
    assert client.get("/metrics").status_code == 404


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.read().decode()


def test_two_processes_of_gunicorn_are_added_up_on_a_port_of_their_own(source, tmp_path):
    public, internal = free_port(), free_port()
    environment = {
        **os.environ,
        "DEBUG": "true",
        "SECRET_KEY": "test" * 15,
        "DATABASE_URL": source,
        "SEARCH_INDEX_DIR": str(tmp_path),
        "METRICS_BIND": f"127.0.0.1:{internal}",
        "LOG_FORMAT": "json",
    }
    command = [sys.executable, "-m", "gunicorn", "directory.wsgi", "-w", "2"]
    command += ["-b", f"127.0.0.1:{public}"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipe) as server:
        try:
            for _ in range(300):
                try:
                    read(public, "/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            for _ in range(20):
                read(public, "/healthz?q=hemmelig")
            text = read(internal, "/metrics")
            for port, path in (internal, "/healthz"), (public, "/metrics"):
                with pytest.raises(urllib.error.HTTPError, match="404"):
                    read(port, path)
        finally:
            server.terminate()
        log = server.communicate(timeout=60)[0].decode()
    assert 'vejviser_requests_total{method="GET",route="healthz",status="200"} 21.0' in text
    told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert [line["status"] for line in told if line.get("route") == "healthz"] == [200] * 21
    assert "hemmelig" not in log
