"""Ask the owners of offers whether what we write is still right."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from offers.freshness import reminders


class Command(BaseCommand):
    """Names the mails that are due; with `--send`, sends them. The worker sends them once a day."""

    help = "Spørg ejerne af tilbud, hvis frist for kontrol nærmer sig, om alt stadig er rigtigt."

    def add_arguments(self, parser):
        """Nothing is sent unless one says so."""
        parser.add_argument("--send", action="store_true", help="send mailene; ellers vises de kun")

    def handle(self, *args, **options):
        """Tell what is due, and send it when asked to."""
        offers = reminders.to_ask(timezone.localdate())
        for offer in offers:
            self.stdout.write(f"{offer.organisation.upkeep_email}: {offer} ({offer.review_by:%d.%m.%Y})")
        if options["send"]:
            self.stdout.write(f"{reminders.send(offers)} mail sendt.")
        elif offers:
            self.stdout.write("Intet er sendt. Send med --send.")
        else:
            self.stdout.write("Ingen skal spørges i dag.")
