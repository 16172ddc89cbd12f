"""Looks at one address as a polite machine does: HEAD, else GET; by hand from redirect to redirect.

Nothing of a page is read but its head, so no page is too large. Whatever happens, a look ends in time.
"""

import contextlib
import ssl
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urldefrag, urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError
from urllib3.util.ssl_match_hostname import CertificateError

from offers.links.guard import Guard, RefusedError, Target
from offers.links.verdict import Kind, Look, by_status

MOST_REDIRECTS = 5
PERMANENT, TEMPORARY = {301, 308}, {302, 303, 307}
LONGEST_ADDRESS = 500  # that a redirect may lead to

UNKNOWN_NAME = "Navnet i adressen findes ikke på nettet."
NO_ANSWER = "Serveren svarer ikke."
TOO_SLOW = "Serveren svarede ikke i tide."
NO_TRUST = "Sidens sikkerhedscertifikat er ikke i orden, så browsere advarer mod den."
UNREADABLE = "Serverens svar kan ikke læses."
RING = "Adressen viser videre i ring."
TOO_MANY = "Adressen viser videre for mange gange."


@dataclass(frozen=True)
class Patience:
    """How long one waits, in seconds: for one answer, a whole look, and between two requests to a host."""

    answer: float = 10.0
    look: float = 30.0
    pause: float = 1.0


class Hosts:
    """Sees to it that a host gets one request at a time, with a pause after it. Safe between threads."""

    def __init__(self, pause: float):
        """Remember nobody yet."""
        self.pause = pause
        self._turns: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self, host: str):
        """Wait for the host's turn, hold it in the block, and let the next wait the pause."""
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + self.pause


@dataclass(frozen=True)
class Answer:
    """The head of what a server answered."""

    status: int
    location: str
    retry_after: str


class Looker:
    """Looks at addresses; one for a whole run, since it remembers whose turn it is."""

    def __init__(self, guard: Guard, user_agent: str, patience: Patience = Patience()):
        """`user_agent` says who looks, and where one can read about it."""
        self.guard, self.patience = guard, patience
        self.hosts = Hosts(patience.pause)
        self.headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }

    def look(self, url: str) -> Look:
        """Return how it stands with `url` now. Raises nothing that a server or a name could cause."""
        until = time.monotonic() + self.patience.look
        seen: list[str] = []
        moved, is_permanent = "", True
        here, part = urldefrag(url)
        for _ in range(MOST_REDIRECTS + 1):
            seen.append(here)
            result = self._ask(here, until)
            if isinstance(result, Look):
                return result
            if result.status not in PERMANENT | TEMPORARY or not result.location:
                return self._told(result, f"{moved}#{part}" if moved and part else moved)
            try:
                here = urldefrag(urljoin(here, result.location)).url
            except ValueError:
                return Look(Kind.FAILED, result.status, UNREADABLE)
            if len(here) + len(part) >= LONGEST_ADDRESS:
                return Look(Kind.FAILED, result.status, UNREADABLE)
            if here in seen:
                return Look(Kind.FAILED, result.status, RING)
            is_permanent = is_permanent and result.status in PERMANENT
            moved = here if is_permanent else moved
        return Look(Kind.FAILED, reason=TOO_MANY)

    def _told(self, answer: Answer, moved: str) -> Look:
        """Return what the last answer of a row of redirects means."""
        if answer.status in {429, 503} and answer.retry_after:
            wait = _wait(answer.retry_after, datetime.now(UTC))
            return Look(Kind.ASKED_TO_WAIT, answer.status, "Serveren beder os vente.", wait=wait)
        kind, reason = by_status(answer.status)
        return Look(kind, answer.status, reason, moved if kind is Kind.ANSWERED else "")

    def _ask(self, url: str, until: float) -> Answer | Look:
        """Return the answer to HEAD, else to GET; or a look that ended without one."""
        try:
            target = self.guard.target(url)
            addresses = self.guard.addresses(target)
        except RefusedError as error:
            return Look(Kind.FAILED, reason=str(error))
        except OSError:
            return Look(Kind.FAILED, reason=UNKNOWN_NAME, unreached=True)
        head = self._request("HEAD", target, addresses[0], until)
        if isinstance(head, Answer) and (head.status < 400 or head.retry_after):
            return head
        if isinstance(head, Look) and head.reason == NO_TRUST:
            return head
        # Many servers answer HEAD badly. The other address is another way to the same host, if it has two.
        return self._request("GET", target, addresses[-1], until)

    def _request(self, method: str, target: Target, address: str, until: float) -> Answer | Look:
        """Return the head of the answer to one request, or why there is none."""
        with self.hosts.turn(target.host):
            left = until - time.monotonic()
            if left <= 0:
                return Look(Kind.FAILED, reason=TOO_SLOW, unreached=True)
            connection = self._connection(target, address, min(left, self.patience.answer))
            # A server may send a byte now and then for ever: each is in time, all of them are not.
            watch = threading.Timer(left, cut, [connection])
            watch.daemon = True
            watch.start()
            try:
                headers = {**self.headers, "Host": target.name}
                connection.request(method, target.path, headers=headers, preload_content=False)
                with contextlib.closing(connection.getresponse()) as response:
                    if time.monotonic() >= until:  # what was cut off looks like an end
                        return Look(Kind.FAILED, reason=TOO_SLOW, unreached=True)
                    found = response.headers
                    return Answer(response.status, found.get("Location", ""), found.get("Retry-After", ""))
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                late = isinstance(error, TimeoutError) or time.monotonic() >= until
                return _failed(error, late)
            finally:
                watch.cancel()
                connection.close()

    def _connection(self, target: Target, address: str, seconds: float) -> HTTPConnection:
        """Return a connection to `address` that says and proves the name of the host."""
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=seconds)
        return HTTPSConnection(
            address,
            target.port,
            timeout=seconds,
            cert_reqs=ssl.CERT_REQUIRED,
            server_hostname=target.host,
            assert_hostname=target.host,
        )


def cut(connection: HTTPConnection) -> None:
    """End whatever a connection waits for."""
    if sock := connection.sock:
        with contextlib.suppress(OSError):
            sock.shutdown(2)


def _failed(error: Exception, late: bool) -> Look:
    """Return the look that ended with `error`."""
    if isinstance(error, SSLError | ssl.SSLError | CertificateError):
        return Look(Kind.FAILED, reason=NO_TRUST)
    look = Look(Kind.FAILED, reason=NO_ANSWER, unreached=True)
    if late or "timed out" in str(error):
        return replace(look, reason=TOO_SLOW)
    is_unreadable = isinstance(error, HTTPException | ValueError) and not isinstance(error, OSError)
    return replace(look, reason=UNREADABLE, unreached=False) if is_unreadable else look


def _wait(said: str, now: datetime) -> timedelta:
    """Return how long a Retry-After asks us to wait (RFC 9110, 10.2.3): seconds, or until a moment."""
    if said.isascii() and said.isdigit():
        return timedelta(seconds=int(said[:9]))
    try:
        moment = parsedate_to_datetime(said)
        return max(timedelta(), moment - now)
    except (TypeError, ValueError):
        return timedelta()
