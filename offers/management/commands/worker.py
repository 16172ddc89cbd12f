"""Do what waits beside the site, and end: for cron, or a timer of systemd."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from offers.tasks import enqueue_daily


class Command(BaseCommand):
    """Runs the tasks in the queue, those of the day included; what was done today is not done again."""

    help = "Kør det, der venter i køen, og dagens oprydning og linkkontrol, og slut så."

    def handle(self, *args, verbosity=1, **options):
        """Fill the queue and empty it; results older than a month go, too."""
        enqueue_daily()
        call_command("db_worker", batch=True, reload=False, startup_delay=False, verbosity=verbosity)
        call_command("prune_db_task_results", min_age_days=30, verbosity=verbosity)
