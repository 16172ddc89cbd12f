"""How the site is, and what was counted, as Prometheus reads it."""

import os
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from directory.watching.measures import REGISTRY
from directory.watching.state import State, state


class StateCollector(Collector):
    """How the site is, asked for when somebody looks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield one gauge after the other; what is not known is not told."""
        now = state()
        yield from (_gauge(name, text, values) for name, text, values in _gauges(now))


def _gauges(now: State) -> Iterator[tuple[str, str, Mapping[str, float | None]]]:
    """Yield name, meaning, and the value of each label; the label without a name is “”."""
    yield "info", "The version that runs", {now.version: 1}
    yield "database_up", "Whether the database answers", {"": now.database_answers}
    yield "migrations_pending", "Migrations that the database lacks", {"": now.pending}
    yield (
        "search_index_age_seconds",
        "Since the file was written",
        {one.name: one.age for one in now.indexes},
    )
    yield "searches_missed_today", "Searches today without a good answer", now.missed
    yield "tasks_waiting", "Tasks in the queue", {"": now.waiting}
    yield "tasks_oldest_seconds", "How long the oldest of them has waited", {"": now.oldest_waiting}
    yield "tasks_failed", "Tasks that have failed, of the last 30 days", {"": now.failed}
    yield "worker_age_seconds", "Since a task was last done", {"": now.worker_age}
    yield "backup_age_seconds", "Since the last copy", {"": now.backup_age}


LABELS = {"info": "version", "search_index_age_seconds": "index", "searches_missed_today": "kind"}


def _gauge(name: str, text: str, values: Mapping[str, float | None]) -> GaugeMetricFamily:
    """Return one gauge with those of its values that are known."""
    label = LABELS.get(name)
    gauge = GaugeMetricFamily(f"vejviser_{name}", text, labels=[label] if label else [])
    for key, value in values.items():
        if value is not None:
            gauge.add_metric([key] if label else [], float(value))
    return gauge


def page() -> bytes:
    """Return everything, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(StateCollector())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)
