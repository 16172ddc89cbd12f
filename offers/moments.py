"""Points in time as one says them: “kl. 18”, “i nat kl. 2”, “mandag kl. 9”, “3. januar”."""

from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext

from offers.models.opening import Weekday
from offers.search.opening import MINUTES_OF_DAY

# “I nat” are the hours before this one.
MORNING = 6
# A date more days off than this is told with its year.
WITH_YEAR = 300


def when(minute: int, now: int, *, closes: bool = False) -> str:
    """Return a minute as one says it from `now` on: “kl. 18”, “i nat kl. 2”, “mandag kl. 9”.

    What `closes` at midnight closes “kl. 24” of the day that ends.
    """
    day, minute_of_day = divmod(minute, MINUTES_OF_DAY)
    hour, rest = divmod(minute_of_day, 60)
    at = gettext("kl. {clock}").format(clock=clock(time(hour, rest)))
    if closes and not minute_of_day:
        day, hour, at = day - 1, 24, gettext("kl. 24")
    today, minute_now = divmod(now, MINUTES_OF_DAY)
    away = day - today
    if away == 0:
        return at
    if away == 1:
        is_night = hour < MORNING <= minute_now // 60
        return (gettext("i nat {at}") if is_night else gettext("i morgen {at}")).format(at=at)
    that = date.fromordinal(day)
    weekday = Weekday(that.weekday()).label
    if away < len(Weekday):
        return f"{weekday} {at}"
    said = gettext("{weekday} den {date} {at}")
    return said.format(weekday=weekday, date=said_date(that, today), at=at)


def said_date(day: date, today: int) -> str:
    """Return a day to come as “3. januar”, with its year when it is far off."""
    return date_format(day, gettext("j. F Y") if day.toordinal() - today > WITH_YEAR else gettext("j. F"))


def clock(moment: time) -> str:
    """Return a time as Danes write it: 9.30, and 11 for the full hour."""
    if not moment.minute:
        return gettext("{hour}").format(hour=moment.hour)
    return gettext("{hour}.{minute}").format(hour=moment.hour, minute=f"{moment.minute:02}")
