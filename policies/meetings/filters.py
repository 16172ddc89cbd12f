"""What one may ask of the calendar, under the names that stand in the address."""

from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from offers.filtering import ListFilter
from policies.models import Committee, Meeting
from policies.models.meeting import MeetingQuerySet

PAST = "tidligere"
_UNKNOWN = {"invalid_choice": _("“%(value)s” findes ikke. Vælg i stedet fra listen.")}


class CalendarFilter(ListFilter):
    """The meetings: those to come or those that were, of one committee or of all."""

    udvalg = ChoiceFilter(label=_("Udvalg"), empty_label=_("Alle udvalg"), error_messages=_UNKNOWN)
    vis = ChoiceFilter(
        label=_("Møder"),
        choices=[(PAST, _("Tidligere møder"))],
        empty_label=_("Kommende møder"),
        error_messages=_UNKNOWN,
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def choices(self):
        """Return the committees that have meetings, each with its authority."""
        having = Committee.objects.filter(meetings__isnull=False).distinct().for_listing()
        self.committees = {committee.slug: committee for committee in having}
        return {"udvalg": [(slug, f"{one}, {one.authority.name}") for slug, one in self.committees.items()]}

    @cached_property
    def committee(self) -> Committee | None:
        """The committee that is asked for; None stands for all."""
        return self.committees.get(self.form.cleaned_data.get("udvalg") or "")

    @property
    def is_past(self) -> bool:
        """Whether the meetings that were are asked for."""
        return self.form.cleaned_data.get("vis") == PAST

    @property
    def past_query(self) -> str:
        """The query string that asks for the meetings that were."""
        return self.query_with(vis=[PAST])

    @property
    def coming_query(self) -> str:
        """The query string that asks for the meetings to come."""
        return self.query_with(vis=[])

    def meetings(self, today: date) -> MeetingQuerySet:
        """Return the meetings that are asked for, in their order."""
        rows = Meeting.objects.past(today) if self.is_past else Meeting.objects.coming(today)
        rows = rows.for_listing()
        return rows.filter(committee=self.committee) if self.committee else rows
