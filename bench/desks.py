"""Staff who are logged in: `python -m bench.desks 5` prints for each her cookie and an offer of hers.

Used by `bench.crowd`.
"""

import json
import os
import sys
import time
from typing import Any

import django


def log_in(client: Any, user: Any) -> Any:
    """Let `user` in as one who has given a password and a code; return her session, which is stored."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session["seen_at"] = time.time()
    session.save()
    return session


def main(count: int) -> None:
    """Make so many of the staff, each with the session of one who has given a password and a code."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from offers.models import Offer

    published = Offer.objects.published()
    offers = published.exclude(pk__in=published.acute().values("pk")).order_by("-pk")[:count]
    found = []
    for number, offer in enumerate(offers):
        user = User.objects.create_superuser(f"bench-editor-{number}")
        session = log_in(Client(), user)
        found.append(
            {
                "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
                "path": reverse("admin:offers_offer_change", args=[offer.pk]),
                "slug": offer.slug,
            }
        )
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main(int(sys.argv[1]))
