"""A server of our own for the browser: gunicorn, collected files, its own database."""

import os
import re
import socket
import subprocess
import sys
import time
from functools import partial
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.staff import PASSWORD, SECRET

DKFDS = "dkfds@11.2.0"


def pytest_collection_modifyitems(items):
    """Mark every test of this folder, so that it runs only where there is a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Return when the server answers; fail when it stops or takes half a minute."""
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        try:
            urlopen(f"{address}/readyz", timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def look(home) -> dict[str, str]:
    """Return the settings of the look: our own, or, for `./dev test official`, that of dkfds from npm.

    Its fonts take minutes to compress, so that they are served as in development.
    """
    if not (npm := os.environ.get("DKFDS_FROM")):
        return {"DEBUG": "false"}
    subprocess.run([npm, "pack", "--silent", DKFDS], cwd=home, check=True)
    # Not tarfile: its filters came with Python 3.11.4, and without one it warns from 3.12 on.
    subprocess.run(["tar", "xzf", next(home.glob("dkfds-*.tgz"))], cwd=home, check=True)
    return {
        "DEBUG": "true",
        "EXTRA_STATIC_DIR": str(home / "package"),
        "STYLESHEET": "dist/css/dkfds.min.css",
        "MUNICIPALITY_NAME": "Prøveby Kommune",
        "MUNICIPALITY_COLOUR": "#2f6f3e",
    }


@pytest.fixture(scope="session")
def neighbour():
    """Return where another site may stand that is allowed to show a part of ours."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def base_url(tmp_path_factory, neighbour):
    """Serve the real data as production does, and return the address (pytest-playwright uses it)."""
    home = tmp_path_factory.mktemp("site")
    address = f"http://127.0.0.1:{free_port()}"
    env = {
        "PATH": os.environ["PATH"],
        "INSECURE_HTTP": "true",
        "SECRET_KEY": "browser" * 10,
        "BASE_URL": address,
        "QUICK_EXIT_URL": f"{address}/healthz",
        "EMBED_ORIGINS": neighbour,
        "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}",
        "STATIC_ROOT": str(home / "static"),
        **look(home),
    }
    collect = [["collectstatic", "-v0", "--no-input"]] if env["DEBUG"] == "false" else []
    for arguments in (
        ["migrate", "-v0"],
        ["load_data"],
        ["shell", "-v0", "-c", "from tests.staff import make_people; make_people()"],
        *collect,
    ):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "directory.wsgi",
        "--threads",
        "4",
        "--log-level",
        "warning",
    ]
    with subprocess.Popen([*gunicorn, "-b", address.removeprefix("http://")], cwd=ROOT, env=env) as server:
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the Chromium that is on the machine; as root it cannot have its sandbox."""
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": os.environ["BROWSER_PATH"],
        "args": [*quiet, *sandbox],
    }


USED_CODES = set()


def fresh_code(username: str) -> str:
    """Return a code that is right now and that this person has not used: one of three half minutes."""
    while True:
        now, seconds = divmod(time.time(), 30)
        if seconds > 28:  # it would be another half minute before the code is sent
            time.sleep(30 - seconds)
            continue
        for step in (now, now + 1, now - 1):
            if (username, step) not in USED_CODES:
                USED_CODES.add((username, step))
                return format_hotp_value(hotp_value(SECRET, int(step)))
        time.sleep(1)


def enter(page, username):
    """Log somebody in as a person does: name, password, code."""
    page.goto("/admin/")
    page.get_by_label("Brugernavn eller e-mail").fill(username)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Kode").fill(fresh_code(username))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/$"))


@pytest.fixture
def log_in(page):
    """Return a function that logs somebody in."""
    return partial(enter, page)


@pytest.fixture
def page(page, base_url):
    """Return a page that fails the test on any console message or any request to somebody else."""
    complaints = []
    page.set_default_timeout(10_000)
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: request.url.startswith((base_url, "data:")) or complaints.append(request.url),
    )
    yield page
    assert complaints == []
