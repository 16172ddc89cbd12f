"""Where the boxes stand in the picture of who carries out what. Pure; lengths are units of the drawing."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, ACROSS, BETWEEN, HEAD = 220, 40, 10, 34  # of a box; between columns, and boxes; above the first
LINE, PADDING = 17, 8
# Letters that surely stand in the width of a box, and lines of a title, the rest of which is left out.
LETTERS, LINES = 27, 3


@dataclass(frozen=True)
class Node:
    """One thing: a name that no other has, what is read, where it leads, and a remark, if any."""

    key: str
    title: str
    url: str
    remark: str = ""


@dataclass(frozen=True)
class Box:
    """A thing where it is drawn: its upper left corner, its size, and its lines, each with its base."""

    node: Node
    x: int
    y: int
    height: int
    lines: tuple[tuple[str, int], ...]
    width: int = WIDTH

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.y + self.height // 2

    @property
    def remark_base(self) -> int:
        """Where the remark stands: below the last line."""
        return self.lines[-1][1] + LINE


@dataclass(frozen=True)
class Trace:
    """The whole picture: boxes, the curves between them (as SVG paths), and each head with its left."""

    boxes: list[Box]
    curves: list[str]
    heads: list[tuple[str, int]]
    width: int
    height: int


def drawn(columns: Mapping[str, Sequence[Node]], links: Iterable[tuple[str, str]]) -> Trace:
    """Return the picture of columns of things, by their heads, and of the links from one to the next.

    From the second column on, things stand in the order of the first thing that leads to them. A column
    that is lower than the highest stands in its middle.
    """
    pairs = list(dict.fromkeys(links))
    lefts = [number * (WIDTH + ACROSS) for number in range(len(columns))]
    stacks: list[list[Box]] = []
    for x, nodes in zip(lefts, columns.values(), strict=True):
        before = [box.node.key for box in stacks[-1]] if stacks else []
        stacks.append(_stacked(_in_order(nodes, before, pairs), x))
    height = max((_end(stack) for stack in stacks), default=HEAD)
    boxes = [box for stack in stacks for box in _lowered(stack, (height - _end(stack)) // 2)]
    at = {box.node.key: box for box in boxes}
    curves = [_curve(at[left], at[right]) for left, right in pairs if left in at and right in at]
    heads = list(zip(columns, lefts, strict=True))
    return Trace(boxes, curves, heads, lefts[-1] + WIDTH if lefts else 0, height)


def lines(title: str) -> list[str]:
    """Return a title in lines that fit a box; one that is too long ends in a sign for the rest.

    >>> lines("Flere kommer i job")
    ['Flere kommer i job']
    """
    found = textwrap.wrap(title, LETTERS, max_lines=LINES, placeholder=" …")
    return found or ["…"]


def _in_order(nodes: Iterable[Node], before: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[Node]:
    """Return `nodes` by the first of `before` that leads to each; those that nothing leads to come last."""
    places: Mapping[str, int] = {key: place for place, key in enumerate(before)}
    first: dict[str, int] = {}
    for left, right in pairs:
        if left in places:
            first[right] = min(places[left], first.get(right, len(places)))
    return sorted(nodes, key=lambda node: first.get(node.key, len(places)))


def _stacked(nodes: Iterable[Node], x: int) -> list[Box]:
    """Return the boxes of one column, one below the other."""
    stack: list[Box] = []
    for node in nodes:
        y = _end(stack) + (BETWEEN if stack else 0)
        text = tuple(
            (line, y + PADDING + LINE * n - 4) for n, line in enumerate(lines(node.title), start=1)
        )
        rows = len(text) + bool(node.remark)
        stack.append(Box(node, x, y, 2 * PADDING + LINE * rows, text))
    return stack


def _end(stack: Sequence[Box]) -> int:
    """Return where a column ends."""
    return stack[-1].y + stack[-1].height if stack else HEAD


def _lowered(stack: Iterable[Box], by: int) -> list[Box]:
    """Return the boxes of a column, moved down."""
    return [
        Box(box.node, box.x, box.y + by, box.height, tuple((line, base + by) for line, base in box.lines))
        for box in stack
    ]


def _curve(left: Box, right: Box) -> str:
    """Return the path from one box to another."""
    start, end = left.x + left.width, right.x
    middle = (start + end) // 2
    return f"M{start} {left.middle}C{middle} {left.middle} {middle} {right.middle} {end} {right.middle}"
