"""Bring a developer's machine up to date: database, data, roles, demo log-ins and search index."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.module_loading import import_string


class Command(BaseCommand):
    """What `./dev` does before it serves; what is there already is left alone."""

    help = "Gør database, data og søgning klar på en udviklers maskine."

    def handle(self, *args, **options):
        """Do it; a database that cannot be reached is said in a sentence."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_data", if_empty=True)
            call_command("sync_roles", verbosity=0)
            call_command("create_demo_users")
            for index in map(import_string, settings.SEARCH_INDEXES):
                index.reader()
        except OperationalError as error:
            raise CommandError(f"{error}\nCheck DATABASE_URL; without it, SQLite is used.") from None
