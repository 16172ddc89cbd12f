"""“Stadig rigtigt”: one click says that the facts of an offer, or some of them, were checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from offers.admin.desk import RowsInline
from offers.freshness.facts import confirm, due_on, facts_of
from offers.history.record import recording
from offers.models import Fact, FactCheck, Offer
from offers.permissions import may_verify, who
from offers.quality import missing

NAME = "offers_offer_stadig_rigtigt"


class FactCheckInline(RowsInline):
    """How often each kind of fact is checked, where the usual does not do."""

    model = FactCheck
    fields = ["fact", "interval", "checked_on", "checked_by"]
    readonly_fields = ["checked_on", "checked_by"]

    def get_queryset(self, request):
        """Load the offer: each row's heading names it."""
        return super().get_queryset(request).select_related("offer")


@dataclass(frozen=True)
class Line:
    """How it stands with one kind of fact."""

    fact: Fact
    checked_on: date | None
    checked_by: str
    due: date | None
    is_late: bool


def lines(offer: Offer, today: date) -> list[Line]:
    """Return how it stands with each fact that `offer` tells. Half a dozen queries."""
    checks = {check.fact: check for check in offer.fact_checks.all()}
    found = []
    for fact in facts_of(offer):
        check = checks.get(fact)
        due = due_on(offer, fact, check)
        day = (check and check.checked_on) or offer.verified_on
        found.append(Line(fact, day, check.checked_by if check else "", due, bool(due and due < today)))
    return found


class StillRightMixin(admin.ModelAdmin):
    """Gives the offer's page the state of its facts, and the button."""

    def get_urls(self):
        """Add the address that the button sends to."""
        view = self.admin_site.admin_view(require_POST(self.still_right))
        return [path("<path:object_id>/stadig-rigtigt/", view, name=NAME), *super().get_urls()]

    def still_right(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Note what was confirmed: the facts named, or all; then go back to where the button was."""
        offer = self.get_object(request, object_id)
        if offer is None:
            raise Http404
        if not may_verify(who(request.user), offer):
            raise PermissionDenied
        named = request.POST.getlist("fakta")
        facts = [fact for fact in facts_of(offer) if not named or fact.value in named]
        names = ", ".join(str(fact.label).lower() for fact in facts)
        why = f"Stadig rigtigt: {names}."
        with recording(by=request.user, why=why) as kept:
            confirm(offer, facts, on=timezone.localdate(), by=_name(request.user), kept=kept)
        self.log_change(request, offer, why)
        next_day = f" Næste gang: {date_format(offer.review_by)}." if offer.review_by else ""
        told = f"“{offer}” er noteret som kontrolleret i dag: {names}.{next_day}"
        self.message_user(request, told, messages.SUCCESS)
        if "bord" in request.POST:
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(reverse("admin:offers_offer_change", args=[offer.pk]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show how it stands with each fact."""
        offer = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if offer is not None and may_verify(who(request.user), offer):
            more = {
                "facts": lines(offer, timezone.localdate()),
                "missing": missing(offer),
                "still_right": f"admin:{NAME}",
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username()
