"""What is counted of requests, in the text format of Prometheus; added up over the processes of a machine.

`gunicorn.conf.py` sets PROMETHEUS_MULTIPROC_DIR before this is imported; without it, a process tells of
itself alone.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

# Seconds: what a reader feels begins at a tenth.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "vejviser_requests", "Answers, by route and status", ["route", "method", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "vejviser_request_seconds",
    "Time to an answer, by route",
    ["route"],
    buckets=BUCKETS,
    registry=REGISTRY,
)


def note(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer."""
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
