"""The course of an import: it is read, shown, stored when somebody says so, and perhaps undone.

A table of more than `AT_ONCE` rows is left to a worker at each step; the page tells how far it is. Whoever
takes a step on notes it first, so that no step is done twice; whatever breaks, nothing is half stored.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from offers import cpr
from offers.exchange import applying, plan, reading
from offers.exchange.names import Names
from offers.exchange.sheets import NOTE, SHEETS, Sheet
from offers.models import ImportRun
from offers.models.tracked import ROWS_AT_A_TIME, batched
from offers.permissions import READ_NOTE, may_import, who

logger = logging.getLogger(__name__)
State = ImportRun.State

AT_ONCE = 300
# A worker that has said nothing for so long is taken for dead.
SILENT = timedelta(minutes=5)
BUSY = (State.READING, State.APPLYING, State.UNDOING)

OUTDATED = "Noget er ændret, siden du så listen. Se den nye liste, og godkend igen. Intet er gemt."
QUICKER = "En anden gemte det samme imens, eller en regel i databasen siger nej. Intet er gemt."
BROKE = "Det gik galt undervejs. Intet er gemt. Prøv igen, eller bed den, der driver siden, om hjælp."
NOT_ALLOWED = "Den, der hentede filen, må ikke længere. Intet er gemt."


def start(content: bytes, file_name: str, sheet: Sheet, user) -> ImportRun:
    """Read a file far enough to know that it is a table, and note it; raises FileError.

    A file with a CPR number is never kept.
    """
    table = reading.read(content, sheet)
    if NOTE in {column.name for column in table.columns} and not user.has_perm(READ_NOTE):
        raise reading.FileError("Du må ikke skrive i noten til redaktøren. Slet den kolonne.")
    return ImportRun.objects.create(
        sheet=sheet.slug,
        file_name=cpr.hidden(file_name)[:160],
        made_by=user,
        total=len(table.lines),
        content=content,
    )


def begin(run: ImportRun, state: str) -> bool:
    """Let the next step begin, if the one before is over; return whether it does."""
    before = {State.APPLYING: [State.READY], State.UNDOING: [State.DONE], State.READING: [State.READY]}
    begun = ImportRun.objects.filter(pk=run.pk, state__in=before[State(state)])
    return bool(begun.update(state=state, taken_at=None, done=0, message=""))


def carry_on(pk: int) -> None:
    """Do the step that an import waits for, once; a worker calls this, too."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - SILENT)
    if not ImportRun.objects.filter(free, pk=pk, state__in=BUSY).update(taken_at=now, done=0):
        return
    run = ImportRun.objects.defer("steps", "log").select_related("made_by").get(pk=pk)
    steps: dict[str, Callable[[ImportRun], None]] = {
        State.READING: _read,
        State.APPLYING: _apply,
        State.UNDOING: _undo,
    }
    back = {State.READING: State.FAILED, State.APPLYING: State.READY, State.UNDOING: State.DONE}[
        State(run.state)
    ]
    try:
        steps[run.state](run)
    except applying.HinderedError as hindered:
        _settle(run, back, str(hindered))
    except IntegrityError:
        _settle(run, back, QUICKER)
    except Exception:
        logger.exception("Import %d broke off.", pk)
        _settle(run, back, BROKE)


def is_left(run: ImportRun) -> bool:
    """Whether a worker took the import on and has been silent since."""
    return run.state in BUSY and bool(run.taken_at and run.taken_at < timezone.now() - SILENT)


def _settle(run: ImportRun, state: str, message: str = "", **values) -> None:
    """Note where the import stands."""
    ImportRun.objects.filter(pk=run.pk).update(state=state, message=message, taken_at=None, **values)


def _planned(run: ImportRun) -> plan.Plan:
    """Return what the file would do now, and tell how far it is; raises HinderedError."""
    sheet, person = SHEETS[run.sheet], run.made_by
    if person is None or not person.is_active or not may_import(who(person), sheet.model):
        raise applying.HinderedError(NOT_ALLOWED)
    table = reading.read(bytes(run.content), sheet)

    def told(done: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(done=done, taken_at=timezone.now())

    return plan.plan(table, sheet, who(person), told)


def _shown(run: ImportRun, found: plan.Plan, message: str = "") -> None:
    """Note what the file would do."""
    refused, names = found.of(plan.REFUSED), Names()
    _settle(
        run,
        State.REFUSED if refused else State.READY,
        message,
        steps=[step.packed(SHEETS[run.sheet], names) for step in found.steps],
        mark=found.mark,
        new=len(found.of(plan.NEW)),
        changed=len(found.of(plan.CHANGED)),
        unchanged=len(found.of(plan.UNCHANGED)),
        refused=len(refused),
        done=run.total,
        # A file that is refused is mended where it came from.
        **({"content": b""} if refused else {}),
    )


def _read(run: ImportRun) -> None:
    """Work out what the file would do."""
    _shown(run, _planned(run))


def _apply(run: ImportRun) -> None:
    """Store the file, if it would still do what was shown."""
    found, sheet = _planned(run), SHEETS[run.sheet]
    if found.mark != run.mark or not found.may_be_done:
        _shown(run, found, OUTDATED)
        return
    with transaction.atomic():
        entries = applying.apply(found, sheet, by=run.made_by, why=f"Hentet fra filen “{run.file_name}”.")
        _log(run, sheet, entries, "fra en fil")
        _settle(run, State.DONE, finished_at=timezone.now(), log=entries, content=b"", done=run.total)


def _undo(run: ImportRun) -> None:
    """Take everything back."""
    sheet = SHEETS[run.sheet]
    person = run.made_by
    with transaction.atomic():
        applying.undo(sheet, run.log, by=run.made_by, why=f"Filen “{run.file_name}” er fortrudt.")
        if person:
            _log(run, sheet, [entry for entry in run.log if not entry[1]], "tilbage: importen er fortrudt")
        _settle(run, State.UNDONE, log=[])


def _log(run: ImportRun, sheet: Sheet, entries, text: str) -> None:
    """Note in the history of each row what was done, and by whom."""
    editor: Any = run.made_by_id
    for made, flag, verb in ((True, ADDITION, "Lagt til"), (False, CHANGE, "Ændret")):
        keys = [key for key, was_made, _ in entries if bool(was_made) is made]
        for some in batched(keys, ROWS_AT_A_TIME):
            rows = sheet.model._base_manager.filter(pk__in=some).only("pk", sheet.name)
            LogEntry.objects.log_actions(editor, rows, flag, f"{verb} {text}.")
