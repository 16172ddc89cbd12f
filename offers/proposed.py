"""An offer as it is proposed, a draft or the working copy of a public one, looked at as if public."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from offers import trial
from offers.history.put import Putting, as_if
from offers.history.states import State, digest, state_of
from offers.history.three import Choice, choices, merged
from offers.models import Offer, Version, WorkingCopy
from offers.search import current
from offers.search.change import Difference
from offers.search.concepts import Reader
from offers.search.question import answer
from offers.search.rows import Rows


def working_copy_of(offer: Offer) -> WorkingCopy | None:
    """Return the new version of the offer that somebody is writing."""
    return WorkingCopy.objects.filter(offer=offer).select_related("by").first()


@contextmanager
def proposed(offer: Offer) -> Iterator[Offer]:
    """Let a block see the offer as if what is proposed were public; nothing is kept.

    Other editors wait with what they save (on SQLite) while the block lasts: let it be short. Raises
    IntegrityError when it breaks a rule that the database guards.
    """
    with as_if():
        row = Offer.objects.get(pk=offer.pk)
        if copy := working_copy_of(offer):
            Putting(copy.state, checked=False).on(row)
        row.status, row.publish_from, row.publish_until = Offer.Status.PUBLISHED, None, None
        row.save()
        yield row


def proposed_reader(offer: Offer, live: Reader) -> Reader:
    """Return what `live` would be if what is proposed were public. Raises IntegrityError, as `proposed`.

    What takes longer the more offers there are is done before and after anybody has to wait.
    """
    listing, rows = current.offers.source.listing(), Rows(live.analyser)
    with proposed(offer) as row:
        (document,) = rows.documents([row.pk])
    return current.offers.tried(live, listing.renewed(row.pk, (row.sort_key, row.slug)), document)


def found_by(query: str, live: Reader, tried: Reader) -> Difference:
    """Return what becomes of the answers to `query`."""
    (question,) = trial.questions([query])
    at = timezone.localtime()
    was, now = (answer(reader, question, at).keys for reader in (live, tried))
    return Difference(query, was, now)


def meant(offer: Offer, copy: WorkingCopy) -> tuple[State, list[Choice]]:
    """Return the offer as it is, and what the working copy changes in it, row by row.

    Where the offer has been changed since the copy was made, each tells what it was then.
    """
    live = state_of(offer)
    base: State | None = live
    if digest(live) != copy.base:
        version = Version.objects.of(Offer, offer.pk).filter(digest=copy.base).first()
        base = version.state if version else None
    found = choices(Offer, base, live, copy.state)
    return live, [one for one in found if one.suggested != "theirs"]


def approved(offer: Offer, copy: WorkingCopy, picked: set[str]) -> State:
    """Return what the offer is to be: the copy's changes, and where both were changed, the `picked`."""
    live, found = meant(offer, copy)
    mine = {one.item.key for one in found if one.suggested == "mine" or one.base is None}
    state = merged(live, copy.state, mine | picked)
    return {**state, "fields": {**state["fields"], "status": Offer.Status.PUBLISHED}}
