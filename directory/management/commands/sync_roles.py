"""Make the roles in the database those of the code, or print them."""

from django.core.management.base import BaseCommand
from django.db import transaction

from directory.people import roles


class Command(BaseCommand):
    """Gives the groups of the roles their permissions; other groups are left alone."""

    help = "Giver rollerne deres rettigheder; --table viser dem uden at ændre noget."

    def add_arguments(self, parser):
        """Take whether to print only."""
        parser.add_argument("--table", action="store_true", help="Vis rollerne som tabel (Markdown).")

    def handle(self, *args, **options):
        """Do it, and say what changed."""
        if options["table"]:
            self.stdout.write(roles.table())
            return
        with transaction.atomic():
            changes = roles.sync()
        if options["verbosity"] == 0:
            return
        for line in changes or ["Rollerne er, som de skal være."]:
            self.stdout.write(line)
