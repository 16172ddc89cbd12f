"""The start: production is safe by default, and a bad variable stops it with a sentence."""

import logging
import subprocess
import sys

import pytest

from directory.logs import WithoutQueryString
from tests.conftest import ROOT

PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!",
    "BASE_URL": "https://vejviser.example",
    "DEBUG": "false",
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
        ({"CONN_MAX_AGE": "et minut"}, "Miljøvariablen CONN_MAX_AGE kan ikke læses"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY mangler eller er for kort"),
        ({"DATABASE_URL": "mongodb://x/y"}, "DATABASE_URL skal begynde med"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL skal begynde med"),
        ({"EMAIL_URL": "brevdue://x"}, "EMAIL_URL kan ikke bruges"),
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


def test_no_log_line_holds_what_was_searched_for():
    try:
        raise ValueError("could not answer /tilbud/?q=hiv")
    except ValueError:
        fault = sys.exc_info()
    words = ("/tilbud/?q=hiv&alder=14",)
    record = logging.LogRecord("x", logging.INFO, "", 0, '"GET %s HTTP/1.1" 200', words, fault)
    line = WithoutQueryString().format(record)
    assert line.startswith('"GET /tilbud/?… HTTP/1.1" 200')
    assert "hiv" not in line
