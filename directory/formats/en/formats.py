"""Dates in English as they are written in Europe: 22 November 2026."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
