"""Refuses the demo accounts where the public might be."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import Error, Tags, register
from django.db import DatabaseError
from django.db.models import Q

from directory.people.demo import DEMO_SECRET, USERNAMES
from directory.people.roles import roles

ID, UNKNOWN_ROLE = "vejviser.E001", "vejviser.E002"


@register(Tags.security, deploy=True)
def no_demo_accounts(app_configs, **kwargs):
    """Return an error when an account that everybody can log in with exists and DEBUG is off."""
    if settings.DEBUG:
        return []
    known = Authenticator.objects.filter(data__secret=DEMO_SECRET).values("user")
    demo = Q(username__in=USERNAMES) | Q(pk__in=known)
    try:
        names = sorted(User.objects.filter(demo).values_list("username", flat=True))
    except DatabaseError:  # there is no table yet, so no account either
        return []
    if not names:
        return []
    text = f"Demokonti findes i databasen: {', '.join(names)}. Alle kender deres adgangskode."
    return [Error(text, hint="Slet dem: manage.py create_demo_users --delete", id=ID)]


@register(Tags.security)
def known_roles(app_configs, **kwargs):
    """Return an error for each role of `OIDC_ROLES` that there is not."""
    names = [role.name for role in roles()]
    hint = f"Skriv en af disse: {', '.join(names)}."
    unknown = sorted(set(settings.OIDC_ROLES.values()) - set(names))
    return [Error(f"OIDC_ROLES nævner rollen “{name}”.", hint=hint, id=UNKNOWN_ROLE) for name in unknown]


@register(Tags.database)
def no_demo_accounts_to_migrate(app_configs, databases=None, **kwargs):
    """Ask the same before the database is migrated."""
    return no_demo_accounts(app_configs) if databases else []
