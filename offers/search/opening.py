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


def begins(
    hours: np.ndarray, closures: np.ndarray, closed_on_holidays: np.ndarray, days: np.ndarray
) -> np.ndarray:
    """Return which rows of `hours` begin on which of `days` (ordinals): one line a row, one column a day.

    Closures, holidays and validity are those of the day on which an interval begins.
    `closed_on_holidays` says so for each document.
    """
    closed = np.zeros((len(closed_on_holidays), len(days)), bool)
    closure, day = np.nonzero((closures[:, 1, None] <= days) & (closures[:, 2, None] >= days))
    closed[closures[closure, 0], day] = True
    is_holiday = np.array(
        [day in public_holidays(date.fromordinal(day).year) for day in days.tolist()], bool
    )
    closed |= closed_on_holidays[:, None] & is_holiday
    document, weekday, _, _, first, last = hours.T[:, :, None]
    held = (first <= days) & ((last == NO_LIMIT) | (last >= days))
    return (weekday == (days - 1) % 7) & held & ~closed[document[:, 0]]


def open_at(
    hours: np.ndarray, closures: np.ndarray, closed_on_holidays: np.ndarray, moment: datetime
) -> np.ndarray:
    """Return which documents are open at `moment` (local time), as far as their hours are known.

    What began yesterday may still be open.
    """
    is_open = np.zeros(len(closed_on_holidays), bool)
    now, today = 60 * moment.hour + moment.minute, moment.toordinal()
    since_midnight = np.array([now, now + MINUTES_OF_DAY])
    begun = begins(hours, closures, closed_on_holidays, np.array([today, today - 1]))
    begun &= (hours[:, 2, None] <= since_midnight) & (since_midnight < hours[:, 3, None])
    is_open[hours[begun.any(axis=1), 0]] = True
    return is_open
