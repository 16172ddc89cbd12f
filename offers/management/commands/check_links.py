"""Look at the addresses that our pages link to."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from offers.links.checking import MOST, check, looker
from offers.models import LinkCheck


class Command(BaseCommand):
    """Looks at the addresses whose turn it is, or at all of them."""

    help = "Se efter, om de adresser, vi linker til, svarer."

    def add_arguments(self, parser):
        """How many, and whether to wait for their turn."""
        parser.add_argument(
            "--all", action="store_true", help="Alle adresser, ikke kun dem, det er tid til."
        )
        parser.add_argument("--most", type=int, default=MOST, help="Højst så mange adresser.")

    def handle(self, *args, **options):
        """Do it, and say how it stands."""
        if options["all"]:
            LinkCheck.objects.update(next_at=timezone.now())
        counts = check(looker(), options["most"])
        said = ", ".join(
            f"{LinkCheck.State(state).label}: {count}" for state, count in sorted(counts.items())
        )
        self.stdout.write(f"Kontrolleret {sum(counts.values())} adresser. {said}".strip())
