"""“Er det stadig rigtigt?”: where the link in a reminder leads. Looking changes nothing."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from offers.freshness.facts import confirm
from offers.freshness.reminders import reminder_of
from offers.freshness.told import Told, digest, told
from offers.history.record import recording
from offers.models import Fact, Offer, Reminder

GONE_STATUS = 410
NOTHING_CHOSEN = _("Sæt kryds ved det, der stadig er rigtigt.")
CHANGED = _("Noget er ændret, siden du åbnede siden. Læs det igennem igen.")


class ConfirmForm(forms.Form):
    """Which facts are still right; `seen` marks what the owner read."""

    facts = forms.MultipleChoiceField(choices=[], error_messages={"required": NOTHING_CHOSEN})
    seen = forms.CharField()

    def __init__(self, data, *, parts: list[Told]):
        """Offer the facts that are told."""
        super().__init__(data)
        self.mark = digest(parts)
        choices: Any = self.fields["facts"]
        choices.choices = [(part.value, part.fact.label) for part in parts]

    def clean_seen(self) -> str:
        """Refuse a yes to something else than what stands there now."""
        if self.cleaned_data["seen"] != self.mark:
            raise forms.ValidationError(CHANGED)
        return self.mark


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the owner of a published offer what is still right, and note the answer once."""
    offer = get_object_or_404(Offer.objects.published().for_page(), slug=slug)
    reminder = reminder_of(offer, request.GET.get("noegle", "").replace("\0", ""))
    if reminder is None or reminder.used_at or reminder.has_expired():
        return _no_longer(request, offer, reminder)
    parts = told(offer)
    form = ConfirmForm(request.POST if request.method == "POST" else None, parts=parts)
    if form.is_valid():
        facts = [Fact(value) for value in form.cleaned_data["facts"]]
        if not _use(reminder, facts):
            return _no_longer(request, offer, Reminder.objects.get(pk=reminder.pk))
        context = {
            "offer": offer,
            "facts": facts,
            "rest": [part for part in parts if part.fact not in facts],
        }
        return render(request, "offers/freshness/thanks.html", context)
    chosen = request.POST.getlist("facts") if form.is_bound else [part.value for part in parts]
    context = {"offer": offer, "form": form, "parts": parts, "chosen": chosen}
    return render(request, "offers/freshness/confirm.html", context)


@transaction.atomic
def _use(reminder: Reminder, facts: list[Fact]) -> bool:
    """Note what the owner confirmed; return whether this was the first time."""
    now = timezone.now()
    # One statement decides between two clicks at the same moment.
    if not Reminder.objects.filter(pk=reminder.pk, used_at=None).update(used_at=now):
        return False
    names = ", ".join(str(fact.label).lower() for fact in facts)
    with recording(why=f"Stadig rigtigt, siger {reminder.sent_to}: {names}.") as kept:
        confirm(reminder.offer, facts, on=timezone.localdate(now), by=reminder.sent_to, kept=kept)
    return True


def _no_longer(request: HttpRequest, offer: Offer, reminder: Reminder | None) -> HttpResponse:
    """Say why the link cannot be used, and what to do instead."""
    context = {"offer": offer, "reminder": reminder}
    return render(request, "offers/freshness/no_longer.html", context, status=GONE_STATUS)
