"""Lists of the index as feeds: whoever follows one is told what is new among what it finds."""

from collections.abc import Mapping

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext

from offers.feeds import Feed
from offers.filtering import IndexFilter
from policies.search.kinds import named_by


def query_of(found: IndexFilter) -> str:
    """Return the query string of what is asked, the same whatever the order in which it was chosen.

    What cannot be used is left out, and so is the page: so one question has one feed.
    """
    query = QueryDict(mutable=True)
    words = found.words_searched()
    chosen: Mapping[str, tuple[str, ...]] = {"q": (words,) if words else (), **found.chosen()}
    if found.is_verbatim:
        query["ordret"] = "ja"
    for name in sorted(chosen):
        query.setlist(name, sorted(chosen[name]))
    return query.urlencode()


def follow(found: IndexFilter, name: str, page: str, feed: str) -> dict[str, str]:
    """Return what the page shows of its feed: what it is called and where it is; `feed` is its path."""
    made = feed_of(found, name, page, feed)
    return {"name": made.name, "atom": made.here}


def feed_of(found: IndexFilter, name: str, page: str, feed: str) -> Feed:
    """Return the feed of a list that is called `name`; `page` and `feed` are the paths of the two.

    What was asked and could not be used is told in its note, for a feed has no fields to say it at.
    """
    query = f"?{asked}" if (asked := query_of(found)) else ""
    chosen = ", ".join(chip.words for chip in found.chips())
    named = gettext("{list}. {chosen}").format(list=name, chosen=chosen) if chosen else name
    wrong = [str(error) for errors in found.form.errors.values() for error in errors]
    base = settings.BASE_URL
    return Feed(named, f"{base}{feed}{query}", f"{base}{page}{query}", note=" ".join(wrong))


def keys_of(found: IndexFilter) -> list[int]:
    """Return the primary keys of the rows that a list of one kind finds, the best first."""
    return [pk for _, pk in map(named_by, found.answer.keys)]
