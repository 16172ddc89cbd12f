"""Looks at all addresses whose turn it is, host by host, and writes down what it found."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from offers.links.guard import Guard
from offers.links.looking import Looker, Patience
from offers.links.uses import addresses
from offers.links.verdict import Kind, Look, Record, State, after
from offers.models import LinkCheck

logger = logging.getLogger(__name__)

HOSTS_AT_A_TIME = 8
# What one run takes on; the next goes on from there. Nobody else takes it on for so long.
MOST, CLAIMED_FOR = 2000, timedelta(hours=2)
# From so many hosts on, so large a share that cannot be reached means that our own line is down.
ENOUGH_HOSTS, OUR_FAULT = 5, 0.9

Looked = tuple[LinkCheck, Look]


def user_agent() -> str:
    """Return how the link check presents itself: a name, and where one can read whose it is."""
    return f"Vejviser-linkkontrol (+{settings.BASE_URL}/om/)"


def looker(patience: Patience | None = None) -> Looker:
    """Return one that looks as the settings allow."""
    return Looker(Guard(loopback=settings.LINK_LOOPBACK_PORTS), user_agent(), patience or Patience())


def follow_uses() -> None:
    """Let there be a row for each address that stands somewhere, and no other."""
    used, known = addresses(), set(LinkCheck.objects.values_list("url", flat=True))
    longest = LinkCheck._meta.get_field("url").max_length or 0
    new = sorted(url for url in used - known if len(url) <= longest)
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=url) for url in new], ignore_conflicts=True, batch_size=500
    )
    for pk, url in list(LinkCheck.objects.values_list("pk", "url")):
        if url not in used:
            LinkCheck.objects.filter(pk=pk).delete()


def claimed(most: int, now: datetime) -> list[LinkCheck]:
    """Return the addresses whose turn it is, the longest waiting first; another run leaves them alone."""
    due = LinkCheck.objects.filter(Q(next_at=None) | Q(next_at__lte=now)).order_by("next_at", "pk")
    mine = []
    for link in due[:most]:
        unchanged = LinkCheck.objects.filter(pk=link.pk, next_at=link.next_at)
        if unchanged.update(next_at=now + CLAIMED_FOR):
            mine.append(link)
    return mine


def check(looker: Looker, most: int = MOST, at: datetime | None = None) -> dict[str, int]:
    """Look at the addresses whose turn it is at the moment `at`; return how many are in each state."""
    follow_uses()
    now = at or timezone.now()
    links = claimed(most, now)
    by_host: defaultdict[str, list[LinkCheck]] = defaultdict(list)
    for link in links:
        by_host[_host(link.url)].append(link)
    found: list[Looked] = []
    counts: defaultdict[str, int] = defaultdict(int)
    with ThreadPoolExecutor(HOSTS_AT_A_TIME, thread_name_prefix="links") as pool:
        jobs = [pool.submit(_look_at_host, looker, several) for several in by_host.values()]
        for job in as_completed(jobs):
            found += job.result()
    if _is_our_fault(found):
        logger.warning("Hardly any of %d addresses can be reached: nothing is written.", len(links))
        LinkCheck.objects.filter(pk__in=[link.pk for link in links]).update(next_at=now)
        return {}
    for link, look in found:
        record(link, look, now)
        counts[link.state] += 1
    left = {link.pk for link in links} - {link.pk for link, _ in found}
    LinkCheck.objects.filter(pk__in=left).update(next_at=now + timedelta(hours=1))
    return dict(counts)


def _host(url: str) -> str:
    """Return the host of an address; empty when it cannot be read, which the look will tell."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _look_at_host(looker: Looker, links: list[LinkCheck]) -> list[Looked]:
    """Look at the addresses of one host in turn, until it asks us to wait. Knows no database."""
    return list(_until_asked_to_wait(looker, links))


def _until_asked_to_wait(looker: Looker, links: list[LinkCheck]) -> Iterator[Looked]:
    """Yield the looks; those that are left come in a later run."""
    for link in links:
        look = looker.look(link.url)
        yield link, look
        if look.kind is Kind.ASKED_TO_WAIT:
            return


def _is_our_fault(found: list[Looked]) -> bool:
    """Whether so little can be reached that it is our line that is down, not theirs."""
    reached: dict[str, bool] = {}
    for link, look in found:
        host = _host(link.url)
        reached[host] = reached.get(host, False) or not look.unreached
    missing = sum(not is_reached for is_reached in reached.values())
    return len(reached) >= ENOUGH_HOSTS and missing >= OUR_FAULT * len(reached)


def record(link: LinkCheck, look: Look, now: datetime) -> None:
    """Write down what a look at the moment `now` means for an address."""
    known = Record(State(link.state), link.failures, link.failing_since, link.next_at)
    values = asdict(after(known, look, now)) | {
        "checked_at": now,
        "status_code": look.status,
        "error": look.reason,
        "redirected_to": look.moved_to,
    }
    for name, value in values.items():
        setattr(link, name, value)
    LinkCheck.objects.filter(pk=link.pk).update(**values)
