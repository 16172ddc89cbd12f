"""What the index found, as rows in their order and as cards that look alike whatever they show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import singledispatch
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext

from offers import markdown
from policies.models import Committee, Document, Goal, Initiative, Policy, Sdg
from policies.search.kinds import Kind, by_kind, named_by

_LISTED: dict[Kind, Callable[[], Any]] = {
    Kind.POLICY: Policy.objects.for_listing,
    Kind.GOAL: Goal.objects.for_listing,
    Kind.INITIATIVE: Initiative.objects.for_listing,
    Kind.COMMITTEE: Committee.objects.for_listing,
    Kind.DOCUMENT: Document.objects.for_listing,
    Kind.SDG: Sdg.objects.all,
}


@dataclass(frozen=True)
class Hit:
    """What a card shows: what it is, its title and address, a text, whose status holds, and who is behind.

    `policy` is the policy whose status must be told: the row itself, or the one that it stands in. What is
    not translated has a Danish title.
    """

    label: str
    title: str
    url: str
    text: str = ""
    policy: Policy | None = None
    is_part: bool = False
    behind: tuple[str, ...] = ()
    is_elsewhere: bool = False
    is_translated: bool = False


def rows(keys: Iterable[int]) -> list[Any]:
    """Return the rows of `keys`, in their order, loaded for a list. A query for each kind among them."""
    keys = list(keys)
    found = {
        (kind, pk): row
        for kind, pks in by_kind(keys).items()
        for pk, row in _LISTED[kind]().in_bulk(pks).items()
    }
    return [found[name] for name in map(named_by, keys) if name in found]


def hits(keys: Iterable[int]) -> list[Hit]:
    """Return the cards of `keys`, in their order."""
    return [hit(row) for row in rows(keys)]


@singledispatch
def hit(row: Any) -> Hit:
    """Return the card of a row that `rows` loaded. No query. Raises TypeError for another kind of row."""
    raise TypeError(row)


@hit.register
def _of_policy(policy: Policy) -> Hit:
    committee = (policy.committee.name,) if policy.committee else ()
    return Hit(
        label=policy.get_kind_display(),
        title=policy.title,
        url=policy.get_absolute_url(),
        text=policy.summary,
        policy=policy,
        behind=(policy.authority.name, *committee),
    )


@hit.register
def _of_goal(goal: Goal) -> Hit:
    label = f"{goal.get_kind_display()} {goal.number}".strip()
    return _part(label, goal, goal.description)


@hit.register
def _of_initiative(initiative: Initiative) -> Hit:
    return _part(gettext("Indsats"), initiative, initiative.summary or initiative.purpose)


def _part(label: str, row: Goal | Initiative, text: str) -> Hit:
    plain, behind = unescape(strip_tags(markdown.render(text))), (row.policy.authority.name,)
    return Hit(label, row.title, row.get_absolute_url(), plain, row.policy, is_part=True, behind=behind)


@hit.register
def _of_committee(committee: Committee) -> Hit:
    label, behind = committee.get_kind_display(), (committee.authority.name,)
    return Hit(label, committee.name, committee.get_absolute_url(), committee.summary, behind=behind)


@hit.register
def _of_document(document: Document) -> Hit:
    year = (str(document.year),) if document.year else ()
    publisher = (document.authority.name,) if document.authority else ()
    label = gettext("Bibliotek: {kind}, udkast") if document.is_draft else gettext("Bibliotek: {kind}")
    return Hit(
        label=label.format(kind=document.get_kind_display()),
        title=document.title,
        url=document.url,
        text=document.summary,
        behind=(*publisher, *year),
        is_elsewhere=True,
    )


@hit.register
def _of_sdg(sdg: Sdg) -> Hit:
    label = gettext("Verdensmål {number}").format(number=sdg.number)
    return Hit(label, sdg.label, sdg.get_absolute_url(), is_translated=bool(sdg.name_en))
