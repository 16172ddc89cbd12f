"""Make the accounts with which one can try the admin on one's own machine."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError

# Known to everybody, which is why the command refuses to run outside DEBUG.
DEMO_PASSWORD = "vejviser-demo"  # noqa: S105 (no secret: it is printed at every start)
ADMINISTRATOR = "demo-administrator"
EDITOR = "demo-redaktoer"
EDITED_APPS = ("offers", "policies")


class Command(BaseCommand):
    """Makes an administrator and an editor; refuses where the public might be."""

    help = "Opretter demobrugere; kun når DEBUG er slået til."

    def handle(self, *args, **options):
        """Make what is missing, and print how to log in."""
        if not settings.DEBUG:
            raise CommandError("Demobrugere oprettes kun, når DEBUG er slået til (det gør ./dev).")
        users = get_user_model().objects
        if not users.filter(username=ADMINISTRATOR).exists():
            users.create_superuser(ADMINISTRATOR, password=DEMO_PASSWORD)
        if not users.filter(username=EDITOR).exists():
            editor = users.create_user(EDITOR, password=DEMO_PASSWORD, is_staff=True)
            may_edit = Permission.objects.filter(content_type__app_label__in=EDITED_APPS)
            editor.user_permissions.set(may_edit.exclude(codename__startswith="delete_"))
        self.stdout.write(f"Administrator: {ADMINISTRATOR} / {DEMO_PASSWORD}")
        self.stdout.write(f"Redaktør:      {EDITOR} / {DEMO_PASSWORD}")
