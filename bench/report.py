"""Figures as a table that one can read, and compare with another run."""

from collections.abc import Mapping, Sequence

LABEL, COLUMN = 58, 12


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(figures: Mapping[int, Mapping[str, float]]) -> str:
    """Return a line for each figure and a column for each size."""
    sizes = list(figures)
    lines = [f"{'':<{LABEL}}" + "".join(f"{size:>{COLUMN},}" for size in sizes)]
    for name in figures[sizes[0]]:
        lines.append(f"{name:<{LABEL}}" + "".join(f"{figures[size][name]:>{COLUMN}.3g}" for size in sizes))
    return "\n".join(lines)
