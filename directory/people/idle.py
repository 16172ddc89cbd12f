"""Sessions end when nobody has done anything for a while; what was typed is kept for its writer."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

# Not every click is written down: so many seconds may pass between two.
PRECISION = 60
SEEN, KEPT = "seen_at", "kept_form"
# As many signs as a form may have to be kept; ten times the longest that is known.
MOST_KEPT = 500_000
ENDED = "Du er logget ud, fordi du ikke har gjort noget i {minutes} minutter. Log ind igen."
ENDED_KEPT = f"{ENDED} Det, du skrev, er gemt: du kan sende det bagefter."


class IdleMiddleware:
    """Renews the session of whoever works on the desk, and keeps a form that comes too late."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return where somebody who stayed away too long goes; public pages are not looked at."""
        match: Any = request.resolver_match
        if "admin" not in match.namespaces or match.url_name in ("login", "logout"):
            return None
        if request.user.is_authenticated:
            # Where the clock was set back, what was seen last lies ahead.
            if abs(time.time() - request.session.get(SEEN, 0)) > PRECISION:
                request.session[SEEN] = int(time.time())
            return None
        owner = owner_of_ended_session(request)
        if owner is None:
            return None
        kept = request.method == "POST" and keep(request, owner)
        text = ENDED_KEPT if kept else ENDED
        messages.info(request, text.format(minutes=settings.SESSION_COOKIE_AGE // 60))
        to = reverse("resume") if kept else request.get_full_path()
        return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: to})}")


def owner_of_ended_session(request: HttpRequest) -> str | None:
    """Return the key of the user whose session, by now too old, the browser still names."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    ended = Session.objects.filter(pk=key, expire_date__lte=timezone.now()).first() if key else None
    return ended.get_decoded().get(SESSION_KEY) if ended else None


def keep(request: HttpRequest, owner: str) -> bool:
    """Keep what was sent, files and passwords apart, and return whether there was room for it."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    if sum(len(name) + len(value) for name, value in fields) > MOST_KEPT:
        return False
    request.session[KEPT] = {"owner": owner, "path": request.get_full_path(), "fields": fields}
    return True


@require_safe
@login_required
def resume(request: HttpRequest) -> HttpResponse:
    """Show that what was typed is still there, to whoever typed it, with a button that sends it."""
    kept = request.session.get(KEPT)
    if not kept or kept["owner"] != str(request.user.pk):
        return redirect("admin:index")
    return render(request, "account/resume.html", {"kept": kept})
