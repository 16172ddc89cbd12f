"""How far it is from where somebody lives to where an offer is given, as the crow flies."""

from collections.abc import Iterable, Sequence
from functools import cache
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path

CENTRES = Path(__file__).parent / "search" / "data" / "centres.txt"
EARTH = 6371.0  # kilometres, the mean radius
Point = tuple[float, float]  # degrees north, degrees east


@cache
def centres() -> dict[str, tuple[str, Point]]:
    """Return for the code of each municipality its main town and where that lies."""
    found = {}
    for line in CENTRES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *town, north, east = line.split()
            found[code] = " ".join(town), (float(north), float(east))
    return found


def kilometres(one: Point, other: Point) -> float:
    """Return the distance between two points on the globe, in kilometres (haversine formula).

    >>> round(kilometres((55.68, 12.57), (56.16, 10.20)))
    157
    """
    (north, east), (to_north, to_east) = (tuple(map(radians, point)) for point in (one, other))
    across = sin((to_east - east) / 2) * sqrt(cos(north) * cos(to_north))
    return 2 * EARTH * asin(min(1.0, hypot(sin((to_north - north) / 2), across)))


def nearest(places: Sequence[Point], codes: Iterable[str]) -> tuple[int, str] | None:
    """Return how far the nearest of `places` is from the municipalities `codes`: kilometres, and the town.

    Whole kilometres, at least one. None when no municipality is chosen, or when there is no place.
    """
    ways = [
        (kilometres(point, place), town)
        for code in codes
        for town, point in [centres()[code]]
        for place in places
    ]
    if not ways:
        return None
    far, town = min(ways)
    return max(1, round(far)), town
