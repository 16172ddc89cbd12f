"""What the tests of running the site share."""

from pathlib import Path

import pytest

from directory.backup.archive import copies
from tests.running.commands import Databases, manage


@pytest.fixture(scope="session")
def databases(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return databases beside that of the tests, made outside the transaction of any."""
    with django_db_blocker.unblock():
        made = Databases(tmp_path_factory.mktemp("databases"))
        yield made
        made.drop()


@pytest.fixture(scope="session")
def source(databases):
    """Return the address of a database with the data of the fixtures."""
    return databases.filled()


@pytest.fixture(scope="session")
def copy(source, tmp_path_factory) -> Path:
    """Return a copy of it, alone in its folder."""
    folder = tmp_path_factory.mktemp("backup") / "copies"
    result = manage(source, "backup", str(folder))
    assert result.returncode == 0, result.stderr
    return copies(folder)[-1]
