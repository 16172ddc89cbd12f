"""Keeps a version of what changes, whatever way it changes: two looks at the rows, before and after.

    with recording(by=user, why="Markeret som kontrolleret.") as kept:
        kept.watch(*rows)
        rows.update(…)

The whole block is one transaction. A thing that has no version yet, as all that comes from `fixtures/`, or
that was changed by something that keeps none, first gets one of what it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model

from offers.history.states import State, digest, states
from offers.history.taken import named_in, owners, taken_with
from offers.models import Version
from offers.models.version import LONGEST_WHY

Kind = Version.Kind


class Recording:
    """What one change has touched, and what it was before."""

    def __init__(self, by: Any, why: str):
        """`by` is None when nobody was logged in."""
        self.by = by
        self.why = why[:LONGEST_WHY]
        self.restores = False
        self._before: dict[type[Model], dict[int, State | None]] = defaultdict(dict)
        self._after: dict[type[Model], dict[int, State]] = {}

    def watch(self, *rows: Model) -> None:
        """Look at rows, or at the things they are parts of, before they change or go; they are locked."""
        for model, keys in _by_model(_roots(rows)).items():
            missing = [key for key in keys if key not in self._before[model]]
            if not missing:
                continue
            locked = model._base_manager.select_for_update().filter(pk__in=missing).order_by("pk")
            list(locked.values_list("pk", flat=True))
            self._before[model] |= states(model, missing)

    def watch_deletion(self, *rows: Model) -> None:
        """Look at rows that will be deleted, and at all that goes or changes with them."""
        self.watch(*rows)
        for row in rows:
            taken = taken_with(row)
            self.watch(*owners(taken))
            if state := self._before[type(row)].get(row.pk):
                state["taken"] = [one.entry for one in taken]

    def add(self, *rows: Model) -> None:
        """Take in rows that are new."""
        for row in _roots(rows):
            self._before[type(row)].setdefault(row.pk, None)

    def watch_brought(self, entries: Iterable[dict[str, Any]]) -> None:
        """Look at the things that are about to get back rows that went with another (`taken`)."""
        for model, keys in named_in(entries).items():
            self.watch(*model._base_manager.filter(pk__in=keys))
            for key in keys:
                self._before[model].setdefault(key, None)

    def before(self, row: Model) -> State | None:
        """Return what a row was; None when it is new."""
        return self._before[type(row)].get(row.pk)

    def changes(self, model: type[Model]) -> list[tuple[State, State]]:
        """Return what rows of a model were and are, once the block has ended; no new or deleted ones."""
        after = self._after.get(model, {})
        before = self._before.get(model, {})
        return [(was, after[key]) for key, was in before.items() if was is not None and key in after]

    def write(self) -> list[Version]:
        """Look again, and keep a version of what differs."""
        versions: list[Version] = []
        for model, before in self._before.items():
            after = self._after[model] = states(model, before)
            kept = Version.objects.latest_digests(model, before)
            for key, was in before.items():
                versions += self._versions(model, was, after.get(key), kept.get(key))
        return Version.objects.bulk_create(versions)

    def _versions(
        self, model: type[Model], was: State | None, now: State | None, kept: str | None
    ) -> Iterator[Version]:
        """Yield what is to be kept of one thing."""
        taken = (was or {}).pop("taken", [])
        if was == now or (was and now and digest(was) == digest(now)):
            return  # at most the name of another row has changed
        if was is not None and digest(was) != kept:
            yield _version(model, Kind.FOUND, was)
        kind = Kind.DELETED if now is None else Kind.CHANGED if was is not None else Kind.ADDED
        if now is not None and self.restores:
            kind = Kind.RESTORED
        state = now if now is not None else {**(was or {}), "taken": taken}
        yield _version(model, kind, state, by=self.by, why=self.why)


@contextmanager
def recording(*, by: Any = None, why: str = "") -> Iterator[Recording]:
    """Keep a version of what the block changes, in one transaction."""
    with transaction.atomic():
        kept = Recording(by if by is not None and by.pk else None, why)
        yield kept
        kept.write()


def _version(model: type[Model], kind: str, state: State, **who: Any) -> Version:
    """Return a version, not yet stored."""
    return Version(
        model=model._meta.label_lower,
        row=state["id"],
        name=state["name"],
        kind=kind,
        state=state,
        digest=digest({name: part for name, part in state.items() if name != "taken"}),
        **who,
    )


def _roots(rows: Iterable[Model]) -> list[Model]:
    """Return the things themselves for rows that are parts of one; what programs count has no versions."""
    return [root_of(row) for row in rows if getattr(row, "VERSIONED", True)]


def root_of(row: Model) -> Model:
    """Return what a row is part of; the row itself when it has a history of its own."""
    owned = (getattr(row, name) for name in getattr(row, "PART_OF", ()))
    return next((owner for owner in owned if owner is not None), row)


def _by_model(rows: Iterable[Model]) -> dict[type[Model], list[int]]:
    """Return the keys of the rows, by their model."""
    found: dict[type[Model], list[int]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row.pk)
    return found
