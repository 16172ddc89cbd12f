"""The files of deploy/: units, servers and containers are what they must be, and named in docs/drift.md."""

import gc
import re
import runpy
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from bench.machines import program
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = ("web-a", "web-b", "worker", "backup")
KNOWN = {
    "image",
    "build",
    "command",
    "env_file",
    "user",
    "read_only",
    "cap_drop",
    "cap_add",
    "security_opt",
}
KNOWN |= {"tmpfs", "restart", "networks", "volumes", "stop_grace_period", "depends_on", "profiles"}
KNOWN |= {"healthcheck", "init", "ports", "shm_size"}
SITE, INSIDE = DEPLOY / "nginx" / "vejviser.conf", DEPLOY / "nginx" / "container.conf"
ASKED_AGAIN = """\
    # One that refuses is passed by at once, and asked again by the next request: were it left alone for a
    # while, there would be none where the other is restarted as soon as it is back. One of another machine
    # that is gone does not refuse but keeps one waiting: docs/drift.md, section 5.
"""
LEFT_ALONE = """\
    # One that is gone does not refuse but keeps one waiting, so it is left alone for a second.
"""
IN_A_CONTAINER = {
    "nginx: into /etc/nginx/conf.d/.": "nginx in a container; made from vejviser.conf.",
    ASKED_AGAIN: LEFT_ALONE,
    "max_fails=0": "max_fails=1 fail_timeout=1s",
    "127.0.0.1:8001": "web-a:8000",
    "127.0.0.1:8002": "web-b:8000",
    "listen 80;": "listen 8080;",
    "    listen [::]:80;\n": "",
    "    listen [::]:443 ssl http2;\n": "",
    "listen 443 ssl http2;": "listen 8443 ssl;\n    http2 on;",
    "/etc/letsencrypt/live/vejviser.example": "/etc/vejviser-tls",
    "server_name vejviser.example;": "server_name _;",
    "/run/vejviser-cache": "/var/cache/nginx/vejviser",
    "/srv/vejviser/deploy/nginx;": "/etc/vejviser-pause;",
}
# What a file of a site stands in.
AROUND = "pid {0}/pid; error_log {0}/error.log;\nevents {{}}\nhttp {{\n{1}\n}}\n"


class Sections(ConfigParser):
    """A unit: names as they are written, and some of them more than once."""

    optionxform = staticmethod(str)


