"""In which region a municipality lies. Regions are law, and law is dated: two become one on 1 January 2027.

Act no. 699 of 20 June 2025, § 126, makes Region Østdanmark of two. The codes of municipalities are those of
address data.
"""

from datetime import date

from django.utils import timezone

EAST = "Region Østdanmark"
EAST_FROM = date(2027, 1, 1)
CAPITAL, ZEALAND = "Region Hovedstaden", "Region Sjælland"
SOUTH, MIDDLE, NORTH = "Region Syddanmark", "Region Midtjylland", "Region Nordjylland"
# Each region's codes, from the first to the last of a run that holds no other region's.
RUNS = (
    (101, 250, CAPITAL),
    (253, 253, ZEALAND),
    (259, 259, ZEALAND),
    (260, 260, CAPITAL),
    (265, 269, ZEALAND),
    (270, 270, CAPITAL),
    (306, 390, ZEALAND),
    (400, 400, CAPITAL),
    (410, 607, SOUTH),
    (615, 615, MIDDLE),
    (621, 630, SOUTH),
    (657, 766, MIDDLE),
    (773, 773, NORTH),
    (779, 779, MIDDLE),
    (787, 787, NORTH),
    (791, 791, MIDDLE),
    (810, 860, NORTH),
)


def region_of(code: str, at: date | None = None) -> str:
    """Return the region of the municipality `code` on the day `at` (today); empty for an unknown code.

    >>> region_of("0751"), region_of("0265", date(2026, 12, 31)), region_of("0265", date(2027, 1, 1))
    ('Region Midtjylland', 'Region Sjælland', 'Region Østdanmark')
    """
    number = int(code)
    name = next((name for first, last, name in RUNS if first <= number <= last), "")
    return EAST if name in (CAPITAL, ZEALAND) and (at or timezone.localdate()) >= EAST_FROM else name
