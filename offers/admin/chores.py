"""What an editor does today: at most seven things, the weightiest of each kind in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice, zip_longest
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from offers.admin import links, unanswered
from offers.admin.workflow import RETURN
from offers.models import Feedback, LinkCheck, Offer, SettledSearch, Version, WorkingCopy
from offers.permissions import CHANGE, PUBLISH, reached, seen, who
from offers.search.missed import DAYS

MOST = 7


@dataclass(frozen=True)
class Chore:
    """One thing to do: what, about what, why, and where; `confirm` is an offer that one may say yes to."""

    kind: str
    title: str
    why: str
    url: str
    confirm: int | None = None


def chores(user: Any) -> list[Chore]:
    """Return what `user` may do something about, at most `MOST`. A query or two for each kind."""
    kinds = [list(islice(find(user), MOST)) for allowed, find in _KINDS if user.has_perm(allowed)]
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return list(islice(filter(None, in_turn), MOST))


def _feedback(user: Any) -> Iterator[Chore]:
    rows = seen(who(user), Feedback.objects.open()).select_related("offer").order_by("created_at")
    for row in rows[:MOST]:
        url = reverse("admin:offers_feedback_change", args=[row.pk])
        day = date_format(timezone.localtime(row.created_at))
        yield Chore("Svar på en henvendelse", str(row.offer), f"{row.get_kind_display()}, {day}", url)


def _overdue(user: Any) -> Iterator[Chore]:
    today = timezone.localdate()
    found = reached(who(user), Offer.objects.published(today).overdue(today))
    for row in found.order_by("review_by", "sort_key", "pk")[:MOST]:
        yield _about("Er det stadig rigtigt?", row, f"Skulle være set på {date_format(row.review_by)}.")


def _waiting(user: Any) -> Iterator[Chore]:
    """Yield the offers and new versions of public ones that wait to be approved, the oldest first."""
    asked = Offer.Status.IN_REVIEW
    mine = reached(who(user), Offer.objects.all())
    copies = WorkingCopy.objects.filter(status=asked, offer__in=mine.order_by().values("pk"))
    found = [
        (row.updated_at, row.pk, row) for row in mine.filter(status=asked).order_by("updated_at")[:MOST]
    ]
    for copy in copies.select_related("offer").order_by("updated_at")[:MOST]:
        found.append((copy.updated_at, copy.offer.pk, copy.offer))
    for _, key, row in sorted(found, key=itemgetter(0, 1))[:MOST]:
        url = reverse("admin:offers_offer_arbejdsgang", args=[key])
        yield Chore("Godkend eller send tilbage", str(row), "Venter på godkendelse.", url)


def _returned(user: Any) -> Iterator[Chore]:
    """Yield what an approver sent back to whoever wrote it, the oldest first."""
    mine, draft = reached(who(user), Offer.objects.all()), Offer.Status.DRAFT
    copies = WorkingCopy.objects.filter(status=draft, by=user).exclude(note="").select_related("offer")
    copies = copies.filter(offer__in=mine.order_by().values("pk")).order_by("updated_at", "pk")
    versions = Version.objects.filter(model=Offer._meta.label_lower, row=OuterRef("pk"))
    latest = versions.order_by("-pk").values("why")[:1]
    offers = (
        mine.filter(status=draft).annotate(latest=Subquery(latest)).filter(Exists(versions.filter(by=user)))
    )
    offers = offers.filter(latest__startswith=RETURN.says).order_by("updated_at", "pk")
    for offer in [*(copy.offer for copy in copies[:MOST]), *offers[:MOST]]:
        url = reverse("admin:offers_offer_arbejdsgang", args=[offer.pk])
        yield Chore("Ret, og send igen", str(offer), "Er sendt tilbage til dig med en besked.", url)


def _dead_links(user: Any) -> Iterator[Chore]:
    url = reverse(f"admin:{links.NAME}")
    for link in LinkCheck.objects.to_mend(timezone.localdate())[:MOST]:
        why = (
            f"Svarer ikke siden {date_format(link.failing_since)}." if link.failing_since else "Er flyttet."
        )
        yield Chore("Ret et link", link.url, why, url)


def _unanswered(user: Any) -> Iterator[Chore]:
    today = timezone.localdate()
    url, settled = reverse(f"admin:{unanswered.NAME}"), SettledSearch.objects.values("words")
    rows = unanswered.counted(today - timedelta(days=DAYS), today).exclude(words__in=settled)
    for row in rows[:MOST]:
        yield Chore("Find et svar", f"“{row['words']}”", f"{row['times']} har søgt uden at finde nok.", url)


def _never_checked(user: Any) -> Iterator[Chore]:
    rows = reached(who(user), Offer.objects.published().never_checked())
    for row in rows.order_by("-is_acute", "sort_key", "pk")[:MOST]:
        yield _about("Kontrollér for første gang", row, "Ingen har kontrolleret det endnu.")


def _about(kind: str, offer: Offer, why: str) -> Chore:
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    return Chore(kind, str(offer), why, url, confirm=offer.pk)


# The permission that each kind asks for, the kind that cannot wait first.
_KINDS: list[tuple[str, Callable[[Any], Iterator[Chore]]]] = [
    ("offers.change_feedback", _feedback),
    (CHANGE, _overdue),
    (PUBLISH, _waiting),
    (CHANGE, _returned),
    ("offers.change_linkcheck", _dead_links),
    ("offers.change_searchmiss", _unanswered),
    (CHANGE, _never_checked),
]
