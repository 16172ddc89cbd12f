"""Takes what a source has: organisations, then places, then offers; all of it or nothing.

A dry run does the same and takes it back, so that it tells the truth. Each of the three is recorded as an
import, and can be undone on the desk, the offers first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from offers.duplicates import Known, marks
from offers.exchange import applying
from offers.exchange.cells import shown
from offers.exchange.names import Names
from offers.exchange.plan import CHANGED, NEW, REFUSED, UNCHANGED, Plan
from offers.exchange.sheets import OFFERS, ORGANISATIONS, VENUES, Sheet
from offers.harvest import owners, services, values
from offers.harvest.merging import Merge, Merger
from offers.harvest.spool import ORGANIZATION, SERVICE, Record, Spool
from offers.harvest.taken import Taken, key_of
from offers.harvest.words import Words
from offers.models import ImportRun, Offer, Organisation, SourceRecord

AT_ONCE = 500
# So many records does the desk tell of, one by one; of more, the command does. It bounds the memory.
MOST_TOLD = 2_000
OWNERLESS = "Vi ved ikke, hvem der står bag, så tilbuddet er ikke taget."
LIKE = "Ligner “{name}”, som allerede er her: {what} er ens."
Tell = Callable[[Sheet, dict[str, Any]], None]


@dataclass(frozen=True)
class Wishes:
    """What is asked for: to keep it, to publish, to write over editors' changes; and in whose name."""

    save: bool = False
    publish: bool = False
    overwrite: bool = False
    by: Any = None


@dataclass
class _Stage:
    """The records of one kind: what is compared, and what is noted of it."""

    merger: Merger
    run: ImportRun
    entries: list[Any] = field(default_factory=list)


class Taking:
    """One import of a whole spool."""

    def __init__(self, spool: Spool, source: str, wishes: Wishes, tell: Tell):
        """`tell` hears of each record that does something, or of which there is something to say."""
        self.spool, self.source, self.wishes, self.tell = spool, source, wishes, tell
        self.runs: list[ImportRun] = []

    def take(self) -> list[ImportRun]:
        """Do it, and return the records of the three imports; raises IntegrityError when it cannot be."""
        with translation.override("da"), transaction.atomic():
            words = Words()
            organisations = self._organisations()
            venues = self._venues(words)
            self._offers(words, organisations, venues)
            if not self.wishes.save:
                transaction.set_rollback(True)
        return self.runs

    # -- The three kinds ---------------------------------------------------------------------------

    def _organisations(self) -> dict[str, int]:
        """Take the organisations, those above others first; return their keys by the source's ids."""
        stage, found = self._stage(ORGANISATIONS), dict[str, int]()
        waiting = {key_of(each): (each, True) for each in self.spool.all(ORGANIZATION)}
        for each in self.spool.all(SERVICE):
            own = each.get("organization")
            if isinstance(own, dict):
                waiting.setdefault(key_of(own), (own, False))
        present = _Present(self.source)
        while waiting:
            ready = [key for key, (each, _) in waiting.items() if _above(each) not in waiting]
            level = {key: waiting.pop(key) for key in ready or list(waiting)}  # a ring has no top
            several = []
            for key, (record, whole) in level.items():
                taken = owners.organisation(self.source, record, whole=whole)
                if (known := present.find(taken)) and not taken.refusal:
                    found[key] = known
                    continue
                above = _above(record)
                if not above or above in found:
                    taken.values["parent"] = found.get(above)
                several.append((key, taken))
            self._merge(stage, several, found)
        self._end(stage)
        return found

    def _venues(self, words: Words) -> dict[str, int]:
        """Take the places; return their keys by the source's ids."""
        stage, found, seen = self._stage(VENUES), dict[str, int](), set()
        several: list[tuple[str, Taken]] = []
        for service in self.spool.all(SERVICE):
            for record in services.locations(service):
                key = key_of(record)
                if key in seen:
                    continue
                seen.add(key)
                several.append((key, owners.venue(self.source, record, words)))
            if len(several) >= AT_ONCE:
                self._merge(stage, several, found)
                several = []
        self._merge(stage, several, found)
        self._end(stage)
        return found

    def _offers(self, words: Words, organisations: dict[str, int], venues: dict[str, int]) -> None:
        """Take the offers."""
        stage, several = self._stage(OFFERS), list[tuple[str, Taken]]()
        known = Known(Offer)
        for record in self.spool.all(SERVICE):
            taken = self._offer(record, words, organisations, venues)
            several.append((taken.key, taken))
            if len(several) >= AT_ONCE:
                self._merge(stage, several, {}, known)
                several = []
        self._merge(stage, several, {}, known)
        self._end(stage)

    def _offer(self, record: Record, words: Words, organisations: dict, venues: dict) -> Taken:
        """Return what one service is here."""
        status = values.line(record.get("status"))
        if status == services.DEFUNCT:
            return services.gone(self.source, record)
        own = record.get("organization")
        key = key_of(own) if isinstance(own, dict) else values.line(record.get("organization_id"))
        taken = services.service(self.source, record, words, organisations.get(key, 0), venues)
        if key not in organisations:
            taken.refusal = taken.refusal or OWNERLESS
        if not taken.values["title"]:
            taken.refusal = owners.NAMELESS
        if status == "inactive":
            taken.values["status"] = Offer.Status.ARCHIVED.value
        elif self.wishes.publish and not taken.is_held:
            taken.values["status"] = Offer.Status.PUBLISHED.value
        return taken

    # -- What is the same for all ------------------------------------------------------------------

    def _stage(self, sheet: Sheet) -> _Stage:
        """Begin with one kind."""
        run = ImportRun.objects.create(
            sheet=sheet.slug,
            file_name=shown(self.source),
            state=ImportRun.State.APPLYING,
            made_by=self.wishes.by,
            taken_at=timezone.now(),
        )
        wishes = self.wishes
        merger = Merger(self.source, sheet, overwrite=wishes.overwrite, publish=wishes.publish)
        return _Stage(merger, run)

    def _merge(
        self,
        stage: _Stage,
        several: list[tuple[str, Taken]],
        found: dict[str, int],
        known: Known | None = None,
    ) -> None:
        """Take some records, and note their keys in `found`."""
        if not several:
            return
        merger, names = stage.merger, Names()
        merger.names = names
        merges = merger.merged([taken for _, taken in several])
        plan = Plan([merge.step for merge in merges])
        why = f"Hentet fra {self.source}"
        entries = applying.apply(plan, merger.sheet, by=self.wishes.by, why=why)
        stage.entries += entries
        made = iter([key for key, is_made, _ in entries if is_made])
        for merge in merges:
            if merge.step.kind == NEW:
                merge.step.key = next(made)
                merge.notes += _like(merge, known)
        _remember(stage, merges)
        for (key, _), merge in zip(several, merges, strict=True):
            self._note(stage, merge, names)
            if merge.step.key and merge.step.kind != REFUSED:
                found[key] = merge.step.key

    def _note(self, stage: _Stage, merge: Merge, names: Names) -> None:
        """Count a record, and tell of it where there is something to tell."""
        run, kind = stage.run, merge.step.kind
        run.total += 1
        counted = {NEW: "new", CHANGED: "changed", UNCHANGED: "unchanged", REFUSED: "refused"}[kind]
        setattr(run, counted, getattr(run, counted) + 1)
        if kind != UNCHANGED or merge.notes:
            packed = merge.step.packed(stage.merger.sheet, names)
            if len(run.steps) < MOST_TOLD:
                run.steps.append(packed)
            self.tell(stage.merger.sheet, packed)

    def _end(self, stage: _Stage) -> None:
        """Note what was done, so that it can be undone."""
        run = stage.run
        run.log, run.done, run.taken_at = stage.entries, run.total, None
        run.state, run.finished_at = ImportRun.State.DONE, timezone.now()
        run.save()
        self.runs.append(run)