def unit(path):
    parser = Sections(strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"])
    parser.read_string(path.read_text())
    return parser


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_says_what_it_is_and_when_it_runs(path):
    found = unit(path)
    assert found["Unit"]["Description"]
    if path.suffix == ".timer":
        assert found["Timer"]["Persistent"] == "yes" or found["Timer"]["Persistent"] == "true"
        assert re.fullmatch(r"\d\d:\d\d", found["Timer"]["OnCalendar"])
        # That hour does not exist on the day when summer time begins, and systemd would leave the day out.
        assert not found["Timer"]["OnCalendar"].startswith("02")
        assert found["Install"]["WantedBy"] == "timers.target"
        assert path.with_suffix(".service").exists()


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_has_no_more_rights_than_it_needs(path):
    service = unit(path)["Service"]
    assert service["User"] == "vejviser"
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/vejviser/env"
    assert service["WorkingDirectory"] == "/srv/vejviser"


def test_systemd_understands_the_units(tmp_path):
    if not (verify := shutil.which("systemd-analyze")):
        pytest.skip("needs systemd-analyze")
    for path in UNITS:  # with programs that are here, since it looks for them
        text = re.sub(r"(?m)^(Exec\w+=)\S+", r"\1/bin/true", path.read_text())
        (tmp_path / path.name.replace("@", "@8001")).write_text(text.replace("User=vejviser", "User=root"))
    for path in sorted(tmp_path.iterdir()):
        command = [verify, "verify", "--man=no", "--recursive-errors=no", str(path)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert str(path) not in said.stderr, said.stderr
        assert path.name not in said.stderr, said.stderr


def test_a_container_of_the_site_hears_that_it_is_to_stop_while_it_loads():
    """A first process is told of a stop only when it listens, and gunicorn loads the search before that."""
    assert all(one["init"] for one in COMPOSE["services"].values() if one["image"] == "vejviser")


def test_the_compose_file_has_keys_that_exist():
    assert set(COMPOSE) == {"name", "x-site", "services", "networks", "volumes"}
    for name, service in COMPOSE["services"].items():
        assert set(service) <= KNOWN, name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith("./") or source in COMPOSE["volumes"], volume
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"]), name


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_container_cannot_write_where_it_should_not_nor_become_more(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert name in OURS or service["healthcheck"]["test"]
    if name in OURS:
        assert service["user"] == "10001:10001"
    assert ("ports" in service) == (name == "nginx")


def test_the_image_is_that_of_nobody_and_tells_how_it_is():
    text = (DEPLOY / "Containerfile").read_text()
    last = text.rpartition("FROM ")[2]
    assert "USER 10001:10001" in last
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in text
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git", ".venv", "deploy/env", "deploy/tls"} <= set(ignored)


def test_the_server_in_the_container_is_the_same_as_outside():
    text = SITE.read_text()
    for ours, there in IN_A_CONTAINER.items():
        assert ours in text
        text = text.replace(ours, there)
    assert INSIDE.read_text() == text


def test_a_server_that_was_restarted_is_asked_before_the_other_is():
    assert len(re.findall(r"server 127\.0\.0\.1:\d+ max_fails=0;", SITE.read_text())) == 4


def test_the_server_writes_no_address_and_no_query_string():
    formats = re.findall(r"log_format \w+ (.+);", SITE.read_text())
    assert len(formats) == 1
    assert not re.search(r"\$(args|query|request |request_uri|request\b(?!_)|remote|http_|uri)", formats[0])
    logs = re.findall(r"(?m)^\s*(access_log|error_log) (.+);", SITE.read_text())
    assert {(kind, what.split()[-1]) for kind, what in logs} == {
        ("access_log", "off"),
        ("access_log", "vejviser"),
        ("error_log", "alert"),
    }


def test_nginx_understands_its_file(tmp_path):
    nginx, openssl = program("nginx"), program("openssl")
    if not nginx or not openssl:
        pytest.skip("needs nginx and openssl")
    names = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", *names]
    subprocess.run(make, check=True, capture_output=True)
    text = SITE.read_text().replace("/etc/letsencrypt/live/vejviser.example", str(tmp_path))
    text = text.replace("/run/vejviser-cache", str(tmp_path / "cache")).replace(
        "/var/log/nginx", str(tmp_path)
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(AROUND.format(tmp_path, text))
    said = subprocess.run([nginx, "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_the_page_of_a_site_that_is_down_needs_nothing_and_tells_whom_to_ring():
    page = (DEPLOY / "nginx" / "pause.html").read_text()
    assert 'href="tel:112"' in page
    assert 'href="/akut/"' in page
    assert not re.search(r"<(script|style|link|img)|style=", page)
    block = re.search(r"location = /pause.html {(.*?)}", SITE.read_text(), re.DOTALL)[1]
    assert "internal;" in block
    headers = dict(re.findall(r"add_header ([\w-]+) (.+) always;", block))
    assert headers["Cache-Control"] == "no-store"
    assert {"Retry-After", "Strict-Transport-Security", "Content-Security-Policy"} <= set(headers)


def test_the_manual_names_every_file_and_no_other():
    text = (ROOT / "docs" / "drift.md").read_text()
    files = {path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file()}
    named = set(re.findall(r"deploy/[\w./@-]*\w", text))
    made = {"deploy/env", "deploy/database-env", "deploy/tls"}
    unnamed = {path for path in files - named if f"deploy/{Path(path).parent.name}/" not in text}
    assert not {path for path in unnamed if path not in made and not path.startswith("deploy/tls/")}
    assert all((ROOT / name).exists() for name in named if not name.startswith(tuple(made)))


def test_a_server_never_hangs_up_before_the_one_in_front():
    """Else a form is lost now and then: nginx sends it no second time."""
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    gc.enable()  # a server starts without looking for waste; we are none
    for path in SITE, INSIDE:
        (upstream,) = re.findall(r"(?s)^upstream vejviser \{.*?^}", path.read_text(), re.MULTILINE)
        (seconds,) = re.findall(r"keepalive_timeout (\d+)s;", upstream)
        assert int(seconds) + 10 <= server["keepalive"]
