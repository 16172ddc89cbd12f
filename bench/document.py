"""Write the tables of `docs/scaling.md` from `docs/figures/`: `python -m bench.document`.

The figures are what `./dev bench … --json` wrote. The last column is worked out, not measured: the line
through the two largest sizes, drawn on to a million offers.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "scaling.md"
TABLE = re.compile(r"(<!-- figures: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
MILLION = 1_000_000
# What grows with the directory, and is no ratio.
UNITS = (" ms", " MB", " s")


def on_paper(row: Mapping[int, float]) -> float:
    """Return what a figure would be at a million: on the line through the two largest sizes, never less."""
    (small, less), (large, more) = sorted(row.items())[-2:]
    return more + max(0.0, (more - less) / (large - small)) * (MILLION - large)


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return a table in Markdown of figures by size and name."""
    sizes = {int(size.replace(",", "")): size for size in figures}
    lines = [f"| | {' | '.join(figures)} | 1,000,000 on paper |", "|---" * (len(figures) + 2) + "|"]
    for name in next(iter(figures.values())):
        row = {number: figures[size][name] for number, size in sizes.items() if name in figures[size]}
        grows = len(row) > 1 and name.endswith(UNITS)
        cells = [f"{value:,.3g}" if value < 1000 else f"{value:,.0f}" for value in row.values()]
        paper = f"{on_paper(row):,.3g}" if grows and on_paper(row) < 1000 else ""
        paper = f"{on_paper(row):,.0f}" if grows and not paper else paper
        lines.append(f"| {name} | {' | '.join(cells)} | {paper} |")
    return "\n".join(lines) + "\n"


def filled(text: str) -> str:
    """Return the document with the tables that its marks name."""

    def one(mark: re.Match[str]) -> str:
        figures = json.loads((DOCS / "figures" / f"{mark[2]}.json").read_text())
        return f"{mark[1]}{table(figures)}{mark[3]}"

    return TABLE.sub(one, text)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
