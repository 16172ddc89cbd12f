"""Our rules where allauth asks for them: nobody signs up, and each sentence says what to do."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import render

from directory.people import claims
from directory.people.demo import USERNAMES
from directory.people.proof import FACTORS
from offers.rate_limit import address_of

logger = logging.getLogger(__name__)

WRONG = "Brugernavn eller adgangskode er forkert. Prøv igen, eller få en ny adgangskode."
LOCKED = "Der er prøvet for mange gange. Vent fem minutter, og prøv så igen."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts that an administrator makes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Din konto er lukket. Spørg din administrator.",
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Skriv din adgangskode.",
        "incorrect_password": "Adgangskoden er forkert. Prøv igen.",
        "incorrect_code": "Koden er forkert. Prøv igen.",
        "invalid_or_expired_key": "Linket er brugt eller for gammelt. Bed om et nyt.",
        "invalid_password_reset": "Linket er brugt eller for gammelt. Bed om et nyt.",
        "too_many_login_attempts": LOCKED,
        "rate_limited": "Det går for hurtigt. Vent lidt, og prøv igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for herself."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; one that cannot be sent is told in the log, and to nobody else.

        Another answer would tell strangers which addresses have an account.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # what the mail library raises is one, too
            logger.error("A mail of the log-in could not be sent: %s", error.__class__.__name__)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Take the demo accounts for strangers where the public might be."""
        user = super().authenticate(request, **credentials)
        return user if settings.DEBUG or user is None or user.username not in USERNAMES else None

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Let a person who has just typed her password set up her first factor without typing it again."""
        user = self.request.user
        if app == "allauth.mfa" and user.is_authenticated and not is_mfa_enabled(user, FACTORS):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network that a request comes from, as everywhere on the site."""
        return address_of(request).partition("/")[0] or super().get_client_ip(request)

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs) -> None:
        """Tell what went wrong; what went well, the next page says itself."""
        if message and level >= messages.ERROR:
            messages.add_message(request, level, message)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factors of the staff."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden er forkert eller for gammel. Skriv den, som din app viser nu.",
        "cannot_delete_authenticator": "Du skal have mindst én måde at bekræfte på. Tilføj en anden først.",
        "cannot_generate_recovery_codes": "Sæt totrinslogin op, før du laver nødkoder.",
    }

    def get_totp_issuer(self) -> str:
        """Return the name that stands in the app."""
        return settings.SITE_NAME

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another factor is left; recovery codes alone are none."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, kind: Authenticator.Type) -> str:
        """Return the name that a new key has until its owner gives it another."""
        return f"Nøgle {Authenticator.objects.filter(user=user, type=kind).count() + 1}"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """People who log in at the municipality; what they may is what it says of them each time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Those with a role get an account when they first come."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Turn away those without a role; give the others theirs, which may have changed."""
        names = claims.roles_of(sociallogin.account.extra_data)
        if sociallogin.is_existing:
            claims.give(sociallogin.user, names)
        if not names:
            raise ImmediateHttpResponse(render(request, "account/no_role.html", status=403))
        email = sociallogin.user.email
        taken = email and User.objects.filter(email__iexact=email).exists()
        if taken and not sociallogin.is_existing:
            raise ImmediateHttpResponse(render(request, "account/taken.html", status=403))

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Make the account of somebody who comes for the first time."""
        user = super().save_user(request, sociallogin, form)
        claims.give(user, claims.roles_of(sociallogin.account.extra_data))
        return user

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Tell the log what went wrong; the page says only that it did."""
        claims.logger.warning("Log-in through %s failed: %s %r", provider, error, exception)
