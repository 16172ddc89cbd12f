"""Mails that ask the owners of offers whether what we write is still right.

The link works once, for thirty days, and needs no log-in: it says exactly what one confirms, and can do no
more than that. What it carries is signed, and stands after the question mark, which no log keeps.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from offers.models import Offer, Reminder

SALT = "offers.freshness.reminder"
# Owners are asked so long before the day, and not again before so many days have gone.
AHEAD, PAUSE = timedelta(days=14), timedelta(days=14)


def to_ask(today: date) -> list[Offer]:
    """Return the published offers whose owner is to be asked now, by mailbox and day. Two queries."""
    asked = Reminder.objects.since(timezone.now() - PAUSE).values("offer")
    due = Offer.objects.published(today).due(today + AHEAD).exclude(pk__in=asked)
    owned = due.exclude(organisation__upkeep_email="").select_related("organisation")
    return sorted(owned, key=lambda offer: offer.organisation.upkeep_email.lower())


def send(offers: Iterable[Offer]) -> int:
    """Send one mail to each mailbox about its `offers` (as `to_ask` gives them); return how many.

    Each mail is noted before it leaves; where it cannot be sent, the note goes, too, and the error of the
    mail library is raised.
    """
    count = 0
    for address, theirs in groupby(offers, key=lambda offer: offer.organisation.upkeep_email.lower()):
        with transaction.atomic():
            rows = [(offer, Reminder.objects.create(offer=offer, sent_to=address)) for offer in theirs]
            lines = [{"offer": offer, "url": url_of(reminder)} for offer, reminder in rows]
            context = {"lines": lines, "site": settings.SITE_NAME, "contact": settings.CONTACT_EMAIL}
            body = render_to_string("offers/freshness/reminder.txt", context)
            subject = f"Er det stadig rigtigt? {settings.SITE_NAME}"
            reply_to = [settings.CONTACT_EMAIL] if settings.CONTACT_EMAIL else None
            EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], reply_to=reply_to).send()
        count += 1
    return count


def url_of(reminder: Reminder) -> str:
    """Return the whole address of the link in a reminder."""
    path = reverse("offers:confirm", args=[reminder.offer.slug])
    return f"{settings.BASE_URL}{path}?noegle={signing.dumps(reminder.pk, salt=SALT)}"


def reminder_of(offer: Offer, key: str) -> Reminder | None:
    """Return the reminder about `offer` that `key` was made for, or None."""
    try:
        pk = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    return Reminder.objects.filter(pk=pk, offer=offer).first()
