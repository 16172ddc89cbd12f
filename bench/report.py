"""Figures as a table that one can read, and compare with another run."""

import statistics
from collections.abc import Mapping, Sequence

LABEL, COLUMN = 58, 12


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(several: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the median of each figure of several runs."""
    return {name: statistics.median(one[name] for one in several) for name in several[0]}


def table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return a line for each figure and a column for each run; a figure that a run has not is a dash."""
    lines = [f"{'':<{LABEL}}" + "".join(f"{run:>{COLUMN}}" for run in figures)]
    for name in dict.fromkeys(name for run in figures.values() for name in run):
        cells = (f"{run[name]:.3g}" if name in run else "–" for run in figures.values())
        lines.append(f"{name:<{LABEL}}" + "".join(f"{cell:>{COLUMN}}" for cell in cells))
    return "\n".join(lines)
