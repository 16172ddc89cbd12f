"""Which municipalities lie beside each other. Pure; `data/neighbours.txt` says what counts."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "neighbours.txt"


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Return the neighbours of each municipality, by their codes."""
    lines = (line.partition("#")[0].strip() for line in DATA.read_text("utf-8").splitlines())
    pairs = (line.split(": ") for line in lines if line)
    return {code: tuple(neighbours.split()) for code, neighbours in pairs}
