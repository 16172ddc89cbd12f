"""What an editor can do to many offers at once."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from offers.admin.keeping import kept_by
from offers.freshness.facts import confirm, facts_of
from offers.models import Offer
from offers.permissions import may_publish, may_verify, who


@admin.action(description="Markér som kontrolleret i dag", permissions=["change"])
def mark_verified(model_admin, request, queryset):
    """Note that all facts of the offers were checked today.

    One by one, not by `update()`: each offer's history must tell who checked it. Without `full_clean()`: no
    rule speaks of these dates, and a fault elsewhere is no reason to forget that somebody checked.
    """
    today = timezone.localdate()
    person = who(request.user)
    count = refused = 0
    kept_by(request).why = "Markeret som kontrolleret."
    for offer in queryset:
        if not may_verify(person, offer):
            refused += 1
            continue
        confirm(offer, facts_of(offer), on=today, by=request.user.get_username(), kept=kept_by(request))
        model_admin.log_change(request, offer, "Markeret som kontrolleret.")
        count += 1
    model_admin.message_user(request, f"{count} tilbud er markeret som kontrolleret i dag.")
    if refused:
        text = f"{refused} tilbud hører ikke til din organisation og er ikke rørt."
        model_admin.message_user(request, text, messages.WARNING)


@admin.action(description="Gør offentlig", permissions=["publish"])
def publish(model_admin, request, queryset):
    """Publish the offers that keep every rule, and tell why the others were not published."""
    person = who(request.user)
    count = hidden = 0
    kept_by(request).watch(*queryset)
    kept_by(request).why = "Gjort offentlig."
    for offer in queryset.exclude(status=Offer.Status.PUBLISHED):
        if not may_publish(person, offer):
            continue
        offer.status = Offer.Status.PUBLISHED
        try:
            offer.full_clean()
        except ValidationError as error:
            text = f"“{offer}” blev ikke offentlig. {faults(error)}"
            model_admin.message_user(request, text, messages.ERROR)
            continue
        # Only the status: the rest was read a moment ago, and a colleague may have saved since.
        offer.save(update_fields=["status", "was_public", "updated_at", "revision"])
        model_admin.log_change(request, offer, "Gjort offentlig.")
        count += 1
        hidden += not offer.is_published()
    if count:
        model_admin.message_user(request, f"{count} tilbud er gjort offentlige.", messages.SUCCESS)
    else:
        model_admin.message_user(request, "Ingen tilbud blev gjort offentlige.", messages.WARNING)
    if hidden:
        text = f"{hidden} af dem vises ikke i dag: se “vises fra” og “vises til”."
        model_admin.message_user(request, text, messages.WARNING)


def faults(error: ValidationError) -> str:
    """Return in one line what is wrong with an offer, each fault with the name of its field."""
    labels = {field.name: f"{capfirst(str(field.verbose_name))}: " for field in Offer._meta.fields}
    sentences = []
    for field, texts in error.message_dict.items():
        # A rule about the whole row names no field.
        sentences += [f"{labels.get(field, '')}{text}" for text in texts]
    return " ".join(sentences)
