"""What the municipality's own log-in says that a person may."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group

from directory.people.roles import roles

logger = logging.getLogger(__name__)


def roles_of(told: Mapping[str, Any]) -> set[str]:
    """Return the roles that the claim names, by `OIDC_ROLES`; other values are left out."""
    values: set[str] = set()
    for source in ("id_token", "userinfo"):
        found = (told.get(source) or {}).get(settings.OIDC_CLAIM, [])
        values |= {str(value) for value in ([found] if isinstance(found, str) else found)}
    named = {settings.OIDC_ROLES[value] for value in values if value in settings.OIDC_ROLES}
    return named & {role.name for role in roles()}


def give(user: Any, names: set[str]) -> None:
    """Give a user these roles, and take away the others; without any she is no longer staff."""
    ours = {role.name for role in roles()}
    user.groups.remove(*Group.objects.filter(name__in=ours - names))
    user.groups.add(*Group.objects.filter(name__in=ours & names))
    if user.is_staff != bool(names):
        user.is_staff = bool(names)
        user.save(update_fields=["is_staff"])
