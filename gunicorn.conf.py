"""How gunicorn serves Vejviser. It reads this file by itself when it is started where the file lies.

An option on the command line wins over a line here, except that logs always go to standard error.
"""

import gc
import os
import tempfile

from directory.running import FORMATTER, LOG_FORMAT, METRICS_BIND

# What a server makes while it starts, it keeps: looking through it for waste, time after time as it grows,
# takes long and finds nothing. `on_starting` ends this.
gc.disable()

# gthread, but who comes while it stops is either answered or sent on.
worker_class = "directory.web_worker.WebWorker"
threads = 4  # in each process; the number of processes is --workers, or WEB_CONCURRENCY
# gunicorn would open a socket in the home directory, through which it can be told to stop. Nobody uses it,
# and a home that cannot be written to, or that several sites share, is no fault.
control_socket_disable = True
# The programs and the search index are loaded once, and shared by the processes: half the memory. A new
# release is taken in by a new server (docs/drift.md), not by a signal to this one.
preload_app = True
# Seconds that a connection stays open between requests: longer than nginx keeps it. Were it shorter, a page
# would now and then be asked of a server that is just hanging up, and then of the other.
keepalive = 75
limit_request_line = 8190  # bytes: the most that gunicorn can be set to, for addresses with many filters

# gunicorn quotes requests that it cannot read, query string and all. The lines of the access log have
# level INFO, so WARNING keeps it off: the site tells of requests by itself, by their routes.
told = {"fmt": "%(asctime)s [%(process)d] [%(levelname)s] %(message)s", "datefmt": "[%Y-%m-%d %H:%M:%S %z]"}
logconfig_dict = {
    "formatters": {"ours": FORMATTER | (told if LOG_FORMAT == "text" else {})},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
    },
}

# The processes count in files that they share; the library reads this name when it is imported.
if METRICS_BIND and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="vejviser-metrics-")


def on_starting(server):
    """Load the search before anybody can call, and before there are processes, so that they share it.

    Listen on the internal port, too, whatever the command line says about the public one.
    """
    from directory.ready import load  # only here are the settings known
    from directory.wsgi import application

    load(application)
    # Nor is there any reason to look through it later, which would copy it into every process.
    gc.freeze()
    gc.enable()
    if METRICS_BIND:
        server.cfg.set("bind", [*server.cfg.bind, METRICS_BIND])


def child_exit(server, worker):
    """Keep what a process that has ended counted, but not its files."""
    if METRICS_BIND:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def worker_exit(server, worker):
    """Write what waits in the memory of a process that ends (`offers/missed_searches.py`)."""
    from offers.missed_searches import tally  # only here are the settings known

    tally.write()


def post_worker_init(worker):
    """Let the search for garbage pass over what stays as long as the process: it is most of what there is.

    Where thousands of small things are made, as for a file with all offers, that is a sixth of the time.
    """
    gc.enable()  # a signal may have had this file read again since
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
