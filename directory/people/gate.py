"""No page for the staff opens before somebody has proved twice who she is."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from directory.people.proof import factor_of, proved

# The secret of an app stands here, and recovery codes.
ROOM = "/konto/"
# Where a person without a second factor sets one up.
SET_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
# Where one proves it, which must be open before.
PROVING = {"mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"}
ASK = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


class SecondFactorMiddleware:
    """Leads staff without a second factor to set one up, and those who have not used theirs to use it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what stands on the pages of the log-in is stored by nobody."""
        response = self.get_response(request)
        if request.path.startswith(ROOM):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return where to go first, if anywhere. Public pages are not looked at: they know no session."""
        match: Any = request.resolver_match
        name = match.url_name or ""
        desk = "admin" in match.namespaces and name != "logout"
        closed = desk or name == "resume" or (name.startswith("mfa_") and name not in PROVING)
        if not closed or not request.user.is_authenticated or proved(request):
            return None
        factor = factor_of(request.user)
        if factor is None and name in SET_UP:
            return None
        to = "mfa_index" if factor is None else ASK[Authenticator.Type(factor)]
        query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse(to)}?{query}")
