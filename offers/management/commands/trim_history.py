"""Forget old versions: what somebody took away is not to be kept for ever."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from offers.models import Version

DAYS = 730


class Command(BaseCommand):
    """Deletes versions that are older than two years, of what is there and of what is gone."""

    help = "Sletter gamle versioner fra historikken."

    def add_arguments(self, parser):
        """Take another age."""
        parser.add_argument("--days", type=int, default=DAYS, help=f"Ældre end så mange dage ({DAYS}).")

    def handle(self, *args, days, **options):
        """Delete them, and say how many."""
        old = Version.objects.filter(at__lt=timezone.now() - timedelta(days=days))
        count, _ = old.delete()
        self.stdout.write(f"{count} gamle versioner er slettet.")