class _Present:
    """Organisations that were here before, and not from this source: known by number or by name."""

    def __init__(self, source: str):
        """Read them. Two queries."""
        taken = SourceRecord.objects.filter(source=source, kind=SourceRecord.Kind.ORGANISATION)
        self.ours = set(taken.values_list("key", flat=True))
        self.uuids = set(Organisation.objects.values_list("uuid", flat=True))
        self.by: dict[str, list[int]] = {}
        for pk, name, cvr, parent in Organisation.objects.values_list("pk", "name", "cvr", "parent"):
            for mark in {name.casefold(), cvr if cvr and parent is None else ""} - {""}:
                self.by.setdefault(mark, []).append(pk)

    def find(self, taken: Taken) -> int | None:
        """Return the organisation that a record is about; None for one that is merged, or new."""
        if taken.key in self.ours or taken.uuid in self.uuids:
            return None
        for mark in (taken.values["cvr"], taken.values["name"].casefold()):
            if mark and len(same := self.by.get(mark, [])) == 1:
                return same[0]
        return None


def _above(record: Record) -> str:
    """Return the id of the organisation that one is under."""
    return values.line(record.get("parent_organization_id"))


def _like(merge: Merge, known: Known | None) -> list[str]:
    """Return which offers that were here a new one looks like."""
    if known is None:
        return []
    taken = merge.taken.values
    found = marks(taken["title"], [value for value, *_ in taken["@telefon"]], taken["url"])
    return [LIKE.format(name=shown(name), what=" og ".join(what)) for _, name, what in known.like(found)]


def _remember(stage: _Stage, merges: Iterable[Merge]) -> None:
    """Note where each row came from, and what was taken of it."""
    same: list[int] = []
    new: list[SourceRecord] = []
    old: list[SourceRecord] = []
    for merge in merges:
        if merge.step.kind == REFUSED or not merge.step.key:
            continue
        record = merge.record
        setattr(record, f"{stage.merger.owner}_id", merge.step.key)
        record.modified, record.taken_at = merge.taken.modified, timezone.now()
        if merge.step.kind == NEW:
            record.run = stage.run
        if not record.pk:
            new.append(record)
        elif merge.told(stage.merger.owner) != merge.was:
            old.append(record)
        else:
            same.append(record.pk)
    SourceRecord.objects.bulk_create(new, batch_size=AT_ONCE)
    fields = ["modified", "taken", "taken_at", "run", "offer", "organisation", "venue"]
    # An upsert is many times as fast as `bulk_update`, which asks for each row and field.
    SourceRecord.objects.bulk_create(
        old, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    SourceRecord.objects.filter(pk__in=same).update(taken_at=timezone.now())
