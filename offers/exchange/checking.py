"""Whether a row may become what a table says: the rules of its model, and those of the person."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, UniqueConstraint

from offers.exchange.sheets import Sheet
from offers.models import Offer
from offers.permissions import Who, may_change, may_publish, statuses

Fault = tuple[str, str]  # heading and sentence
# What the choices of a field say already.
_KNOWN = "_is_known"
MISSING = "Her skal stå noget. Skriv det i cellen."
# Rules ask of longer texts only whether they are there.
LONGEST_CHOICE = 16
NOT_YOURS = "Du må ikke rette det tilbud, fordi det er offentligt eller hører til andre."
NOT_PUBLISH = "Du må ikke gøre tilbud offentlige eller tage dem ned. Lad status stå, som den er."


class Checker:
    """The rules for the rows of one table that one person hands in."""

    def __init__(self, sheet: Sheet, person: Who):
        """Find the rules that are worth asking for each row."""
        self.sheet, self.person = sheet, person
        self.headings = {column.name: column.heading for column in sheet.columns}
        links = {field.name for field in sheet.model._meta.fields if field.is_relation}
        self.links = links
        self.rules = [rule for rule in sheet.model._meta.constraints if not str(rule.name).endswith(_KNOWN)]
        self.was_public = False
        self.asked: dict[Any, list[Fault]] = {}

    def before(self, row: Any) -> list[Fault]:
        """Return why the person may not touch a row that is there."""
        self.was_public = isinstance(row, Offer) and row.status == Offer.Status.PUBLISHED
        if isinstance(row, Offer) and not may_change(self.person, row):
            return [("Status", NOT_YOURS)]
        return []

    def after(self, row: Any, changed: Iterable[str], told: set[str]) -> list[Fault]:
        """Return what is wrong with a row as it would be, apart from columns of which something is told."""
        faults: list[Fault] = []
        if isinstance(row, Offer):
            faults += self._publishing(row, set(changed))
        # A link that is set was found among the rows there are.
        set_links = {name for name in self.links if getattr(row, f"{name}_id") is not None}
        try:
            row.clean_fields(exclude=set_links)
            row.clean()
        except ValidationError as error:
            faults += self._told(error)
        for rule in self.rules:
            # A value of the wrong form is not worth a search.
            if not (faults and isinstance(rule, UniqueConstraint)):
                faults += self._broken(rule, row)
        heads = {head.split(" (")[0] for head in told}
        return [(heading, text) for heading, text in faults if heading not in heads]

    def _broken(self, rule: Any, row: Any) -> list[Fault]:
        """Return what a row breaks of a rule; rows that are alike in all it looks at take one query."""
        known = None
        if isinstance(rule, CheckConstraint):
            condition: Any = rule.condition
            names = sorted(condition.referenced_base_fields)
            known = (rule.name, *(_short(getattr(row, name)) for name in names))
            if known in self.asked:
                return self.asked[known]
        try:
            rule.validate(self.sheet.model, row)
            faults = []
        except ValidationError as error:
            faults = self._told(error)
        if known:
            self.asked[known] = faults
        return faults

    def _publishing(self, row: Offer, changed: set[str]) -> list[Fault]:
        """Return why the person may not give the row its status."""
        was_public = bool(row.pk) and self.was_public
        is_public = row.status == Offer.Status.PUBLISHED
        window = is_public and changed & {"publish_from", "publish_until"}
        denied = row.status not in statuses(self.person) and not was_public
        if denied or ((was_public != is_public or window) and not may_publish(self.person, row)):
            return [("Status", NOT_PUBLISH)]
        return []

    def _told(self, error: ValidationError) -> list[Fault]:
        """Return the sentences of an error, each with the heading of its column."""
        if not hasattr(error, "error_dict"):
            return [("", text) for text in error.messages]
        return [
            (
                "" if name == NON_FIELD_ERRORS else self.headings.get(name, name),
                MISSING if one.code in {"null", "blank"} else " ".join(one.messages),
            )
            for name, several in error.error_dict.items()
            for one in several
        ]


def _short(value: Any) -> Any:
    """Return a value as rules tell them apart: of a text only whether it is empty; choices are short."""
    return bool(value) if isinstance(value, str) and len(value) > LONGEST_CHOICE else value
