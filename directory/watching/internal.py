"""`/metrics`, on a port of its own that the public cannot reach. No page of the site is there."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections
from prometheus_client import CONTENT_TYPE_LATEST

from directory.running import METRICS_BIND, bound

Start = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], Start], Iterable[bytes]]


def with_metrics(application: Wsgi, bind: str = METRICS_BIND) -> Wsgi:
    """Return `application` as it is, but for what comes in by the internal port, if there is one."""
    if not bind:
        return application
    port = bound(bind)[1]

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Look at the socket itself: SERVER_PORT may be what somebody wrote as the host."""
        socket = environ.get("gunicorn.socket")
        name = socket.getsockname() if socket else ""
        if isinstance(name, tuple) and name[1] == port:
            return measured(environ, start)
        return application(environ, start)

    return answer


def measured(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Answer with the measurements, or that there is nothing else here."""
    if environ["PATH_INFO"] != "/metrics" or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        start("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []
    from directory.watching.gauges import page  # models are known only when the site has started

    close_old_connections()
    try:
        content = page()
    finally:
        close_old_connections()
    start("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", str(len(content)))])
    return [content]
