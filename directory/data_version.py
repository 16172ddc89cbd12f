"""One word for all that the public pages show: another one after every change of a row behind them."""

import hashlib

from offers.models import (
    LifeSituation,
    OfferSuccession,
    StartDate,
    Venue,
)
from offers.search import current as offers
from offers.search import versions
from offers.search.as_of import AsOf
from policies.models import CommitteeLink, Delivery, IdeaLink, Initiative, Meeting
from policies.search import current as policies

# What stands on pages and in no index.
PARTS = (
    *versions.revisions(LifeSituation, OfferSuccession, StartDate, Venue),
    *versions.revisions(CommitteeLink, IdeaLink, Delivery, Meeting),
    *versions.links(LifeSituation, ["needs"]),
    *versions.links(Initiative, ["goals"]),
)


beside = AsOf(PARTS)


def data_version() -> str:
    """Return the version of all rows behind the public pages: the same in every process. Mostly no query.

    A page that is made after this was asked shows these rows, or later ones.

    Raises DatabaseError when the database does not answer.
    """
    parts = offers.offers.as_of(), policies.policies.as_of(), beside.version()
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
