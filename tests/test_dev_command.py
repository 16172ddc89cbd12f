"""`./dev`: what it decides, without a network, a server or a browser."""

import ast
import importlib.util
import re
import socket
import subprocess
import sys
from argparse import Namespace
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """Return the file `dev` as a module, at work in an empty directory."""
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev", loader))
    loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    return module


@pytest.fixture
def commands(dev, monkeypatch):
    """Return the list of commands that `dev` believes to have run."""
    ran = []

    def pretend(command, *args, **options):
        ran.append(command)
        if "venv" in command:
            Path(".venv/bin").mkdir(parents=True)
            Path(dev.PYTHON).touch()

    monkeypatch.setattr(dev, "quietly", pretend)
    return ran


def pins(name):
    return set(re.findall(r"(?m)^\S+==\S+", (ROOT / name).read_text()))


# -- Which Python ----------------------------------------------------------------------------------


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 8))


def test_an_old_python_is_told_what_to_install(dev, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    with pytest.raises(dev.DevError, match=r"install Python 3\.11\+ or uv"):
        dev.require_python((3, 9, 6), [])


def test_an_old_python_hands_over_to_the_one_of_uv(dev, monkeypatch):
    replaced = []
    monkeypatch.setattr(dev.shutil, "which", lambda _: "/bin/uv")
    monkeypatch.setattr(dev.os, "execv", lambda _, command: replaced.append(command))
    dev.require_python((3, 10, 0), ["test", "unit"])
    uv_run = ["/bin/uv", "run", "--no-project", "--python", ">=3.11", "python"]
    assert replaced == [[*uv_run, "dev", "test", "unit"]]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_new_python_goes_on(dev, version):
    dev.require_python(version, [])


# -- What is installed, and when -------------------------------------------------------------------


def test_packages_are_installed_once(dev, commands):
    Path("requirements.txt").write_text("django==5.2.19\n")
    dev.install("requirements.txt")
    assert len(commands) == 2
    assert "--require-hashes" in commands[1]
    dev.install("requirements.txt")
    assert len(commands) == 2


def test_changed_requirements_are_installed_into_the_same_environment(dev, commands):
    for version in ("5.2.18", "5.2.19"):
        Path("requirements.txt").write_text(f"django=={version}\n")
        dev.install("requirements.txt")
    assert ["venv" in command for command in commands] == [True, False, False]


def test_a_failed_installation_is_tried_again(dev, commands, monkeypatch):
    def fail(command, *args, **options):
        raise dev.DevError("no network")

    Path("requirements.txt").write_text("django==5.2.19\n")
    pretend = dev.quietly
    monkeypatch.setattr(dev, "quietly", fail)
    with pytest.raises(dev.DevError):
        dev.install("requirements.txt")
    monkeypatch.setattr(dev, "quietly", pretend)
    dev.install("requirements.txt")
    assert len(commands) == 2


def test_development_runs_the_versions_of_production():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host(name):
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("trace", ["django @ https://example.org/django.whl", "--find-links x"])
def test_a_lock_that_names_a_host_is_refused(dev, monkeypatch, trace):
    monkeypatch.setattr(dev, "install", lambda _: None)
    monkeypatch.setattr(dev, "quietly", lambda *_, **__: f"{trace}\ndjango==5.2.19\n")
    Path("requirements.txt").write_text("as it was")
    with pytest.raises(dev.DevError, match="not written"):
        dev.lock(Namespace())
    assert Path("requirements.txt").read_text() == "as it was"


# -- ./dev run -------------------------------------------------------------------------------------


def test_a_secret_key_is_made_once_and_kept_private(dev):
    path = Path(".env")
    path.write_text("SITE_NAME=Favrskov")
    path.chmod(0o644)
    dev.ensure_secret_key(path)
    text = path.read_text()
    assert re.fullmatch(r"SECRET_KEY=[\w-]{60,}\nSITE_NAME=Favrskov", text)
    assert path.stat().st_mode & 0o777 == 0o600
    dev.ensure_secret_key(path)
    assert path.read_text() == text


def test_a_taken_port_is_noticed_before_any_work(dev, commands):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(dev.DevError, match=f"./dev --port {port + 1}"):
            dev.run(Namespace(port=port))
    assert not commands


# -- ./dev test ------------------------------------------------------------------------------------


@pytest.fixture
def run_tests(dev, monkeypatch):
    """Return `./dev test` with the outcomes of its parts given by name; all others pass."""
    monkeypatch.setattr(dev, "install", lambda _: None)

    def run(parts=(), strict=False, **outcomes):
        def part(name):
            def result(rest):
                if isinstance(outcomes.get(name), Exception):
                    raise outcomes[name]
                return outcomes.get(name, (True, "1 passed in 0.10s"))

            return result

        monkeypatch.setattr(dev, "PARTS", {name: part(name) for name in dev.PARTS})
        return dev.test(Namespace(parts=parts, strict=strict, rest=[]))

    return run


def test_all_parts_are_run_unless_some_are_named(run_tests, capsys):
    assert run_tests() == 0
    assert re.findall(r"(?m)^(\w+) +1 passed in 0.10s$", capsys.readouterr().out) == [
        "unit",
        "pg",
        "browser",
    ]
    assert run_tests(parts=["pg"]) == 0
    assert re.findall(r"(?m)^(\w+) +1 passed in 0.10s$", capsys.readouterr().out) == ["pg"]


def test_one_failed_part_fails_the_run_and_the_others_still_run(run_tests, capsys):
    assert run_tests(unit=(False, "1 failed in 0.10s")) == 1
    assert "browser  1 passed" in capsys.readouterr().out


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
def test_a_part_that_cannot_run_is_named(dev, run_tests, capsys, strict, code):
    assert run_tests(browser=dev.DevError("chromium is missing"), strict=strict) == code
    assert "browser  did not run: chromium is missing" in capsys.readouterr().out


def test_the_suite_on_sqlite_never_sees_the_developers_database(dev, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-real-one")
    monkeypatch.setattr(dev, "pytest", lambda _, database: database)
    assert dev.unit([]) == "sqlite://:memory:"


def test_pytest_arguments_are_handed_on(dev, monkeypatch):
    monkeypatch.setattr(dev, "pytest", lambda args, *_, **__: args)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql:///tests")
    monkeypatch.setenv("BROWSER_PATH", "chromium")
    for part in dev.PARTS.values():
        assert part(["-k", "search"])[-2:] == ["-k", "search"]


def test_an_unknown_part_is_refused():
    command = [sys.executable, ROOT / "dev", "test", "units"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert "test has no units" in result.stderr


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("..\n== 212 passed in 8.31s ==\n", "212 passed in 8.31s"),
        ("== 1 failed, 2 passed in 61.2s (0:01:01) ==", "1 failed, 2 passed in 61.2s (0:01:01)"),
        ("\x1b[32m== \x1b[1m2 passed\x1b[0m in 0.01s\x1b[32m ==\x1b[0m", "2 passed in 0.01s"),
        ("2 passed in 0.01s\n", "2 passed in 0.01s"),
        ("== no tests ran in 0.02s ==", "no tests ran in 0.02s"),
        ("ImportError while loading conftest", "pytest did not come to an end"),
    ],
)
def test_the_closing_line_is_found(dev, output, line):
    assert dev.closing_line(output) == line


def test_the_newest_postgresql_is_taken(dev, tmp_path, monkeypatch):
    for version in ("9", "10", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
    for version in ("9", "10"):  # of 15 there is only the client
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(dev, "POSTGRES_BINS", (f"{tmp_path.relative_to('/')}/*/bin",))
    assert dev.postgres_programs() == tmp_path / "10" / "bin"
