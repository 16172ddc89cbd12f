"""What an index of offers is made of, and when it has to be made anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from offers.models import (
    Closure,
    ContactPoint,
    Format,
    Language,
    LegalBasis,
    Municipality,
    Need,
    Offer,
    OpeningHours,
    Organisation,
    TargetGroup,
    Venue,
)
from offers.models.tracked import ROWS_AT_A_TIME, batched
from offers.search import versions
from offers.search.analysis import Analyser
from offers.search.around import RELATIONS
from offers.search.documents import Document
from offers.search.index import Listing
from offers.search.rows import GROUPS, Rows

ROWS_OF_OFFERS = (ContactPoint, OpeningHours, Closure)
AROUND = (Need, TargetGroup, Format, Language, Organisation, LegalBasis, Municipality, Venue)
# What a document or a card is made of; venues are only shown (`offers.shelf`).
LINKED = (*RELATIONS, "venues")
# Documents that are read at a time: what bounds the memory of building.
CHUNK = 2000


class OfferSource:
    """The published offers, with all that one searches and filters them by."""

    name = "offers"
    groups: Sequence[str] = GROUPS
    parts: Sequence[versions.Part] = (
        *versions.revisions(Offer, *ROWS_OF_OFFERS, *AROUND),
        *versions.links(Offer, LINKED),
    )

    def __init__(self) -> None:
        """Begin without having read anything."""
        self._pairs = versions.Pairs()

    def software(self) -> str:
        """Return the version of the programs that make documents of rows."""
        return versions.of_software(Path(__file__).parent)

    def listing(self) -> Listing:
        """Return which offers an editor has published, whatever their window. Two dozen statements at most.

        Most changes are to one table, and links are by far the most rows: tables that are as they were at
        the last listing are not read again.
        """
        seen = dict(zip(self.parts, versions.sums(self.parts), strict=True))
        published = Offer.objects.filter(status=Offer.Status.PUBLISHED).order_by("pk")
        rows = list(published.values_list("pk", "revision", "organisation_id", "sort_key", "slug"))
        keys = np.array([row[0] for row in rows], np.int64)
        signatures = versions.Signatures(keys)
        organisations = dict(Organisation.objects.values_list("pk", "revision"))
        signatures.add(keys, np.array([row[1] for row in rows], np.int64))
        signatures.add(keys, np.array([organisations.get(row[2], 0) for row in rows], np.int64))
        for model in ROWS_OF_OFFERS:
            own: Any = model
            (part,) = versions.revisions(model)
            rows_of = own.objects.exclude(offer=None), "offer_id", "revision"
            signatures.add(*self._pairs.of(part, seen[part], *rows_of))
        for name in LINKED:
            relation: Any = Offer._meta.get_field(name)
            through = relation.remote_field.through.objects
            (part,) = versions.links(Offer, [name])
            links = through, relation.m2m_column_name(), relation.m2m_reverse_name()
            found = self._pairs.of(part, seen[part], *links)
            signatures.add_links(*found, contents(relation.related_model))
        return Listing(keys, signatures.values, [row[3:] for row in rows])

    def documents(self, analyser: Analyser, keys: Iterable[int]) -> Iterator[Document]:
        """Yield the documents of some offers, those of them that are still there."""
        keys = list(keys)
        rows = Rows(analyser)
        for place in range(0, len(keys), CHUNK):
            yield from rows.documents(keys[place : place + CHUNK])

    def touch(self, keys: Iterable[int]) -> None:
        """Let every process read the offers of `keys` again."""
        for some in batched(list(keys), ROWS_AT_A_TIME):
            Offer.objects.filter(pk__in=some).update()


def contents(model: Any) -> dict[int, int]:
    """Return a number for each row of a vocabulary that differs when what it gives to an offer does.

    A need gives its parent's and its children's words, too; a section of law those that lead to it.
    """
    if model is Need:
        needs = {
            pk: (parent, own) for pk, parent, own in Need.objects.values_list("pk", "parent", "revision")
        }
        found: dict[int, int] = defaultdict(int)
        for pk, (parent, own) in needs.items():
            found[pk] += own
            if parent is not None:
                found[parent] += own
                found[pk] += needs[parent][1] if parent in needs else 0
        return found
    if model is LegalBasis:
        sections = dict(LegalBasis.objects.values_list("pk", "revision"))
        return {pk: own + sum(sections.values()) for pk, own in sections.items()}
    return dict(model.objects.values_list("pk", "revision"))
