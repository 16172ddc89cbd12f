"""What a look at an address means for it, over days. Pure.

A server may be down for a night, so an address is dead only when it has failed several times, over days.
What a machine is not let in to is not called dead: a person may well get in.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

# An address is dead after so many looks that failed, the first and the last at least so far apart.
FAILURES, DAYS = 3, timedelta(days=3)
# When it is looked at again: after an answer, and after a look that failed.
AFTER_ANSWER, AFTER_FAILURE = timedelta(days=7), timedelta(days=1)
# When a server asks us to wait, at least and at most so long.
SHORTEST_WAIT, LONGEST_WAIT = timedelta(hours=1), timedelta(days=7)


class State(StrEnum):
    """How it stands with an address, under the names in the database."""

    NEW = "ny"
    ANSWERS = "svarer"
    FAILING = "fejler"
    DEAD = "doed"
    UNSURE = "usikker"


class Kind(StrEnum):
    """How one look ended."""

    ANSWERED = "answered"
    FAILED = "failed"
    BARRED = "barred"  # it answers, but not to a machine
    ASKED_TO_WAIT = "wait"


@dataclass(frozen=True)
class Look:
    """One look at an address: how it ended, what was answered, and why it failed, in Danish."""

    kind: Kind
    status: int | None = None
    reason: str = ""
    # Where the address has moved for good; empty when it has not.
    moved_to: str = ""
    wait: timedelta = timedelta()
    # Whether nothing was reached, so that the fault may be on our side.
    unreached: bool = False


@dataclass(frozen=True)
class Record:
    """What is known of an address: its state, how often and since when it fails, and when it is next."""

    state: State = State.NEW
    failures: int = 0
    failing_since: datetime | None = None
    next_at: datetime | None = None


def after(record: Record, look: Look, now: datetime) -> Record:
    """Return what is known after a look at the moment `now`."""
    if look.kind is Kind.ANSWERED:
        return Record(State.ANSWERS, next_at=now + AFTER_ANSWER)
    if look.kind is Kind.BARRED:
        return Record(State.UNSURE, next_at=now + AFTER_ANSWER)
    if look.kind is Kind.ASKED_TO_WAIT:
        wait = min(max(look.wait, SHORTEST_WAIT), LONGEST_WAIT)
        return replace(record, next_at=now + wait)
    failures, since = record.failures + 1, record.failing_since or now
    is_dead = failures >= FAILURES and now - since >= DAYS
    again = AFTER_ANSWER if is_dead else AFTER_FAILURE
    return Record(State.DEAD if is_dead else State.FAILING, failures, since, now + again)


def by_status(status: int) -> tuple[Kind, str]:
    """Return how a look ended that got `status`, and why in Danish; empty when there is nothing to say."""
    if 200 <= status < 300:
        return Kind.ANSWERED, ""
    if status in {401, 403, 406, 407, 429, 451, 999}:  # 999 is what some say to machines
        return (
            Kind.BARRED,
            f"Siden lukker ikke vores kontrol ind (svar {status}). Åbn den selv, og se efter.",
        )
    if status in {404, 410}:
        return Kind.FAILED, f"Siden findes ikke (svar {status})."
    if status >= 500:
        return Kind.FAILED, f"Der er en fejl hos dem, der har siden (svar {status})."
    return Kind.FAILED, f"Siden svarer ikke, som den skal (svar {status})."
