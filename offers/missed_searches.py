"""Counts the words of searches that the directory has no good answer to; nothing about who searched.

Nothing is written while somebody waits: the counts stand in memory and go to the database together, from a
thread, a minute after the first of them. So a row tells a day and a number, and not even when.
"""

import logging
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from offers import cpr
from offers.danish import fold
from offers.filters import OfferFilter
from offers.models import SearchMiss
from offers.search.unanswered import Gap, gap

logger = logging.getLogger(__name__)

# Seconds between the first count in memory and the writing of all.
EVERY = 60.0
# Different words: at most so many wait in the memory of a process, and are new to the table in a day.
MOST_WAITING, MOST_A_DAY = 1000, 2000
# A longer text is a person's story and no search for a word; it is not stored.
LONGEST = 100

# What one finds a person by: an e-mail address or name on a network; a number of eight digits or more, or
# with a country before it; a date; any five digits that are no short number (116 111).
_PERSONAL = re.compile(
    r"\S*@\S*"
    r"|(?:\+|\b00)\d(?:[\s().\-/]*\d)+"
    r"|(?<!\d)\d(?:[\s().\-/]*\d){7,}"
    r"|\b\d{1,2}[.\-/]\d{1,2}[.\-/]\d{2,4}\b"
    r"|\b\d{1,2}\.?\s*(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[ck]t|nov|dec)\w*\.?\s+\d{2,4}\b"
    r"|(?<!\d)(?!116\d{3}(?!\d))\d{5,}",
    re.IGNORECASE,
)
# What stands between words; “§ 101” and “børne-gruppe” stay as they are.
_BETWEEN = re.compile(r"[^\w§\-/+]+|(?<!\w)[\-/+]+|[\-/+]+(?!\w)")
_LETTER = re.compile(r"[^\W\d_]{2}")
_MACHINES = re.compile(r"bot|crawl|spider|preview|monitor", re.IGNORECASE)

Key = tuple[str, date, str]  # the words, the day, and how the answer fell short


def storable(text: str) -> str:
    """Return `text` as it may be stored: folded, without what points to a person; empty when it may not."""
    if len(text) > LONGEST:
        return ""
    words = fold(_BETWEEN.sub(" ", _PERSONAL.sub(" ", cpr.removed(text))))
    return words if _LETTER.search(words) else ""


def is_new_search(request: HttpRequest) -> bool:
    """Whether somebody has just searched for the words in this address, and is not merely still at it.

    A page for htmx is the same search with other filters; so is another page of the list, and an address to
    which one came from the same words. A browser says by itself that a person goes to a page; what fetches
    without saying so is a machine. Staff, who have a session, try words out.
    """
    asks = request.headers
    return (
        request.method == "GET"
        and asks.get("Sec-Fetch-Mode") == "navigate"
        and "HX-Request" not in asks
        and "prefetch" not in asks.get("Sec-Purpose", asks.get("Purpose", ""))
        and not _MACHINES.search(asks.get("User-Agent", ""))
        and request.GET.get("page", "1") == "1"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and _words_before(request) != fold(request.GET.get("q", ""))
    )


def _words_before(request: HttpRequest) -> str:
    """Return the words of the same page from which one comes, if one does; the address is not kept."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        asked = parse_qs(came_from.query)
    except ValueError:  # no address, or more parameters than anybody reads
        return ""
    return fold(asked.get("q", [""])[0]) if came_from.path == request.path else ""


def falls_short(found: OfferFilter) -> Gap | None:
    """Return how the answer to the words falls short, whatever is ticked beside them."""
    text = found.box.text
    if not text.strip() or found.refused:
        return None
    if found.active_count:
        found = found.asking(QueryDict(urlencode({"q": text})))
    return gap(found.answer.understanding, len(found.answer.keys))


class Tally:
    """Counts that wait in the memory of this process to be written. Safe between threads."""

    def __init__(self):
        """Nothing waits."""
        self._counts: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, counts: dict[Key, int]) -> None:
        """Let some counts wait to be written; new words beyond the most are lost."""
        with self._lock:
            for key, count in counts.items():
                if key in self._counts or len(self._counts) < MOST_WAITING:
                    self._counts[key] += count
            if self._counts and self._timer is None:
                self._timer = threading.Timer(EVERY, self._write_and_close)
                self._timer.daemon = True
                self._timer.start()

    def taken(self) -> Counter[Key]:
        """Return what waits, and forget it."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            if self._timer:
                self._timer.cancel()
                self._timer = None
        return counts

    def write(self) -> None:
        """Write what waits; when the database is busy or away, it waits for the next time."""
        if counts := self.taken():
            try:
                write(counts)
            except Error as error:  # which may not be quoted: a database tells the values
                logger.warning("Searches without an answer wait: %s", type(error).__name__)
                self.add(counts)

    def _write_and_close(self) -> None:
        """Write in a thread of its own, which has a connection of its own."""
        try:
            self.write()
        finally:
            connection.close()


tally = Tally()


def note(request: HttpRequest, found: OfferFilter) -> None:
    """Count the search that `request` makes, if it is a new one and its answer falls short. No query."""
    if not is_new_search(request):
        return
    if (kind := falls_short(found)) and (words := storable(found.box.text)):
        tally.add({(words, timezone.localdate(), kind): 1})


@transaction.atomic
def write(counts: dict[Key, int]) -> None:
    """Add `counts` to the table. A handful of statements; one transaction for all."""
    days: defaultdict[tuple[date, str], dict[str, int]] = defaultdict(dict)
    for (words, day, kind), count in counts.items():
        days[day, kind][words] = count
    for (day, kind), several in sorted(days.items()):
        rows = SearchMiss.objects.filter(day=day, kind=kind)
        known = set(rows.filter(words__in=several).values_list("words", flat=True))
        room = max(0, MOST_A_DAY - SearchMiss.objects.filter(day=day).count())
        new = sorted(several.keys() - known)[:room]
        SearchMiss.objects.bulk_create(
            [SearchMiss(words=words, day=day, kind=kind, count=0) for words in new], ignore_conflicts=True
        )
        for count, group in _by_count(several, known.union(new)):
            rows.filter(words__in=group).update(count=F("count") + count)


def _by_count(several: dict[str, int], usable: set[str]) -> Iterable[tuple[int, list[str]]]:
    """Return the words that can be counted, in groups that grow by the same number."""
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for words in sorted(usable & several.keys()):
        groups[several[words]].append(words)
    return sorted(groups.items())
