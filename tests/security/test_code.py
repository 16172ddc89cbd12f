"""What the code itself may not do, whatever is asked of it."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_architecture import APPS, imported, modules

OURS = modules(*APPS)
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))


def calls(path: Path) -> list[ast.Call]:
    """Return every call in a file."""
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    """Return the last name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_nothing_that_somebody_wrote_is_run_as_code():
    for path in OURS:
        for call in calls(path):
            if isinstance(call.func, ast.Name):
                assert call.func.id not in {"eval", "exec", "compile", "__import__"}, path
            assert name_of(call) != "from_string", path


def test_no_shell_is_started_and_no_program_named_by_anybody():
    for path in OURS:
        for call in calls(path):
            assert not any(word.arg == "shell" for word in call.keywords), path
            assert name_of(call) not in {"system", "popen", "spawn"}, path
        if "subprocess" in imported(path):
            assert path.parent.name == "backup", path


def test_no_object_is_made_of_what_somebody_sent():
    for path in OURS:
        assert not imported(path) & {"pickle", "marshal", "shelve", "dill", "xml", "xml.etree"}, path
        for call in calls(path):
            if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "yaml":
                assert call.func.attr in {"safe_load", "compose", "parse", "load"}, path
                loaders = {
                    getattr(word.value, "id", getattr(word.value, "attr", "")) for word in call.keywords
                }
                assert call.func.attr != "load" or loaders, path


def test_sql_of_our_own_takes_what_somebody_wrote_as_a_parameter():
    for path in OURS:
        for call in calls(path):
            assert name_of(call) not in {"extra", "RawSQL"}, path


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_runs_text_or_makes_html_of_it(path):
    if "htmx" in path.name:
        pytest.fail("a library of others needs a test of its own")
    text = path.read_text()
    assert not re.search(
        r"\beval\(|new Function|\.innerHTML|\.outerHTML|document\.write|insertAdjacentHTML", text
    )


def test_nothing_is_fetched_from_elsewhere():
    for path in [*SCRIPTS, *(ROOT / "static").rglob("*.css"), *(ROOT / "templates").rglob("*.html")]:
        text = path.read_text()
        assert not re.search(
            r"""(?:src|action)=["']https?://|import .*["']https?://|url\(["']?https?://""", text
        ), path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/static/",
        "/static/../directory/settings.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static//etc/passwd",
        "/admin/haandbog/..%2f..%2fREADME/",
        "/admin/haandbog/billeder/..%2f..%2f..%2fmanage.png",
        "/db.sqlite3",
        "/manage.py",
        "/backups/",
        "/settings.py.bak",
    ],
)
def test_no_file_of_the_house_is_to_be_had(client, editor, path):
    assert client.get(path).status_code == 404
    assert editor.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "HEMMELIG"])
def test_a_page_for_reading_is_only_read(client, method):
    for path in ("/", "/tilbud/", "/akut/", "/om/", "/api/hsds/services", "/data/tilbud.csv"):
        assert client.generic(method, path).status_code in {403, 405}, path


@pytest.mark.django_db
def test_the_api_is_open_to_all_and_therefore_knows_nobody(editor):
    answer = editor.get("/api/hsds/services", headers={"origin": "https://ond.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in editor.get("/", headers={"origin": "null"}).headers
