"""What the index of policies is made of, and when it has to be made anew."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.db.models import Model

from offers.models import Need, Organisation, TargetGroup
from offers.models.tracked import ROWS_AT_A_TIME, batched
from offers.search import versions
from offers.search.analysis import Analyser
from offers.search.documents import Document
from offers.search.index import Listing
from offers.search.source import CHUNK, OfferSource, contents
from policies.models import Goal, IdeaDecision, Indicator, Initiative, Policy
from policies.search.kinds import MODELS, Kind, by_kind, key_of
from policies.search.rows import GROUPS, Rows

# What each kind takes from other rows (`about`): by its own foreign keys, from rows that name it, and
# through links. Whoever makes a document of more adds it here; tests/search/test_policies.py looks.
ABOVE: dict[Kind, tuple[str, ...]] = {
    Kind.POLICY: ("authority", "committee", "parent"),
    Kind.GOAL: ("policy", "policy__authority", "policy__committee", "theme"),
    Kind.INITIATIVE: ("policy", "policy__authority", "policy__committee"),
    Kind.COMMITTEE: ("authority",),
    Kind.DOCUMENT: ("authority", "cited_by"),
}
BELOW: dict[Kind, tuple[tuple[type[Model], str], ...]] = {
    Kind.POLICY: ((Goal, "policy_id"), (Initiative, "policy_id")),
    Kind.GOAL: ((Indicator, "goal_id"), (IdeaDecision, "goal_id")),
    Kind.COMMITTEE: ((Policy, "committee_id"),),
}
LINKS: dict[Kind, tuple[str, ...]] = {
    Kind.POLICY: ("needs", "target_groups", "sdgs"),
    Kind.GOAL: ("target_groups", "sdgs"),
    Kind.DOCUMENT: ("needs", "target_groups", "sdgs"),
}
AROUND = (Indicator, IdeaDecision, Organisation, Need, TargetGroup)


class PolicySource:
    """All policies, goals, initiatives, committees, papers and goals of the world: all are public."""

    name = "policies"
    groups: Sequence[str] = GROUPS
    parts: Sequence[versions.Part] = (
        *versions.revisions(*MODELS.values(), *AROUND),
        *(part for kind, names in LINKS.items() for part in versions.links(MODELS[kind], names)),
    )

    def software(self) -> str:
        """Return the version of the programs that make documents of rows."""
        return OfferSource().software() + versions.of_software(Path(__file__).parent)

    def listing(self) -> Listing:
        """Return what there is. A few statements a kind."""
        listings = [_listing(kind, model) for kind, model in MODELS.items()]
        return Listing(
            keys=np.concatenate([one.keys for one in listings]),
            signatures=np.concatenate([one.signatures for one in listings]),
            orders=[order for one in listings for order in one.orders],
        )

    def documents(self, analyser: Analyser, keys: Iterable[int]) -> Iterator[Document]:
        """Yield the documents of some keys, those of them that are still there."""
        keys = list(keys)
        rows = Rows(analyser)
        for some in batched(keys, CHUNK):
            yield from rows.documents(some)

    def touch(self, keys: Iterable[int]) -> None:
        """Let every process read the rows of `keys` again."""
        for kind, pks in by_kind(keys).items():
            for some in batched(pks, ROWS_AT_A_TIME):
                MODELS[kind].objects.filter(pk__in=some).update()


def _listing(kind: Kind, model: Any) -> Listing:
    """Return the rows of one kind, with signatures that move with all that their documents are made of."""
    names = model.objects.all().natural_key_fields
    revisions = ["revision", *(f"{path}__revision" for path in ABOVE.get(kind, ()))]
    rows = list(model.objects.order_by("pk").values_list("pk", *revisions, "sort_key", *names))
    pks = np.array([row[0] for row in rows], np.int64)
    signatures = versions.Signatures(pks)
    for place in range(1, len(revisions) + 1):
        signatures.add(pks, np.array([row[place] or 0 for row in rows], np.int64))
    for other, column in BELOW.get(kind, ()):
        naming: Any = other
        signatures.add(*versions.pairs(naming.objects.exclude(**{column: None}), column, "revision"))
    for name in LINKS.get(kind, ()):
        relation: Any = model._meta.get_field(name)
        through = relation.remote_field.through.objects
        ends = relation.m2m_column_name(), relation.m2m_reverse_name()
        signatures.add_links(*versions.pairs(through, *ends), _contents(relation.related_model))
    orders = [(row[len(revisions) + 1], f"{kind} {row[len(revisions) + 2 :]}") for row in rows]
    keys = np.array([key_of(kind, pk) for pk in pks.tolist()], np.int64)
    return Listing(keys, signatures.values, orders)


def _contents(model: Any) -> dict[int, int]:
    """Return a number for each row of a vocabulary that differs when what it gives to others does."""
    return contents(model) if model is Need else dict(model.objects.values_list("pk", "revision"))
