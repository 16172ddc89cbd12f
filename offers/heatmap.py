"""Where the boxes of a heat map stand. Pure; all lengths are units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

LABEL, COLUMN, ROW, HEAD, GAP, BETWEEN = 300, 70, 28, 30, 10, 3


@dataclass(frozen=True)
class HeatMap:
    """Rows of equal height under a head; before each that begins a group (`begins`) is a gap."""

    begins: Sequence[bool]
    columns: int

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return LABEL + self.columns * COLUMN

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return HEAD + len(self.begins) * ROW + sum(self.begins) * GAP

    @property
    def tops(self) -> list[int]:
        """The top of each row."""
        return [
            HEAD + place * ROW + sum(self.begins[: place + 1]) * GAP for place in range(len(self.begins))
        ]

    @property
    def lefts(self) -> list[int]:
        """The left of each column."""
        return [LABEL + place * COLUMN for place in range(self.columns)]

    @property
    def box(self) -> tuple[int, int]:
        """Width and height of a cell, which leaves a little between itself and the next."""
        return COLUMN - BETWEEN, ROW - BETWEEN
