"""What a policy and its goals are about, in one query: a page of many vocabularies asks each no more."""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Cast

from offers.models import Need, TargetGroup
from policies.models import Policy, Sdg


@dataclass
class Terms:
    """The terms of one policy; `by_goal` has the target groups of each goal, by its key."""

    needs: list[Need] = field(default_factory=list)
    target_groups: list[TargetGroup] = field(default_factory=list)
    sdgs: list[Sdg] = field(default_factory=list)
    by_goal: dict[int, list[TargetGroup]] = field(default_factory=dict)


def terms_of(policy: Policy) -> Terms:
    """Return the terms of `policy` and of its goals, in the order of their vocabularies. One query.

    The rows are not whole: they have what a page shows of them, a name and an address.
    """
    asked = [
        _asked(policy.needs.all(), "behov", Value(policy.pk)),
        _asked(policy.target_groups.all(), "maalgruppe", Value(policy.pk)),
        _asked(policy.sdgs.all(), "verdensmaal", Value(policy.pk)),
        _asked(TargetGroup.objects.filter(goals__policy=policy), "maal", F("goals")),
    ]
    found = Terms()
    for kind, owner, place, key, name, name_en in (
        asked[0].union(*asked[1:], all=True).order_by("kind", "place", "name")
    ):
        if kind == "verdensmaal":
            found.sdgs.append(Sdg(number=place, name=name, name_en=name_en))
        elif kind == "behov":
            found.needs.append(Need(slug=key, name=name, name_en=name_en))
        elif kind == "maalgruppe":
            found.target_groups.append(TargetGroup(slug=key, name=name, name_en=name_en))
        else:
            group = TargetGroup(slug=key, name=name, name_en=name_en)
            found.by_goal.setdefault(owner, []).append(group)
    return found


def _asked(rows: QuerySet, kind: str, owner: Value | F) -> QuerySet:
    """Return rows of (kind, owner, place in the vocabulary, slug, name, English name)."""
    is_sdg = rows.model is Sdg
    columns = {
        "kind": Value(kind),
        "owner": Cast(owner, BigIntegerField()),
        "place": F("number") if is_sdg else F("order"),
        "key": Value("") if is_sdg else F("slug"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns, "name", "name_en")
