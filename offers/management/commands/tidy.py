"""Delete what has been kept long enough."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from offers.tidying import MONTHS, tidy


class Command(BaseCommand):
    """What the privacy page promises; run it every day."""

    help = f"Slet talte søgninger, der er ældre end {MONTHS} måneder, og sjældne ord før det."

    def handle(self, *args, **options):
        """Do it, and say how much."""
        self.stdout.write(f"{tidy(timezone.localdate())} rækker er slettet.")
