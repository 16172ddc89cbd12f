"""How each engine copies itself at one moment while others write, counts a copy, and takes one back."""

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from directory.backup.archive import BackupError

# The names in libpq's environment of what Django connects with; a password is never on a command line.
OF_LIBPQ = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
PATIENCE = 60  # seconds
_COPY = re.compile(r"COPY (?:\"?\w+\"?\.)?\"?(\w+)\"? \(.*\) FROM stdin;")


class Sqlite:
    """A file, copied by SQLite's own backup: in one step, from one moment, and nobody waits."""

    name = "sqlite"
    content = "database.sqlite3"

    def dump(self, file: Path) -> dict[str, int]:
        """Write the database to `file`; return how many rows each table has."""
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            _copy(connection.connection, copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without those of WAL beside it
        return self.count(file)

    def count(self, file: Path) -> dict[str, int]:
        """Return how many rows each table of a copy has; raises BackupError for one with damage."""
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            try:
                (said,) = copy.execute("PRAGMA integrity_check").fetchone()
                if said != "ok":
                    raise BackupError(f"Databasen i kopien er beskadiget: {said}")
                return counted(
                    lambda sql: copy.execute(sql).fetchall(),
                    [name for (name,) in copy.execute(_TABLES) if not name.startswith("sqlite_")],
                )
            except sqlite3.DatabaseError as error:
                raise BackupError(f"Databasen i kopien er beskadiget: {error}") from error

    def load(self, file: Path) -> None:
        """Put the copy in the place of the database: all of it or nothing, also for those who read."""
        connection.ensure_connection()
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            _copy(copy, connection.connection)
        connection.close()


def _copy(source: sqlite3.Connection, to: sqlite3.Connection) -> None:
    """Copy one database to another in one step; raises BackupError when there is no room, or no peace."""
    until = time.monotonic() + PATIENCE

    def look_at_the_clock(*_: int) -> None:
        """Break off when somebody has written for so long; by itself, SQLite waits for ever."""
        if time.monotonic() > until:
            raise BackupError(f"Databasen har været optaget i {PATIENCE} sekunder. Prøv igen om lidt.")

    try:
        source.backup(to, progress=look_at_the_clock)
    except sqlite3.Error as error:
        raise BackupError(f"SQLite kunne ikke kopiere databasen: {error}. Er disken fuld?") from error


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class Postgres:
    """A server, copied by pg_dump in the same snapshot in which its rows are counted."""

    name = "postgresql"
    content = "database.dump"

    def dump(self, file: Path) -> dict[str, int]:
        """Write the database to `file`; return how many rows each table has."""
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            rows = rows_now()
            options = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}"]
            _run("pg_dump", *options, f"--file={file}")
        return rows

    def count(self, file: Path) -> dict[str, int]:
        """Return how many rows each table of a copy has: all of them are read, and none is kept."""
        command = [_program("pg_restore"), "--data-only", "--file=-", str(file)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as reading:  # noqa: S603 (a list and no shell, so nothing is split or expanded; the program is looked up by a fixed name, the options are written above, and the file is named by whoever runs `backup` or `restore` on the server: no request gets here)
            rows = _rows_of(reading.stdout or ())
            said = reading.stderr.read() if reading.stderr else ""
        if reading.returncode:
            raise BackupError(f"Databasen i kopien er beskadiget: {said.strip()}")
        return rows

    def load(self, file: Path) -> None:
        """Put the copy in the place of the tables that are there, in one transaction."""
        tables = map(connection.ops.quote_name, connection.introspection.table_names())
        drop = "".join(f"DROP TABLE {table} CASCADE;\n" for table in sorted(tables))
        connection.close()
        # As a file first: psql would keep what it had got from a program that broke off.
        script = file.with_suffix(".sql")
        restored = file.with_suffix(".restored")
        _run("pg_restore", "--no-owner", "--no-acl", f"--file={restored}", str(file))
        with script.open("w") as whole, restored.open() as rest:
            whole.write(drop)
            shutil.copyfileobj(rest, whole)
        restored.unlink()
        _run("psql", "-Xq", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")


def _rows_of(lines: Iterable[str]) -> dict[str, int]:
    """Return the rows of each table in a script of pg_restore: one a line, up to a line with “\\.”."""
    rows: dict[str, int] = {}
    table = ""
    for line in lines:
        if table and line == "\\.\n":
            table = ""
        elif table:
            rows[table] += 1
        elif start := _COPY.match(line):
            table = start[1]
            rows[table] = 0
    return rows


def _program(name: str) -> str:
    """Return where a program of PostgreSQL lies."""
    if path := shutil.which(name):
        return path
    raise BackupError(f"Programmet {name} mangler. Installer pakken postgresql-client, og prøv igen.")


def _run(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; raises BackupError with what it said."""
    params: dict[str, Any] = connection.get_connection_params()
    given = {variable: str(params[key]) for key, variable in OF_LIBPQ.items() if params.get(key)}
    # No shell reads it, and no word comes from a visitor: a program that was looked up, options written
    # here, and files that whoever runs the command named.
    done = subprocess.run(  # noqa: S603 (a list and no shell, so nothing is split or expanded; no request gets here, only the commands `backup` and `restore`)
        [_program(name), *arguments],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{name} kunne ikke gøre det: {done.stderr.strip()}")


def counted(fetch: Any, tables: Iterable[str]) -> dict[str, int]:
    """Return how many rows each of `tables` has; `fetch` runs a statement and returns its rows."""
    quote = connection.ops.quote_name
    return {table: fetch(f"SELECT COUNT(*) FROM {quote(table)}")[0][0] for table in tables}  # noqa: S608 (a table name cannot be a parameter; these come from the catalogue of the running database, or of a copy on SQLite, which is open for reading only and takes one statement at a time; `quote_name` quotes them, and no request gets here)


def rows_now() -> dict[str, int]:
    """Return how many rows each table of the database has."""
    with connection.cursor() as cursor:

        def fetch(sql: str) -> list[tuple[int]]:
            cursor.execute(sql)
            return cursor.fetchall()

        return counted(fetch, sorted(connection.introspection.table_names(cursor)))


def engine() -> Sqlite | Postgres:
    """Return the engine of the database that the settings name."""
    return Sqlite() if connection.vendor == Sqlite.name else Postgres()
