"""Real faults in the middle of a save: nothing is half stored, it is told, and the next try works."""

import json
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import OperationalError, connection

from tests.browser.conftest import free_port, wait_for
from tests.conftest import ROOT
from tests.search.test_killed import environment, run, shell, started  # noqa: F401 (a fixture)

PREPARE = """
import json
from bench.desks import log_in
from django.contrib.auth.models import User
from django.test import Client
from offers.models import ContactPoint, Offer, Organisation
from django.test.utils import setup_test_environment
from tests.desks import browser_form
setup_test_environment()
client, user = Client(SERVER_NAME="127.0.0.1"), User.objects.create_superuser("afbrudt")
session = log_in(client, user)
offer = Offer.objects.create(slug="afbrudt", title="Før", organisation=Organisation.objects.first())
contact = ContactPoint.objects.create(offer=offer, kind="telefon", value="70 20 12 01")
url = f"/admin/offers/offer/{offer.pk}/change/"
form = browser_form(client, url)
form |= {"title": "Efter", "contact_points-0-value": "70 20 12 02", "starts_note": "x" * 150}
print(json.dumps({"session": session.session_key, "url": url, "form": form, "contact": contact.pk}))
"""
LOOK = """
import json
from offers.models import ImportRun, Offer
offer = Offer.objects.get(slug="afbrudt")
print(json.dumps([offer.title, [c.value for c in offer.contact_points.all()], ImportRun.objects.count()]))
"""
CLEAN = """
from django.contrib.auth.models import User
from offers.models import ImportRun, Offer, Version
Offer.objects.filter(slug__startswith="afbrudt").delete()
User.objects.filter(username="afbrudt").delete()
ImportRun.objects.all().delete()
Version.objects.all().delete()
"""
BEFORE, AFTER = ["Før", ["70 20 12 01"], 0], ["Efter", ["70 20 12 02"], 0]
SECRET, TOKEN = "afbrudt" * 10, "a" * 32


