"""Reads what another directory answers: guarded as the link check is, and never more than so much."""

import contextlib
import threading
import time
from http.client import HTTPException
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import urljoin

from django.conf import settings
from urllib3.exceptions import HTTPError

from offers.links.guard import Guard, RefusedError, Target
from offers.links.looking import MOST_REDIRECTS, PERMANENT, TEMPORARY, Looker, Patience, cut

# Of one answer; whoever has more gives pages, or a file that one reads line by line.
MOST_BYTES = 200_000_000
IN_MEMORY, PIECE = 1_000_000, 65_536
# A whole file takes longer than a look at a page; a page of a list must not wait a second for the next.
PATIENCE = Patience(answer=30.0, look=300.0, pause=0.2)
# Seconds that a whole source may take, however many answers it has.
LONGEST = 2 * 3600.0


class HarvestError(Exception):
    """Nothing was taken; the text is a Danish sentence that says why, and what to do."""


class Fetcher(Looker):
    """Fetches whole answers; one for a whole import, since it remembers whose turn it is."""

    def __init__(self, patience: Patience = PATIENCE):
        """Say who asks, and where one can read about it."""
        name = f"Vejviser-import (+{settings.BASE_URL}/om/)"
        super().__init__(Guard(loopback=settings.LINK_LOOPBACK_PORTS), name, patience)
        self.end = time.monotonic() + LONGEST

    def get(self, url: str, most: int = MOST_BYTES) -> IO[bytes]:
        """Return the body of the answer to `url`, redirects followed; raises HarvestError."""
        until = min(time.monotonic() + self.patience.look, self.end)
        seen = set()
        for _ in range(MOST_REDIRECTS + 1):
            if url in seen:
                break
            seen.add(url)
            body, further = self._once(url, until, most)
            if body is not None:
                return body
            url = urljoin(url, further)
        raise HarvestError("Adressen viser videre uden ende. Prøv den adresse, den skal ende på.")

    def _once(self, url: str, until: float, most: int) -> tuple[IO[bytes] | None, str]:
        """Return the body, or where else to ask; raises HarvestError."""
        try:
            target = self.guard.target(url)
            address = self.guard.addresses(target)[0]
        except RefusedError as error:
            raise HarvestError(f"{error} Ret adressen, eller hent filen, og giv dens navn.") from None
        except OSError:
            raise HarvestError("Navnet i adressen findes ikke på nettet. Ret adressen.") from None
        with self.hosts.turn(target.host):
            left = until - time.monotonic()
            connection = self._connection(target, address, max(0.1, min(left, self.patience.answer)))
            # Each byte may come in time, and all of them never.
            watch = threading.Timer(max(0.1, left), cut, [connection])
            watch.daemon = True
            watch.start()
            try:
                return self._read(connection, target, until, most)
            except (HTTPError, HTTPException, OSError, ValueError):
                raise HarvestError("Serveren svarede ikke, eller ikke i tide. Prøv igen senere.") from None
            finally:
                watch.cancel()
                connection.close()

    def _read(self, connection, target: Target, until: float, most: int) -> tuple[IO[bytes] | None, str]:
        """Return the body of one answer, or where it leads to."""
        headers = {**self.headers, "Host": target.name, "Accept": "application/json, */*;q=0.5"}
        connection.request("GET", target.path, headers=headers, preload_content=False)
        with contextlib.closing(connection.getresponse()) as response:
            location = response.headers.get("Location", "")
            if response.status in PERMANENT | TEMPORARY and location:
                return None, location
            if response.status != 200:
                raise HarvestError(
                    f"Serveren svarer {response.status}. Ret adressen, eller prøv igen senere."
                )
            body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the caller closes it)
            with contextlib.ExitStack() as broken_off:
                broken_off.callback(body.close)
                while piece := response.read(PIECE):
                    if body.tell() + len(piece) > most or time.monotonic() >= until:
                        raise HarvestError(
                            "Svaret er for stort eller for længe om at komme. Intet er gemt."
                        )
                    body.write(piece)
                if time.monotonic() >= until:  # what was cut off looks like an end
                    raise HarvestError("Serveren svarede ikke i tide. Prøv igen senere.")
                broken_off.pop_all()
        body.seek(0)
        return body, ""
