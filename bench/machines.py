"""Several machines on one: a PostgreSQL and its replica, Redis, web processes, and nginx in front.

What `bench.cluster` measures, and `tests/running/test_replica.py` tries.

Everything listens on the loopback only, lies in a directory of its own, and is gone afterwards. Programs
are looked for on the path and where Debian puts them.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = [*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), "/usr/sbin"]
PATIENCE = 60  # seconds
POSTGRES = ("initdb", "pg_ctl", "pg_basebackup")
# Nothing of it may outlive the run; it need not survive a loss of power, but the death of its processes.
FLAGS = "-h 127.0.0.1 -k {home} -p {port} -c fsync=off"


def program(name: str) -> str | None:
    """Return where a program is."""
    return shutil.which(name, path=os.pathsep.join([*PLACES, os.environ.get("PATH", os.defpath)]))


def free_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# As nginx says it to the web servers.
FROM_PROXY = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https"}
# As browsers ask.
PACKED = {"Accept-Encoding": "gzip"}
# Our own certificate, which nobody has signed.
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE


def status_of(port: int, path: str, *, tls: bool = False, packed: bool = False) -> tuple[int, str]:
    """Return status and text (none that one can read when packed); 0 for no whole answer."""
    if tls:
        connection: HTTPConnection = HTTPSConnection("127.0.0.1", port, timeout=10, context=TLS)
    else:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=FROM_PROXY | (PACKED if packed else {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def wait_until(true, what: str, patience: float = PATIENCE) -> float:
    """Return how many seconds it took until `true()`; raises SystemExit when it takes too long."""
    start = time.monotonic()
    while not true():
        if time.monotonic() - start > patience:
            raise SystemExit(f"{what}: not within {patience} seconds.")
        time.sleep(0.02)
    return time.monotonic() - start


class Cluster(ExitStack):
    """What runs; at the end of its block, nothing does."""

    def __enter__(self) -> "Cluster":
        """Make a directory that the user of PostgreSQL can enter, too."""
        super().__enter__()
        self.home = Path(tempfile.mkdtemp(prefix="vejviser-cluster-", dir="/tmp"))  # short, for sockets
        self.callback(shutil.rmtree, self.home, ignore_errors=True)
        self.env = os.environ | {
            "SECRET_KEY": "bench" * 12,
            "DEBUG": "false",
            "INSECURE_HTTP": "true",
            "BASE_URL": "http://127.0.0.1",
            "LOG_FORMAT": "text",
            "STATIC_ROOT": str(self.home / "static"),
            "PYTHONWARNINGS": "ignore",
        }
        self.as_server: dict = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            shutil.chown(self.home, "nobody")
            self.home.chmod(0o755)
            self.as_server |= {"user": "nobody", "group": 65534, "extra_groups": []}
        return self

    def run(self, *command: str, **options) -> str:
        """Run a program to its end and return what it says; raises SystemExit when it fails."""
        options = {"capture_output": True, "text": True, "check": False, "timeout": 120} | options
        done = subprocess.run([program(command[0]) or command[0], *command[1:]], **options)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def start(self, *command: str, **options) -> subprocess.Popen:
        """Start a program that ends with us."""
        log = self.enter_context((self.home / f"log-{time.monotonic_ns()}").open("w"))
        process = subprocess.Popen(
            [program(command[0]) or command[0], *command[1:]], stdout=log, stderr=log, **options
        )
        self.callback(process.wait)
        self.callback(process.terminate)
        return process

    def server(self) -> str:
        """Start a PostgreSQL with nothing in it; return its address."""
        self.folder, self.port = self.home / "primary", free_port()
        initdb = ("initdb", "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "--no-sync")
        self.run(*initdb, "-D", str(self.folder), **self.as_server)
        self.postgres(self.folder, self.port)
        self.env["DATABASE_URL"] = url(self.port)
        return url(self.port)

    def primary(self) -> str:
        """Start a PostgreSQL with the data of the house; return its address."""
        self.server()
        for command in ["migrate", "-v0"], ["load_data", "-v0"], ["collectstatic", "-v0", "--no-input"]:
            self.manage(*command)
        return url(self.port)

    def manage(self, *command: str) -> str:
        """Run `manage.py` as on one of the machines."""
        return self.run(sys.executable, "manage.py", *command, cwd=ROOT, env=self.env)

    def replica(self) -> "Replica":
        """Copy the primary while it runs, and start the copy, which follows it from now on."""
        folder, port = self.home / f"replica-{time.monotonic_ns()}", free_port()
        source = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")
        self.run(
            "pg_basebackup",
            *source,
            "-D",
            str(folder),
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            **self.as_server,
        )
        self.postgres(folder, port)
        return Replica(self, folder, port)

    def postgres(self, folder: Path, port: int) -> None:
        """Start a PostgreSQL, and stop it at the end."""
        flags = FLAGS.format(home=self.home, port=port)
        control = ("pg_ctl", "-w", "-D", str(folder))
        # Its children keep our pipe open: what it says goes to its log.
        silent = {"capture_output": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.run(*control, "-l", f"{folder}.log", "-o", flags, "start", **silent, **self.as_server)
        self.callback(self.stop, folder)

    def stop(self, folder: Path) -> None:
        """Stop a PostgreSQL at once, as a loss of power would; it may be gone already."""
        command = [program("pg_ctl") or "pg_ctl", "-w", "-D", str(folder), "-m", "immediate", "stop"]
        subprocess.run(command, check=False, capture_output=True, **self.as_server)

    def redis(self) -> tuple[str, subprocess.Popen]:
        """Start a Redis that writes nothing; return its address."""
        port = free_port()
        limits = (
            "--maxmemory",
            "64mb",
            "--maxmemory-policy",
            "allkeys-lru",
            "--save",
            "",
            "--appendonly",
            "no",
        )
        process = self.start(
            "redis-server", "--port", str(port), "--bind", "127.0.0.1", *limits, cwd=self.home
        )
        return f"redis://127.0.0.1:{port}/0", process

    def web(self, name: str, port: int = 0, **env: str) -> tuple[int, subprocess.Popen]:
        """Start gunicorn as on a machine of its own; return its port when it is ready."""
        port = port or free_port()
        env = self.env | {"SEARCH_INDEX_DIR": str(self.home / f"index-{name}"), **env}
        gunicorn = (
            sys.executable,
            "-m",
            "gunicorn",
            "directory.wsgi",
            "--workers=1",
            f"--bind=127.0.0.1:{port}",
        )
        process = self.start(*gunicorn, cwd=ROOT, env=env)
        wait_until(lambda: status_of(port, "/readyz")[0] == 200, f"web {name}")
        return port, process

    def nginx(self, ports: tuple[int, int]) -> int:
        """Start nginx before two web processes, with the file that is deployed; return its port."""
        folder, port, plain = self.home / "nginx", free_port(), free_port()
        folder.mkdir()
        cache = Path(tempfile.mkdtemp(prefix="vejviser-cache-", dir="/dev/shm"))
        self.callback(shutil.rmtree, cache, ignore_errors=True)
        names = ("-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem")
        self.run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", *names
        )
        site = (ROOT / "deploy" / "nginx" / "vejviser.conf").read_text()
        for ours, here in {
            "127.0.0.1:8001": f"127.0.0.1:{ports[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{ports[1]}",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ": f"listen 127.0.0.1:{port} ",
            "/etc/letsencrypt/live/vejviser.example": str(folder),
            "/srv/vejviser": str(ROOT),
            "/run/vejviser-cache": str(cache),
            "/var/log/nginx": str(folder),
            "vejviser.example": "127.0.0.1",
        }.items():
            if ours not in site:
                raise SystemExit(
                    f"deploy/nginx.conf has no “{ours}” any more: change bench/machines.py, too."
                )
            site = site.replace(ours, here)
        user = "user root;" if os.geteuid() == 0 else ""
        whole = f"{user} pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 2;\n"
        (folder / "nginx.conf").write_text(whole + "events {} http {\n" + site + "}\n")
        self.start(
            "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/error.log"
        )
        wait_until(lambda: status_of(port, "/healthz", tls=True)[0] == 200, "nginx")
        return port


def url(port: int) -> str:
    """Return the address of a PostgreSQL of ours."""
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


class Replica:
    """A copy of the primary that follows it."""

    def __init__(self, cluster: Cluster, folder: Path, port: int):
        """It runs."""
        self.cluster, self.folder, self.port, self.url = cluster, folder, port, url(port)

    def sql(self, statement: str) -> tuple | None:
        """Return the first row of an answer of its own."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as server:
            cursor = server.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def reads(self) -> int:
        """Return how many rows it has given to anybody."""
        found = self.sql("SELECT tup_returned FROM pg_stat_database WHERE datname = 'postgres'")
        return found[0] if found else 0

    def kill(self) -> None:
        """Stop it as a loss of power would."""
        self.cluster.stop(self.folder)
