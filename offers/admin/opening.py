"""When an offer is open: hours, closures and starts, as rows on the offer's page."""

from datetime import date

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from offers.admin.desk import RowsInline
from offers.models import Closure, OpeningHours, StartDate


class OpeningHoursFormSet(BaseInlineFormSet):
    """The opening hours of one offer."""

    def clean(self):
        """Refuse the same hours twice in what is sent.

        Django compares each row with the database, and with its neighbours where a rule names plain
        fields; this rule has expressions in it, so the neighbours are ours to compare.
        """
        super().clean()
        seen = set()
        for form in self.forms:
            row = form.cleaned_data if form.is_valid() else {}
            if not row or row.get("DELETE"):
                continue
            key = (
                row["weekday"],
                row["channel"],
                row["opens"],
                row["venue"],
                row["valid_from"] or date.min,
            )
            if key in seen:
                raise ValidationError("Den samme åbningstid står der to gange.")
            seen.add(key)


class OpeningHoursInline(RowsInline):
    """The week."""

    model = OpeningHours
    formset = OpeningHoursFormSet
    autocomplete_fields = ["venue"]
    fields = ["weekday", "opens", "closes", "channel", "venue", "valid_from", "valid_until", "note"]


class ClosureInline(RowsInline):
    """Days on which it is closed."""

    model = Closure
    fields = ["starts_on", "ends_on", "reason"]


class StartDateInline(RowsInline):
    """Days on which a group or a course begins."""

    model = StartDate
    fields = ["starts_on", "starts_at", "apply_by", "note"]
