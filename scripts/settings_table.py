"""Write docs/settings.md: every variable of the environment, as the code reads it.

    python -m scripts.settings_table

Kind and default are those of the calls of `read` and `read_bool` in `directory/`; what a variable is for is
told in the table of README.md. A test fails when the file is not fresh, or when a variable is not told of.
"""
# ruff: noqa: T201 (printing is what this is for)

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "settings.md"
KINDS = {
    "str": "text",
    "int": "whole number",
    "list": "list, with commas",
    "dict": "pairs a=b, with commas",
}
HEAD = """# Settings

Made by `python -m scripts.settings_table` from the code: do not edit it here. Everything is read from the
environment, or from `.env` at the top of the project; the environment wins. A default in code letters is a
Python expression: `BASE_DIR` is the top of the project. A value that cannot be used stops the start with a
sentence.

| Variable | Kind | Default | Meaning | Read in |
| --- | --- | --- | --- | --- |
"""


class Variable(NamedTuple):
    """One variable, as the code reads it."""

    name: str
    kind: str
    default: str
    module: str


def variables() -> Iterator[Variable]:
    """Yield every variable once, in the order of the code."""
    known = set()
    files = sorted((ROOT / "directory").rglob("*.py"), key=lambda path: (path.stem != "settings", path))
    for path in files:
        source = path.read_text()
        for reader, call in reads(source):
            name, kind, default = call.args[0].value, call.args[1], call.args[-1]
            if name not in known:
                known.add(name)
                kind = "yes/no" if reader == "read_bool" else KINDS[ast.unparse(kind)]
                yield Variable(name, kind, told(default, source), path.relative_to(ROOT).as_posix())


def reads(source: str) -> list[tuple[str, ast.Call]]:
    """Return the calls that read a variable by its name, in the order of the lines."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [(call.func.id, call) for call in calls if isinstance(call.func, ast.Name)]
    found = [
        (name, call)
        for name, call in named
        if name in {"read", "read_bool"} and isinstance(call.args[0], ast.Constant)
    ]
    return sorted(found, key=lambda pair: pair[1].lineno)


def told(default: ast.expr, source: str) -> str:
    """Return a default as one reads it: as it is written, where it is worked out."""
    value = default.value if isinstance(default, ast.Constant) else None
    if isinstance(default, ast.List | ast.Dict) or value == "":
        return "empty"
    text = (
        str(value).lower() if isinstance(value, bool) else value or ast.get_source_segment(source, default)
    )
    return f"`{text}`".replace("|", "\\|")


def meanings() -> dict[str, str]:
    """Return what README.md tells of each variable; of a row with “and others”, of all with its prefix."""
    found = {}
    for line in (ROOT / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        names = re.findall(r"`([A-Z][A-Z_]+)`", cells[0]) if line.startswith("| `") else []
        for name in names:
            others = "and others" in cells[0]
            found[name.split("_")[0] + "_*" if others else name] = cells[-1].rstrip(" |")
    return found


def meaning(name: str, known: dict[str, str]) -> str:
    """Return what a variable is for; raises KeyError where README.md does not tell."""
    text = known.get(name) or known[f"{name.split('_')[0]}_*"]
    return re.sub(r"\]\(docs/", "](", text)


def text() -> str:
    """Return the whole file."""
    known = meanings()
    rows = (
        f"| `{one.name}` | {one.kind} | {one.default} | {meaning(one.name, known)} | `{one.module}` |"
        for one in variables()
    )
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
    print(f"{FILE.relative_to(ROOT)}: {sum(1 for _ in variables())} variables")
