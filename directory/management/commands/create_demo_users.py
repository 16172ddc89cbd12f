"""Make the accounts with which one can try the desk on one's own machine."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from directory.people import roles
from directory.people.demo import DEMO_PASSWORD, DEMO_SECRET, DEMOS, ORGANISATION, USERNAMES
from directory.people.views import code_now
from offers.models import Membership, Organisation


class Command(BaseCommand):
    """Makes an account for each role; refuses where the public might be."""

    help = "Opretter en demobruger for hver rolle; kun når DEBUG er slået til. --delete sletter dem igen."

    def add_arguments(self, parser):
        """Take whether they are to be deleted."""
        parser.add_argument("--delete", action="store_true", help="Slet demobrugerne.")

    def handle(self, *args, **options):
        """Make what is missing, and print how to log in."""
        if options["delete"]:
            count, _ = get_user_model().objects.filter(username__in=USERNAMES).delete()
            self.stdout.write("Demobrugerne er slettet." if count else "Der er ingen demobrugere.")
            return
        if not settings.DEBUG:
            raise CommandError("Demobrugere oprettes kun, når DEBUG er slået til (det gør ./dev).")
        roles.sync()
        for demo in DEMOS:
            self.make(demo)
            self.stdout.write(f"{demo.role + ':':<15}{demo.username}")
        self.stdout.write(f"Adgangskode:   {DEMO_PASSWORD}")
        code = code_now(DEMO_SECRET)
        self.stdout.write(f"Engangskode:   {code} lige nu; siden viser den, når den spørger")

    def make(self, demo):
        """Make one account as it should be, whatever it was."""
        rights = {"is_staff": True, "is_superuser": False, "is_active": True}
        user, new = get_user_model().objects.update_or_create(username=demo.username, defaults=rights)
        if new:
            user.set_password(DEMO_PASSWORD)
            user.save()
        user.user_permissions.clear()
        user.groups.set(Group.objects.filter(name=demo.role))
        Authenticator.objects.update_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": DEMO_SECRET}}
        )
        organisation = Organisation.objects.filter(slug=ORGANISATION).first()
        if demo.role == "Tilbudsejer" and organisation:
            Membership.objects.get_or_create(user=user, organisation=organisation)
