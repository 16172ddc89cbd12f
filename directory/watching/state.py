"""How the site is right now: what the page “Drift” shows, and Prometheus asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from directory.backup.making import last
from directory.version import version
from offers.models import SearchMiss

# A worker that runs once a day has been away too long after this; so has a copy.
LATE = timedelta(hours=36)


@dataclass(frozen=True)
class IndexFile:
    """The file of one search index."""

    name: str
    written_at: datetime | None

    @property
    def age(self) -> float | None:
        """Seconds since it was written."""
        return seconds_since(self.written_at)


@dataclass(frozen=True)
class Failure:
    """A task that went wrong: what it is called, when, and with what kind of exception."""

    key: Any
    name: str
    at: datetime | None
    kind: str


@dataclass
class State:
    """Everything; None is not known."""

    version: str
    engine: str
    indexes: list[IndexFile]
    backup: Path | None
    backup_at: datetime | None
    database_answers: bool = False
    pending: int | None = None
    missed: Mapping[str, float | None] = field(default_factory=dict)
    waiting: int | None = None
    oldest: datetime | None = None
    failed: int | None = None
    failures: list[Failure] = field(default_factory=list)
    worked_at: datetime | None = None

    @property
    def worker_age(self) -> float | None:
        """Seconds since a task was done."""
        return seconds_since(self.worked_at)

    @property
    def oldest_waiting(self) -> float | None:
        """Seconds that the oldest task has waited."""
        return seconds_since(self.oldest)

    @property
    def backup_age(self) -> float | None:
        """Seconds since the last copy."""
        return seconds_since(self.backup_at)

    @property
    def is_worker_late(self) -> bool:
        """Whether nothing has been done for too long."""
        return self.worked_at is None or timezone.now() - self.worked_at > LATE

    @property
    def is_backup_late(self) -> bool:
        """Whether there is no copy of the last day and a half."""
        return self.backup_at is None or timezone.now() - self.backup_at > LATE


def seconds_since(moment: datetime | None) -> float | None:
    """Return how long ago something was; a clock that was set back counts as now."""
    return None if moment is None else max(0.0, (timezone.now() - moment).total_seconds())


def state() -> State:
    """Return how the site is. Seven queries; without a database, what is known without it."""
    copy = last()
    found = State(
        version=version(),
        engine=connection.vendor,
        indexes=[_index(name) for name in settings.SEARCH_INDEXES],
        backup=copy,
        backup_at=written_at(copy) if copy else None,
    )
    try:
        _ask(found)
        found.database_answers = True
    except DatabaseError:
        pass
    return found


def _ask(found: State) -> None:
    """Add what the database knows; raises DatabaseError."""
    executor = MigrationExecutor(connection)
    found.pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    missed = SearchMiss.objects.filter(day=timezone.localdate()).order_by().values_list("kind")
    found.missed = dict.fromkeys(SearchMiss.Kind.values, 0) | dict(missed.annotate(Sum("count")))
    tasks = DBTaskResult.objects.order_by()
    waiting = tasks.filter(status=TaskResultStatus.READY)
    found.waiting = waiting.count()
    found.oldest = waiting.aggregate(at=Min("enqueued_at"))["at"]
    found.worked_at = tasks.aggregate(at=Max("finished_at"))["at"]
    failed = tasks.filter(status=TaskResultStatus.FAILED)
    found.failed = failed.count()
    found.failures = [
        Failure(one.pk, one.task_path, one.finished_at, one.exception_class_path)
        for one in failed.order_by("-finished_at")[:10]
    ]


def _index(name: str) -> IndexFile:
    """Return the file of an index, by its dotted name."""
    follower = import_string(name)
    return IndexFile(follower.source.name, written_at(follower.path))


def written_at(path: Path) -> datetime | None:
    """Return when a file was written; None where there is none that we can see."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
