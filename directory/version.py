"""Which version of the site this is."""

import tomllib
from functools import cache

from directory.environment import BASE_DIR


@cache
def version() -> str:
    """Return the version of `pyproject.toml`."""
    return tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
