"""What is open at a moment: the one rule, for one offer or a hundred thousand. Pure.

Hours are rows of (document, weekday, opens, closes, valid from, valid until), closures rows of (document,
first day, last day). Times are minutes after midnight of the day on which the interval begins; one that
closes at or before it opens lasts into the next day, so 00:00–00:00 is round the clock. Days are ordinals
(`date.toordinal`), −1 where there is no limit.
"""

from datetime import date, datetime, time
from functools import lru_cache

import holidays
import numpy as np

HOURS_COLUMNS, CLOSURES_COLUMNS = 6, 3
MINUTES_OF_DAY = 24 * 60
NO_LIMIT = -1


def minutes(opens: time, closes: time) -> tuple[int, int]:
    """Return when an interval opens and closes, in minutes after midnight of the day it begins."""
    begin, end = (60 * moment.hour + moment.minute for moment in (opens, closes))
    return begin, end if end > begin else end + MINUTES_OF_DAY


@lru_cache(16)
def public_holidays(year: int) -> frozenset[int]:
    """Return the ordinals of the Danish public holidays of `year`."""
    return frozenset(day.toordinal() for day in holidays.country_holidays("DK", years=year))


def open_at(
    hours: np.ndarray, closures: np.ndarray, closed_on_holidays: np.ndarray, moment: datetime
) -> np.ndarray:
    """Return which documents are open at `moment` (local time), as far as their hours are known.

    `closed_on_holidays` says so for each document. What began yesterday may still be open; closures,
    holidays and validity are those of the day on which it began.
    """
    is_open = np.zeros(len(closed_on_holidays), bool)
    now = 60 * moment.hour + moment.minute
    for day, minute in (
        (moment.toordinal(), now),
        (moment.toordinal() - 1, now + MINUTES_OF_DAY),
    ):
        closed = np.zeros(len(is_open), bool)
        closed[closures[(closures[:, 1] <= day) & (closures[:, 2] >= day), 0]] = True
        if day in public_holidays(date.fromordinal(day).year):
            closed |= closed_on_holidays
        document, weekday, opens, closes, first, last = hours.T
        now_open = (weekday == date.fromordinal(day).weekday()) & (opens <= minute) & (minute < closes)
        now_open &= (first <= day) & ((last == NO_LIMIT) | (last >= day)) & ~closed[document]
        is_open[document[now_open]] = True
    return is_open
