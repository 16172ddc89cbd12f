"""Whether a person has proved twice who she is."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

# What counts beside a password. Recovery codes stand in for these, and are made with them.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def proved(request: HttpRequest) -> bool:
    """Whether this session has seen a second factor, or a provider that asks for one. No query."""
    user: Any = request.user
    methods = {record["method"] for record in get_authentication_records(request, user)}
    return "mfa" in methods or (settings.OIDC_SECOND_FACTOR and "socialaccount" in methods)


def note_proof(request: HttpRequest, kind: str) -> None:
    """Note that this session has seen a second factor of `kind`: the one that was just set up."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


def factor_of(user: Any) -> str | None:
    """Return the kind of second factor that a user can be asked for; None when she has none."""
    kinds = set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))
    return next((kind for kind in FACTORS if kind in kinds), None)
