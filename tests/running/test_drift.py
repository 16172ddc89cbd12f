"""“Drift” on the desk: how the site is, for administrators."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.staff import ROLES

DRIFT = reverse("running")


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_see_how_the_site_runs(log_in, role):
    desk = log_in(role)
    answers = {"Administrator": 200}
    assert desk.get(DRIFT).status_code == answers.get(role, 403)
    assert (DRIFT in desk.get(reverse("admin:index")).text) is (role in answers)


def test_the_public_is_led_to_the_log_in(db):
    assert Client().get(DRIFT).headers["Location"].startswith("/admin/login/")


def test_the_page_tells_what_is_late_and_what_failed(editor, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    told = editor.get(DRIFT).text
    assert "Der er ingen. Kør “manage.py backup” hver nat" in told
    assert "Ingen endnu. Kør “manage.py worker” hver dag" in told
    assert "Ingen opgaver er gået galt." in told
    (tmp_path / "vejviser-20260101T030000.000000Z.zip").touch()
    DBTaskResult.objects.create(
        args_kwargs={},
        task_path="offers.tasks.check_links",
        run_after=timezone.now(),
        finished_at=timezone.now(),
        status="FAILED",
        exception_class_path="builtins.OSError",
    )
    told = editor.get(DRIFT).text
    assert "manage.py backup" not in told
    assert "manage.py worker" not in told
    assert "offers.tasks.check_links" in told
    assert "builtins.OSError" in told


UNTIL = [
    ("", "SECURITY_EXPIRES mangler"),
    (date(2020, 1, 1), "vises ikke mere"),
    (date(2999, 1, 1), "Gælder til"),
]


@pytest.mark.parametrize(("expires", "said"), UNTIL)
def test_the_page_tells_whether_security_txt_holds(editor, settings, expires, said):
    settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = "mailto:a@b.example", expires
    assert said in editor.get(DRIFT).text
    there = editor.get("/.well-known/security.txt").status_code == 200
    assert there is (said == "Gælder til")
