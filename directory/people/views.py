"""The pages of the log-in that do a little more than allauth's own."""

import logging
import time

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from directory.people.demo import DEMO_SECRET
from directory.people.proof import note_proof

logger = logging.getLogger(__name__)


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the municipality's log-in; tell it when that does not answer."""
    try:
        return oidc.login(request, provider_id)
    except RequestException as error:
        logger.warning("The provider does not answer: %r", error)
        return render(request, "socialaccount/authentication_error.html", status=503)


def code_now(secret: str) -> str:
    """Return the code that an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


class Authenticate(AuthenticateView):
    """Asks for the second factor."""

    def get_context_data(self, **kwargs):
        """Tell the code of a demo account, which has no phone; never outside DEBUG."""
        context = super().get_context_data(**kwargs)
        if settings.DEBUG and is_demo(self.stage.login.user):
            context["demo_code"] = code_now(DEMO_SECRET)
        return context


def is_demo(user) -> bool:
    """Whether a user's codes come from the secret that everybody knows."""
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return own.filter(data__secret=DEMO_SECRET).exists()


class SetUpApp(ActivateTOTPView):
    """Sets up an app; whoever has just typed its code need not do so again."""

    def form_valid(self, form):
        """Note the proof."""
        response = super().form_valid(form)
        note_proof(self.request, Authenticator.Type.TOTP)
        return response


class AddKey(AddWebAuthnView):
    """Adds a key; whoever has just used it need not do so again."""

    def form_valid(self, form):
        """Note the proof."""
        response = super().form_valid(form)
        note_proof(self.request, Authenticator.Type.WEBAUTHN)
        return response