class Desk:
    """A server of our own, and somebody who is logged in to it."""

    def __init__(self, env, address, made, server):
        self.env, self.address, self.made, self.server = env, address, made, server
        self.body = urlencode({"csrfmiddlewaretoken": TOKEN, **made["form"]}, doseq=True).encode()

    def headers(self, body, kind="application/x-www-form-urlencoded"):
        cookies = f"sessionid={self.made['session']}; csrftoken={TOKEN}"
        return {"Cookie": cookies, "Content-Type": kind, "Content-Length": str(len(body))}

    def save(self, body=None):
        """Send the whole form; return the status and the page."""
        body = body or self.body
        with closing(HTTPConnection(self.address, timeout=60)) as line:
            line.request("POST", self.made["url"], body, self.headers(body))
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def read(self, path):
        """Return the status of a public page, and the page."""
        with closing(HTTPConnection(self.address, timeout=60)) as line:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def workers(self):
        """Return the processes that answer."""
        children = Path(f"/proc/{self.server}/task/{self.server}/children").read_text()
        return [int(child) for child in children.split()]

    def cut_off(self, url, body, share, kind="application/x-www-form-urlencoded"):
        """Send a part of a request and hang up; return when the server has seen to it."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.headers(body, kind).items())
        host, port = self.address.split(":")
        with socket.create_connection((host, int(port)), timeout=60) as line:
            line.sendall(f"POST {url} HTTP/1.1\r\nHost: {self.address}\r\n{lines}\r\n".encode())
            line.sendall(body[: int(share * len(body))])
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass

    def stored(self):
        return json.loads(run(self.env, *shell(LOOK)))


@pytest.fixture
def desk(environment):  # noqa: F811 (the fixture)
    """Serve a copy of the data as production does."""
    env = {**environment, "SECRET_KEY": SECRET, "INSECURE_HTTP": "true"}
    try:
        made = json.loads(run({**env, "DEBUG": "true"}, *shell(PREPARE)))
        address = f"127.0.0.1:{free_port()}"
        gunicorn = [sys.executable, "-m", "gunicorn", "directory.wsgi", "-b", address]
        served = {**env, "DEBUG": "false", "BASE_URL": f"http://{address}"}
        with subprocess.Popen(gunicorn, cwd=ROOT, env=served, stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(f"http://{address}", server)
                yield Desk(env, address, made, server.pid)
            finally:
                server.terminate()
    finally:
        run(env, *shell(CLEAN))


@contextmanager
def in_the_way(desk):
    """Hold what the save needs last; on a database server, end its connection when it has begun."""
    address = desk.env["DATABASE_URL"]
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.rollback()
        return
    with psycopg.connect(address) as other, psycopg.connect(address, autocommit=True) as killer:
        other.execute("SELECT 1 FROM offers_contactpoint WHERE id = %s FOR UPDATE", [desk.made["contact"]])

        def end_it():
            waits = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"
            for _ in range(300):
                if found := killer.execute(waits, [killer.info.dbname]).fetchone():
                    killer.execute("SELECT pg_terminate_backend(%s)", found)
                    return
                time.sleep(0.1)

        thread = threading.Thread(target=end_it)
        thread.start()
        yield
        thread.join()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/tilbud/", "Vi kan ikke hente tilbuddene lige nu."),
        ("/en/tilbud/", "We cannot fetch"),
    ],
)
def test_a_page_that_cannot_reach_its_data_says_so(client, address, sentence):
    def gone(*args):
        raise OperationalError("the connection is closed")

    client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert sentence in answer.text


def test_a_form_that_is_cut_off_is_not_stored(desk):
    for share in (0.1, 0.5, 0.99):
        desk.cut_off(desk.made["url"], desk.body, share)
    assert desk.stored() == BEFORE
    assert desk.save()[0] == 302
    assert desk.stored() == AFTER


def test_a_table_that_is_cut_off_on_its_way_is_not_taken_in(desk):
    rows = "Navn;By\r\n" + "".join(f"Afbrudt {n};Lejre\r\n" for n in range(500))
    parts = {"csrfmiddlewaretoken": TOKEN, "sheet": "steder"}
    body = "".join(
        f'--snit\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    body += '--snit\r\nContent-Disposition: form-data; name="file"; filename="steder.csv"\r\n\r\n'
    body += f"{rows}\r\n--snit--\r\n"
    for share in (0.3, 0.9):
        kind = "multipart/form-data; boundary=snit"
        desk.cut_off("/admin/offers/importrun/ny/", body.encode(), share, kind)
    assert desk.stored() == BEFORE


def test_a_database_that_goes_away_in_the_middle_is_told_and_nothing_is_half_stored(desk):
    with in_the_way(desk):
        status, page = desk.save()
    assert status == 503
    assert "Det, du sendte, er ikke gemt, men det er her endnu." in page
    assert desk.stored() == BEFORE
    assert desk.save(given_back(page))[0] == 302
    assert desk.stored() == AFTER


def given_back(page):
    """Return what the button of a page sends."""
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return urlencode([(name, unescape(value)) for name, value in fields]).encode()


MAKE_IMPORT = """
from django.contrib.auth.models import User
from offers.exchange import runs
from offers.exchange.sheets import SHEETS
from offers.models import ImportRun, Organisation
owner = Organisation.objects.get(slug="headspace-danmark").name
rows = "".join(f"afbrudt-{n};Afbrudt {n};Kort.;{owner}\\r\\n" for n in range(1500))
content = ("Nøgle;Titel;Kort fortalt;Hvem står bag\\r\\n" + rows).encode()
run = runs.start(content, "mange.csv", SHEETS["tilbud"], User.objects.create_superuser("afbrudt"))
runs.carry_on(run.pk)
run.refresh_from_db()
assert (run.state, run.new) == ("klar", 1500), (run.state, run.message)
assert runs.begin(run, ImportRun.State.APPLYING)
"""
CARRY_ON = """
from offers.exchange import runs
from offers.exchange import applying
from offers.models import ImportRun
plain = applying.apply
def told(*args, **more):
    print("storing", flush=True)
    return plain(*args, **more)
applying.apply = told
runs.carry_on(ImportRun.objects.get().pk)
"""
LOOK_AGAIN = """
import json
from datetime import timedelta
from offers.exchange import runs
from offers.models import ImportRun, Offer
run = ImportRun.objects.get()
if run.taken_at:
    ImportRun.objects.update(taken_at=run.taken_at - runs.SILENT - timedelta(seconds=1))
    run.refresh_from_db()
print(json.dumps([run.state, runs.is_left(run), Offer.objects.filter(slug__startswith="afbrudt").count()]))
"""


def test_an_import_whose_worker_is_killed_is_left_whole_and_goes_on_again(environment):  # noqa: F811
    try:
        run(environment, *shell(MAKE_IMPORT))
        with started(environment, *shell(CARRY_ON)) as worker:
            assert worker.stdout.readline() == "storing\n"
            time.sleep(0.5)  # a second and more is still to go
            worker.kill()
        # Five minutes of silence later, the page says that it stopped, and has a button.
        assert json.loads(run(environment, *shell(LOOK_AGAIN))) == ["gemmes", True, 0]
        run(environment, *shell(CARRY_ON))
        assert json.loads(run(environment, *shell(LOOK_AGAIN))) == ["gemt", False, 1500]
    finally:
        run(environment, *shell(CLEAN))
