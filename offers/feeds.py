"""Lists as people follow them: Atom feeds (RFC 4287). The same data give the same bytes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.http import http_date
from django.utils.translation import get_language

# A feed of news tells so many.
NEWS = 50
# A feed that has told nothing yet was last changed then: its readers need a time, and the same each time.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One piece of news: its title, its page, what it says as HTML, its lasting name, its last change."""

    title: str
    page: str
    html: str
    name: str
    changed: datetime


@dataclass(frozen=True)
class Feed:
    """What is the same for all entries: the feed's name, its own address, the page that shows the same.

    `note` tells readers what they should know of the whole feed, if anything.
    """

    name: str
    here: str
    page: str
    author: str = ""
    note: str = ""


def atom(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Return the entries as a feed; an entry that is changed keeps its name, and so is told again."""
    made = _Feed(
        title=readable(feed.name),
        link=feed.page,
        description=None,
        language=get_language(),
        author_name=readable(feed.author or settings.SITE_NAME),
        subtitle=readable(feed.note) or None,
        feed_url=feed.here,
        feed_guid=name_of(feed.here),
    )
    for entry in entries:
        made.add_item(
            title=readable(entry.title),
            link=entry.page,
            description=entry.html,
            unique_id=entry.name,
            updateddate=in_seconds(entry.changed),
        )
    return made.writeString("utf-8").encode()


class _Feed(Atom1Feed):
    """An Atom feed that also knows when nothing has been told."""

    def latest_post_date(self) -> datetime:
        """Return when an entry was last changed; Django would say “now” of a feed without entries."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def answer(content: bytes, content_type: str, moments: Sequence[datetime]) -> HttpResponse:
    """Return a feed that search engines leave alone, with the time of its latest change.

    What is deleted moves the ETag, not the time: so one cancels, and deletes mistakes.
    """
    headers = {"X-Robots-Tag": "noindex"}
    if moments:
        headers["Last-Modified"] = http_date(in_seconds(max(moments)).timestamp())
    return HttpResponse(content, content_type=content_type, headers=headers)


def atom_answer(feed: Feed, entries: Sequence[Entry]) -> HttpResponse:
    """Return the entries as the answer to who follows them."""
    moments = [entry.changed for entry in entries]
    return answer(atom(feed, entries), "application/atom+xml; charset=utf-8", moments)


def name_of(address: str) -> str:
    """Return the lasting name of what stands at an address: the same in whatever database it stands."""
    return uuid5(NAMESPACE_URL, address).urn


def paragraphs(lines: Iterable[str]) -> str:
    """Return what an entry says, a line a paragraph, as HTML."""
    return format_html_join("", "<p>{}</p>", ((readable(line),) for line in lines if line))


def in_seconds(moment: datetime) -> datetime:
    """Return a moment as HTTP can tell it: in whole seconds, of no place."""
    return moment.astimezone(UTC).replace(microsecond=0)


def readable(text: str) -> str:
    """Return `text` without the signs that no XML may hold (XML 1.0, 2.2)."""
    return _UNREADABLE.sub("", text)
