"""People who do everything that people do here, all at once, and note what they were told.

What `bench.faults` breaks things under. They read pages, search, ask the API, fetch feeds and files,
report, and save on the desk; what was told to be saved is remembered.
"""

import itertools
import json
import os
import sys
import time
from collections import Counter
from http.client import HTTPException, HTTPSConnection
from threading import Event, Lock, Thread
from urllib.parse import urlencode

from bench.desks import log_in
from bench.machines import FROM_PROXY, PACKED, TLS, Cluster

READS = {
    "page": ["/", "/tilbud/", "/akut/", "/politikker/", "/bibliotek/", "/tilbud/?kommune=0265", "/en/"],
    "search": ["/tilbud/?q=ensom+{n}", "/tilbud/?q=g%C3%A6ld+{n}", "/soeg-i-politik/?q=ensomhed+{n}"],
    "API": ["/api/hsds/services?per_page=5", "/api/hsds/organizations?per_page=5&page={two}"],
    "feed": ["/tilbud/nyt.atom", "/kalender.atom", "/ideer/feed.atom"],
    "file": ["/data/tilbud.csv", "/data/services.json", "/sitemap.xml"],
}
REPORT, SAVE, THREADS, PATIENCE = (
    "/tilbud/headspace-roskilde/ret/",
    "/admin/offers/organisation/add/",
    6,
    30,
)
MIX = ["page"] * 8 + ["search"] * 4 + ["API"] * 3 + ["feed"] * 2 + ["file"] + ["report"] + ["save"]
FOUND = 302
LONGEST = 120  # seconds after all is mended


class Crowd:
    """So many people at a port; `phase` is what is broken at the moment."""

    def __init__(self, port: int, key: dict, least: int):
        """They ask `least` times together, and until told; `key` opens the desk (`key_of`)."""
        self.port, self.key, self.least, self.phase = port, key, least, "nothing"
        self.told: Counter[tuple[str, str, int]] = Counter()
        self.slowest: Counter[str] = Counter()
        self.saved, self.reported = set[str](), 0
        self._numbers, self._lock, self._over = itertools.count(), Lock(), Event()
        self._threads = [Thread(target=self._go_on) for _ in range(THREADS)]

    @property
    def count(self) -> int:
        """How many answers there have been."""
        with self._lock:
            return sum(self.told.values())

    def _go_on(self) -> None:
        while not self._over.is_set():
            number = next(self._numbers)
            kind, start = MIX[number % len(MIX)], time.monotonic()
            status = self._ask(kind, number)
            with self._lock:
                phase = self.phase  # what fails, fails of what is broken by now
                self.told[phase, kind, status] += 1
                self.slowest[phase] = max(self.slowest[phase], round(time.monotonic() - start, 2))

    def _ask(self, kind: str, number: int) -> int:
        """Do one thing; return what was told."""
        if kind == "save":
            name = f"bench-{number}"
            form = {**self.key["form"], "name": name, "slug": name, "kind": "forening"}
            status = self._answer("POST", SAVE, form, self.key["cookies"])
            if status == FOUND:
                with self._lock:
                    self.saved.add(name)
            return status
        if kind == "report":
            form = {"kind": "telefon", "text": f"Nummer {number} er lukket.", "hjemmeside": ""}
            status = self._answer("POST", REPORT, form, self.key["csrf"])
            with self._lock:
                self.reported += status == FOUND
            return status
        paths = READS[kind]
        path = paths[number // len(MIX) % len(paths)]
        return self._answer("GET", path.replace("{n}", str(number)).replace("{two}", str(1 + number % 2)))

    def _answer(self, method: str, path: str, form: dict | None = None, cookies: str = "") -> int:
        """Return the status of an answer that came whole; 0 for none."""
        headers = FROM_PROXY | PACKED | ({"Cookie": cookies} if cookies else {})
        body = None
        if form is not None:
            headers |= {"Origin": "https://127.0.0.1", "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode({"csrfmiddlewaretoken": self.key["token"], **form})
        line = HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE, context=TLS)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status
        except (OSError, HTTPException):
            return 0
        finally:
            line.close()

    def __enter__(self) -> "Crowd":
        """Begin."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        """Let them come to their end, which does not take for ever; at once when something went wrong."""
        end = time.monotonic() + LONGEST
        while not kind and self.count < self.least and time.monotonic() < end:
            time.sleep(0.1)
        self._over.set()
        for thread in self._threads:
            thread.join()


def key_of(cluster: Cluster, env: dict[str, str]) -> dict:
    """Make somebody who may do everything, and return what opens the desk to her."""
    return json.loads(cluster.run(sys.executable, "-m", "bench.everybody", env=cluster.env | env))


def main() -> None:
    """Print the key, as JSON: the cookies, the token of forms, and an empty form."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    client = Client(SERVER_NAME="127.0.0.1", headers={"X-Forwarded-Proto": "https"})
    user = User.objects.create_superuser("crowd")
    session = log_in(client, user)
    context = client.get(SAVE, secure=True).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    form = {name: value for name, value in values.items() if value is not None and value is not False}
    token = "a" * 32
    csrf = f"{settings.CSRF_COOKIE_NAME}={token}"
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {csrf}"
    print(json.dumps({"form": form, "token": token, "csrf": csrf, "cookies": cookies}))


if __name__ == "__main__":
    main()
