"""docs/settings.md says what the code reads, and README.md what it is for."""

from scripts.settings_table import FILE, meanings, text, variables


def test_the_table_is_that_of_the_code():
    assert FILE.read_text() == text(), "run: python -m scripts.settings_table"


def test_every_variable_is_told_of_and_no_other():
    names = {one.name for one in variables()}
    assert {"SECRET_KEY", "DATABASE_URL", "BACKUP_DIR", "OIDC_ROLES", "METRICS_BIND"} <= names
    assert {name for name in meanings() if not name.endswith("_*")} <= names
