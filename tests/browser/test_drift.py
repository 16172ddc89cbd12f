"""“Drift” in a browser: an administrator finds it on the desk, it fits, and axe finds no barrier in it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import assert_no_barrier

NOW = datetime.now(UTC)


@pytest.fixture
def failure(base_url, tmp_path_factory):
    """Put a task that has failed into the database of the server."""
    [database] = tmp_path_factory.getbasetemp().glob("site0/db.sqlite3")
    row = {
        "id": uuid4().hex,
        "status": "FAILED",
        "enqueued_at": NOW,
        "finished_at": NOW,
        "run_after": NOW,
        "args_kwargs": "{}",
        "priority": 0,
        "task_path": "offers.tasks.check_links",
        "worker_ids": "[]",
        "queue_name": "default",
        "backend_name": "default",
        "exception_class_path": "builtins.ConnectionResetError",
        "traceback": "",
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        connection.execute(
            f"insert into django_tasks_database_dbtaskresult ({names}) values ({marks})",  # noqa: S608
            [str(value) for value in row.values()],
        )


def test_an_administrator_finds_how_the_site_runs_without_a_barrier(page, failure, log_in, tmp_path):
    log_in("administrator")
    page.get_by_role("link", name="Drift", exact=True).click()
    for width, scheme in ((320, "light"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto("/admin/drift/")  # anew: the admin fades from one colour to the other
        expect(page.get_by_role("rowheader", name="offers.tasks.check_links").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert_no_barrier(page)
        page.screenshot(path=tmp_path / f"drift-{width}-{scheme}.png")
