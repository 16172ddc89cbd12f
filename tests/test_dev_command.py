"""`./dev`: what it decides, without a network, a server or a browser."""

import ast
import importlib.util
import os
import re
import select
import shutil
import socket
import subprocess
import sys
from argparse import Namespace
from importlib.machinery import SourceFileLoader
from pathlib import Path
from unittest.mock import Mock

import pytest

ROOT = Path(__file__).resolve().parent.parent
UV = "/bin/uv"


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """Return the file `dev` as a module, at work in an empty directory."""
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev", loader))
    loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    return module


class Commands(list):
    """The commands that `dev` believes to have run, on a machine with or without uv."""

    uv, interrupted = False, None

    def step(self, title, command, **options):
        self.append(command)
        if "venv" in command:
            shutil.rmtree(".venv", ignore_errors=True)
            Path(".venv/bin").mkdir(parents=True)
            for name in ["python"] if self.uv else ["python", "pip"]:
                Path(".venv/bin", name).touch()
        if self.interrupted in command:
            raise KeyboardInterrupt

    def kinds(self):
        return ["environment" if "venv" in command else "packages" for command in self]


@pytest.fixture
def commands(dev, monkeypatch):
    pretended = Commands()
    monkeypatch.setattr(dev, "step", pretended.step)
    monkeypatch.setattr(dev.shutil, "which", lambda _: UV if pretended.uv else None)
    return pretended


def install(dev, version):
    Path("requirements.txt").write_text(f"django=={version}\n")
    dev.install("requirements.txt")


# -- Which Python ----------------------------------------------------------------------------------


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 8))


def test_an_old_python_is_told_what_to_install(dev, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    with pytest.raises(dev.DevError, match=r"install Python 3\.11\+ or uv"):
        dev.require_python((3, 9, 6), [])


def test_an_old_python_hands_over_to_the_one_of_uv(dev, monkeypatch):
    replaced = []
    monkeypatch.setattr(dev.shutil, "which", lambda _: UV)
    monkeypatch.setattr(dev.os, "execv", lambda _, command: replaced.append(" ".join(command)))
    dev.require_python((3, 10, 0), ["test", "unit"])
    assert replaced == [f"{UV} run --no-project --python >=3.11 python dev test unit"]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_new_python_goes_on(dev, version):
    dev.require_python(version, [])


# -- What is installed, and when -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made_by_uv", "change", "uv_is_there", "then_run"),
    [
        (False, "none", False, []),
        (True, "none", False, []),
        (False, "requirements", False, ["packages"]),
        (False, "requirements", True, ["packages"]),
        (True, "requirements", False, ["environment", "packages"]),
        (False, "no python", False, ["environment", "packages"]),
    ],
)
def test_an_environment_is_kept_if_it_can_be(dev, commands, made_by_uv, change, uv_is_there, then_run):
    commands.uv = made_by_uv
    install(dev, "5.2.18")
    assert commands.kinds() == ["environment", "packages"]
    assert "--require-hashes" in commands.pop()
    commands.clear()
    commands.uv = uv_is_there
    if change == "no python":
        Path(dev.PYTHON).unlink()
    install(dev, "5.2.19" if change == "requirements" else "5.2.18")
    assert commands.kinds() == then_run
    assert all((command[0] == UV) == uv_is_there for command in commands)


@pytest.mark.parametrize(("where", "before"), [("venv", []), ("install", []), ("install", ["5.2.18"])])
def test_what_was_interrupted_is_made_anew(dev, commands, where, before):
    for version in before:
        install(dev, version)
    commands.interrupted = where
    with pytest.raises(KeyboardInterrupt):
        install(dev, "5.2.19")
    commands.clear()
    commands.interrupted = None
    install(dev, "5.2.19")
    assert commands.kinds() == ["environment", "packages"]


def test_what_a_command_started_ends_when_the_command_is_broken_off(dev, monkeypatch):
    def break_off(*_, **__):
        raise KeyboardInterrupt

    ours, theirs = os.pipe()  # nothing can be read before the last process that holds `theirs` has ended
    monkeypatch.setattr(dev, "print", break_off, raising=False)
    with pytest.raises(KeyboardInterrupt):
        dev.ran(["sh", "-c", "sleep 60 & echo; wait"], show=True, pass_fds=[theirs])
    os.close(theirs)
    assert select.select([ours], [], [], 10)[0]


# -- ./dev run -------------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["", "SECRET_KEY=\n", "SECRET_KEY=''\n", 'export SECRET_KEY=" "\n'])
def test_a_secret_key_is_made_once_and_kept_private(dev, empty):
    path = Path(".env")
    path.write_text(f"DEBUG=true\n{empty}SITE_NAME=Favrskov")
    path.chmod(0o644)
    dev.ensure_secret_key(path)
    text = path.read_text()
    assert re.fullmatch(r"SECRET_KEY=[\w-]{60,}\nDEBUG=true\nSITE_NAME=Favrskov", text)
    assert path.stat().st_mode & 0o777 == 0o600
    dev.ensure_secret_key(path)
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("file", "environment", "address"),
    [
        ("BASE_URL=\n", {}, "http://127.0.0.1:8765"),
        ("", {"BASE_URL": "https://given.example"}, "https://given.example"),
        ("BASE_URL=https://file.example\n", {}, None),
    ],
)
def test_an_address_of_ones_own_is_left_alone(dev, monkeypatch, file, environment, address):
    seen = {}
    monkeypatch.setattr(dev, "install", lambda _: None)
    monkeypatch.setattr(dev, "step", lambda *_, env: seen.update(env) or sys.exit())
    monkeypatch.setattr(dev.os, "environ", environment)
    Path(".env").write_text(file)
    with pytest.raises(SystemExit):
        dev.run(Namespace(port=8765))
    assert seen.get("BASE_URL") == address


def test_a_failed_step_says_what_the_command_said_and_nothing_else(dev, capsys):
    with pytest.raises(dev.DevError) as error:
        dev.step("database and data", ["sh", "-c", "echo Vejviser kan ikke starte: fordi; exit 1"])
    assert str(error.value) == "Vejviser kan ikke starte: fordi"
    assert re.fullmatch(r"database and data +failed +\d+\.\d s\n", capsys.readouterr().out)


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
        results = {name: outcomes.get(name, (True, "1 passed in 0.10s")) for name in dev.PARTS}
        pretended = {name: Mock(side_effect=[result]) for name, result in results.items()}
        monkeypatch.setattr(dev, "PARTS", pretended)
        return dev.test(Namespace(parts=parts, strict=strict, rest=[]))

    return run


def test_all_parts_are_run_unless_some_are_named(dev, run_tests, capsys):
    assert run_tests() == 0
    assert re.findall(r"(?m)^(\w+) +1 passed in 0.10s$", capsys.readouterr().out) == list(dev.PARTS)
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
    for name in ("TEST_DATABASE_URL", "BROWSER_PATH", "NPM_PATH"):
        monkeypatch.setenv(name, "given")
    for part in dev.PARTS.values():
        assert part(["-k", "search"])[-2:] == ["-k", "search"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [("test units", "test has no units")]
    + [(f"--port {port}", "--port takes a number from 1 to 65535") for port in (99999, 65536, 0, -1)],
)
def test_a_command_that_makes_no_sense_is_refused(arguments, sentence):
    command = [sys.executable, ROOT / "dev", *arguments.split()]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert sentence in result.stderr


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
