"""What a committee may ask about at its next meeting, drawn from what its policies say and lack.

Every question names the rows that it rests on. None says that something was not done: only that the pages
here do not show it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from policies.coverage import Coverage
from policies.models import Goal, Initiative, Policy
from policies.models.initiative import InitiativePhase


@dataclass(frozen=True)
class About:
    """Something that a question rests on: its title and address, and the policy it stands in, if any."""

    title: str
    url: str
    behind: str = ""


@dataclass(frozen=True)
class Question:
    """A question, and what it rests on."""

    text: str
    about: list[About]


def questions(coverage: Coverage, policies: Collection[Policy], at: date | None = None) -> list[Question]:
    """Return what there is reason to ask on the day `at` (default: today); `coverage` is of `policies`."""
    titles = {policy.pk: policy.title for policy in policies}
    expired = [policy for policy in policies if policy.has_expired(at) and not policy.is_draft]
    over = [one for one in coverage.initiatives if one.phase(at) == InitiativePhase.OVER]
    found: list[tuple[Callable[[int], str], Sequence[Policy | Goal | Initiative]]] = [
        (_of_expired, expired),
        (_of_idle_goals, coverage.idle_goals),
        (_of_initiatives_over, over),
        (_of_unmeasured_goals, coverage.unmeasured_goals),
        (_of_idle_initiatives, coverage.idle_initiatives),
    ]
    return [
        Question(worded(len(rows)), [_about(row, titles) for row in rows]) for worded, rows in found if rows
    ]


def _about(row: Policy | Goal | Initiative, titles: dict[int, str]) -> About:
    behind = "" if isinstance(row, Policy) else titles.get(row.policy_id, "")
    return About(row.title, row.get_absolute_url(), behind)


def _of_expired(number: int) -> str:
    return ngettext(
        "{number} plan er udløbet. Hvad er sat i stedet?",
        "{number} planer er udløbet. Hvad er sat i stedet?",
        number,
    ).format(number=number)


def _of_idle_goals(number: int) -> str:
    return ngettext(
        "{number} mål har ingen indsats. Hvem gør noget ved det?",
        "{number} mål har ingen indsats. Hvem gør noget ved dem?",
        number,
    ).format(number=number)


def _of_initiatives_over(number: int) -> str:
    return ngettext(
        "{number} indsats har en periode, der er slut. Hvad kom der ud af den?",
        "{number} indsatser har en periode, der er slut. Hvad kom der ud af dem?",
        number,
    ).format(number=number)


def _of_unmeasured_goals(number: int) -> str:
    return ngettext(
        "{number} mål skal kunne måles, men her står intet nyt tal. Hvordan går det?",
        "{number} mål skal kunne måles, men her står ingen nye tal. Hvordan går det?",
        number,
    ).format(number=number)


def _of_idle_initiatives(number: int) -> str:
    return ngettext(
        "{number} indsats har intet tilbud her. Hvor kan borgerne mærke den?",
        "{number} indsatser har intet tilbud her. Hvor kan borgerne mærke dem?",
        number,
    ).format(number=number)
