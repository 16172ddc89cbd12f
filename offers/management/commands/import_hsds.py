"""Take offers from another directory."""

from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from offers.exchange.cells import shown
from offers.exchange.sheets import Sheet
from offers.harvest.fetching import HarvestError
from offers.harvest.files import read
from offers.harvest.spool import Spool
from offers.harvest.taking import Taking, Wishes
from offers.models import ImportRun

TRIED = "Det var en prøve: intet er gemt. Skriv --save for at gemme."
SAVED = "Gemt. Det kan fortrydes under Importer: først tilbud, så steder, så organisationer."
QUICKER = "En anden gemte det samme imens, eller en regel i databasen siger nej. Intet er gemt."


class Command(BaseCommand):
    """Shows what another directory's offers would change here, and changes it when told to."""

    help = "Hent tilbud fra en anden vejviser, der udgiver HSDS 3: fra dens API eller en fil."

    def add_arguments(self, parser):
        """Where from, and how far to go."""
        parser.add_argument("source", help="Adressen på et HSDS-API, eller en fil: NDJSON, JSON, zip, CSV.")
        parser.add_argument(
            "--save", action="store_true", help="Gem. Ellers vises kun, hvad der ville ske."
        )
        parser.add_argument(
            "--publish", action="store_true", help="Gør tilbuddene offentlige. Ellers er de kladder."
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Lad kilden vinde, hvor en redaktør har rettet det samme.",
        )
        parser.add_argument("--name", help="Hvad kilden hedder, når det er en fil. Det samme hver gang.")
        parser.add_argument("--by", help="Brugernavnet på den, der henter.")

    def handle(self, *args, **options):
        """Do it, and tell row by row."""
        wishes = Wishes(
            options["save"], options["publish"], options["overwrite"], self._user(options["by"])
        )
        try:
            with Spool() as spool:
                found = read(options["source"], spool)
                runs = Taking(spool, (options["name"] or found)[:500], wishes, self._tell).take()
        except HarvestError as error:
            raise CommandError(str(error)) from None
        except IntegrityError:
            raise CommandError(QUICKER) from None
        for run in runs:
            self.stdout.write(_counted(run))
        self.stdout.write(SAVED if wishes.save else TRIED)

    def _user(self, name: str | None) -> Any:
        """Return who takes it, if somebody is named."""
        if not name:
            return None
        user = get_user_model()._default_manager.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"Der er ingen bruger, der hedder “{shown(name)}”.")
        return user

    def _tell(self, sheet: Sheet, step: dict[str, Any]) -> None:
        """Write what happens to one record."""
        self.stdout.write(f"{step['kind']}  {sheet.title}: {step['name']}")
        for heading, before, after in step["changes"]:
            self.stdout.write(f"    {heading}: {before or '(tomt)'} → {after or '(tomt)'}")
        for sentence, several in Counter(
            [*(text for _, text in step["errors"]), *step["warnings"]]
        ).items():
            self.stdout.write(f"    ! {sentence}{f' ({several} gange)' if several > 1 else ''}")


def _counted(run: ImportRun) -> str:
    """Return what an import does, in numbers."""
    told = f"{run.new} nye, {run.changed} ændrede, {run.unchanged} som før, {run.refused} afvist"
    return f"{run.get_sheet_display().capitalize()}: {told}."
