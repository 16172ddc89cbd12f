"""What is read out of a text as a filter, and where it stood. Pure."""

from dataclasses import dataclass

UNKNOWN = "ukendt"  # the value of a fact that nobody has told


@dataclass(frozen=True)
class Taken:
    """One thing that was read out of a text: which filter, which values, how it is shown, and its place.

    An age has its value, or the youngest and the oldest. With `instead` the words are searched, too,
    and that is what stands in their place when the filter is let go: “barn” for “teenager”.
    """

    name: str
    values: tuple[str, ...]
    label: str
    start: int
    end: int
    instead: str = ""
