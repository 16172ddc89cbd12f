"""What is around a row, whatever its kind: who stands behind it, what it is about, and when."""

from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from policies.models import Committee, Document, Goal, Initiative, Policy, Sdg
from policies.search.kinds import Kind

# What `about` reads of each kind, so that no row costs a query of its own.
_LINKS = ("needs", "target_groups", "sdgs")
_OF_POLICY = ("policy__authority", "policy__committee")
ROWS: dict[Kind, Any] = {
    Kind.POLICY: Policy.objects.select_related("authority", "committee", "parent").prefetch_related(
        *_LINKS, "goals", "initiatives"
    ),
    Kind.GOAL: Goal.objects.select_related(*_OF_POLICY, "theme").prefetch_related(
        "target_groups", "sdgs", "indicators", "decisions"
    ),
    Kind.INITIATIVE: Initiative.objects.select_related(*_OF_POLICY),
    Kind.COMMITTEE: Committee.objects.select_related("authority").prefetch_related("policies"),
    Kind.DOCUMENT: Document.objects.select_related("authority", "cited_by").prefetch_related(*_LINKS),
    Kind.SDG: Sdg.objects.all(),
}
_FIGURES = ("what", "method", "baseline", "target", "latest", "when", "source")


@dataclass(frozen=True)
class About:
    """What is around a row: other rows, or their keys; the titles above and below it; its own words.

    `statuses` are those of the row or of its policy; an idea has one of its own beside. `extra` is text
    that belongs to the row, but stands in rows of its own.
    """

    authority: Any = None
    committee: Any = None
    cited_by: Any = None
    theme: Any = None
    statuses: tuple[str, ...] = ()
    kind: str = ""
    needs: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    sdgs: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    name: str = ""
    extra: str = ""


@singledispatch
def about(row: Any) -> About:
    """Return what is around a row that was read by `ROWS`. No query.

    Raises TypeError for a row of another kind.
    """
    raise TypeError(row)


@about.register
def _of_policy(policy: Policy) -> About:
    """A policy is about its parts, too; years are those of its dates."""
    above = [policy.parent.title] if policy.parent else []
    below = [goal.title for goal in policy.goals.all()] + [one.title for one in policy.initiatives.all()]
    return About(
        authority=policy.authority,
        committee=policy.committee,
        statuses=(policy.status,),
        kind=policy.kind,
        needs=_keys(policy.needs),
        groups=_keys(policy.target_groups),
        sdgs=_keys(policy.sdgs),
        titles=(*above, *below),
        years=_years(policy.approved_on, policy.revised_on, policy.valid_from, policy.valid_until),
        extra=policy.published_on_note,
    )


@about.register
def _of_goal(goal: Goal) -> About:
    """A goal has its policy's authority and committee, and its indicators' words; an idea its theme."""
    idea = (goal.idea_status,) if goal.kind == Goal.Kind.IDEA else ()
    theme = (goal.theme.name,) if goal.theme else ()
    figures = (getattr(row, name) for row in goal.indicators.all() for name in _FIGURES)
    return About(
        authority=goal.policy.authority,
        committee=goal.policy.committee,
        theme=goal.theme,
        statuses=(goal.policy.status, *idea),
        kind=goal.kind,
        groups=_keys(goal.target_groups),
        sdgs=_keys(goal.sdgs),
        titles=(goal.policy.title, *theme),
        # One asks for “strategimål 3” as if it were its name.
        name=f"{goal.get_kind_display()} {goal.number}" if goal.number else "",
        extra=" ".join((goal.number, *figures)),
    )


@about.register
def _of_initiative(initiative: Initiative) -> About:
    """An initiative has its policy's authority and committee."""
    policy = initiative.policy
    return About(
        authority=policy.authority,
        committee=policy.committee,
        statuses=(policy.status,),
        titles=(policy.title,),
        years=_years(initiative.starts_on, initiative.ends_on),
    )


@about.register
def _of_committee(committee: Committee) -> About:
    """A committee is about the policies that it answers for."""
    return About(
        authority=committee.authority,
        committee=committee,
        kind=committee.kind,
        titles=tuple(policy.title for policy in committee.policies.all()),
        years=(committee.established_year,) if committee.established_year else (),
    )


@about.register
def _of_document(document: Document) -> About:
    """A paper is about what an editor says; the policy that names it is only a way to filter."""
    return About(
        authority=document.authority,
        cited_by=document.cited_by,
        statuses=(document.status,),
        kind=document.kind,
        needs=_keys(document.needs),
        groups=_keys(document.target_groups),
        sdgs=_keys(document.sdgs),
        years=(document.year,) if document.year else (),
    )


@about.register
def _of_sdg(sdg: Sdg) -> About:
    """A goal of the world is about itself."""
    return About(sdgs=(sdg.pk,), extra=f"FN verdensmål {sdg.number}")


def _keys(related: Any) -> tuple[int, ...]:
    """Return the keys of rows that are at hand."""
    return tuple(row.pk for row in related.all())


def _years(*days: date | None) -> tuple[int, ...]:
    """Return the years of the days that are known, each once."""
    return tuple(dict.fromkeys(day.year for day in days if day))
