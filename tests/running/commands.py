"""`manage.py` as an administrator runs it: in a process of its own, on a database that one can lose."""

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

from directory.backup.engines import OF_LIBPQ
from tests.conftest import ROOT


def manage(url: str, *arguments: str, **options) -> subprocess.CompletedProcess:
    """Run `manage.py` on the database of `url`; `options` are those of `subprocess.run`, or variables."""
    given = {name: options.pop(name) for name in list(options) if name.isupper()}
    variables = {"DEBUG": "true", "SECRET_KEY": "test" * 15, "DATABASE_URL": url, **given}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **options,
    )


class Databases:
    """Databases beside that of the tests, on the same engine; all of them are gone afterwards."""

    def __init__(self, folder: Path):
        """Files go to `folder`."""
        self.folder, self.names = folder, []

    @property
    def is_sqlite(self) -> bool:
        """Whether they are files."""
        return connection.vendor == "sqlite"

    def empty(self) -> str:
        """Return the address of a new one without a table."""
        name = f"vejviser_{uuid.uuid4().hex[:12]}"
        if self.is_sqlite:
            return f"sqlite:///{self.folder / name}.sqlite3"
        self._server(f'CREATE DATABASE "{name}"')
        self.names.append(name)
        params = connection.get_connection_params()
        host, port = params.get("host", ""), params.get("port", "")
        secret = f":{params['password']}" if params.get("password") else ""
        user = f"{params['user']}{secret}@" if params.get("user") else ""
        return f"postgresql://{user}/{name}?host={host}&port={port}"

    def filled(self) -> str:
        """Return the address of a copy of the database of the tests, made by the engine's own means."""
        url = self.empty()
        if self.is_sqlite:
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as copy:
                connection.connection.backup(copy)
            return url
        params = connection.get_connection_params()
        given = {variable: str(params[key]) for key, variable in OF_LIBPQ.items() if params.get(key)}
        environment = {**os.environ, **given}
        dump = subprocess.run([shutil.which("pg_dump")], env=environment, capture_output=True, check=True)
        environment["PGDATABASE"] = self.names[-1]
        psql = [shutil.which("psql"), "-Xq", "--set=ON_ERROR_STOP=1"]
        subprocess.run(psql, env=environment, input=dump.stdout, capture_output=True, check=True)
        return url

    def drop(self) -> None:
        """Take them away."""
        for name in self.names:
            self._server(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _server(self, sql: str) -> None:
        """Run a statement beside the transaction of the test."""
        keys = ("user", "password", "host", "port")
        params = {key: value for key, value in connection.get_connection_params().items() if key in keys}
        with psycopg.connect(dbname="postgres", autocommit=True, **params) as server:
            server.execute(sql)
