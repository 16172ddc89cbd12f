"""“Er noget forkert?”: a reader tells what is wrong about an offer, and stays unknown."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from offers import cpr
from offers.models import Feedback, Offer
from offers.rate_limit import may_go_on

MOST_CHARACTERS = 2000
# Of a text that is far too long, only the beginning is given back: looking for CPR numbers costs time.
MOST_SHOWN = 4 * MOST_CHARACTERS
# At most so many from one address in so many seconds, and on one offer in an hour.
MOST_FROM_ADDRESS, SECONDS = 5, 600
MOST_ON_OFFER, HOUR = 60, timedelta(hours=1)
TOO_MANY_STATUS = 429

CPR_SENTENCE = format_lazy("{} {}", cpr.REMOVED, _("Se teksten igennem, og send den igen."))
CHOOSE = _("Vælg, hvad der er forkert.")
MACHINE = _("Det så ud, som om en maskine havde skrevet. Det er ikke sendt endnu. Tryk på Send igen.")
TOO_MANY = _(
    "Der er sendt mange beskeder herfra på kort tid, så denne er ikke sendt endnu. "
    "Din tekst står her stadig. Vent ti minutter, og tryk på Send igen."
)
TOO_MANY_ON_OFFER = _(
    "Redaktionen har fået mange beskeder om dette tilbud, så denne er ikke sendt endnu. "
    "Din tekst står her stadig. Vent en time, og tryk på Send igen."
)


def written(number: int) -> str:
    """Return a whole number as one writes it in the language of the page: 2.000, or 2,000 in English."""
    return number_format(number, use_l10n=True, force_grouping=True)


class FeedbackForm(forms.ModelForm):
    """What is wrong, in a reader's words; knows what must not be kept."""

    kind = forms.ChoiceField(
        label=_("Hvad er forkert?"),
        choices=Feedback.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = forms.CharField(label=_("Hvad skal der stå i stedet?"), required=False)
    # Not shown to people; only what fills in every field fills in this one.
    hjemmeside = forms.CharField(required=False)

    class Meta:
        model = Feedback
        fields = ["kind", "text"]

    def __init__(self, data: QueryDict | None, *, offer: Offer):
        """Take what was typed, without what may be CPR numbers and without what no page can show."""
        self.length, self.had_cpr = 0, False
        if data is not None:
            # A browser sends a line break as two characters.
            text = data.get("text", "").replace("\0", "").replace("\r\n", "\n").strip()
            shown = text[:MOST_SHOWN]
            self.length, self.had_cpr = len(text), bool(cpr.find(shown))
            data = data.copy()
            data["text"] = cpr.removed(shown)
        super().__init__(data, instance=Feedback(offer=offer))

    def clean_text(self) -> str:
        """Refuse CPR numbers, and more than can be stored; say how much that is."""
        if self.had_cpr:
            self.add_error("text", CPR_SENTENCE)
        if self.length > MOST_SHOWN:
            rest = gettext("Kun begyndelsen står her endnu.")  # makemessages sees nothing in braces
            self.add_error("text", f"{self.too_long()} {rest}")
        elif self.length > MOST_CHARACTERS:
            self.add_error("text", self.too_long())
        return self.cleaned_data.get("text", "")

    def too_long(self) -> str:
        """Return the sentence about a text that is too long."""
        sentence = gettext("Teksten er på {length} tegn. Der er plads til {most}. Skriv det vigtigste.")
        return sentence.format(length=written(self.length), most=written(MOST_CHARACTERS))

    def clean(self) -> dict:
        """Ask for words where the choice alone tells nothing, and refuse machines."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Feedback.Kind.OTHER and not cleaned.get("text") and not self.errors:
            self.add_error("text", gettext("Skriv, hvad der er forkert."))
        if cleaned.get("hjemmeside"):
            self.add_error(None, MACHINE)
        return cleaned


@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a report about a published offer, or show the form with what is missing in it."""
    offer = get_object_or_404(Offer.objects.published(), slug=slug)
    form = FeedbackForm(request.POST if request.method == "POST" else None, offer=offer)
    if not form.is_valid():
        return _form(request, form)
    if Feedback.objects.of(offer).since(timezone.now() - HOUR).count() >= MOST_ON_OFFER:
        form.add_error(None, TOO_MANY_ON_OFFER)
        return _form(request, form, wait=int(HOUR.total_seconds()))
    if not may_go_on(request, "feedback", most=MOST_FROM_ADDRESS, seconds=SECONDS):
        form.add_error(None, TOO_MANY)
        return _form(request, form, wait=SECONDS)
    form.save()
    return HttpResponseRedirect(reverse("offers:feedback-thanks", args=[offer.slug]))


def _form(request: HttpRequest, form: FeedbackForm, *, wait: int = 0) -> HttpResponse:
    """Show the form as it was filled in; with `wait` (seconds), as an answer to too many."""
    context = {"form": form, "offer": form.instance.offer, "most": written(MOST_CHARACTERS)}
    response = render(request, "offers/feedback.html", context, status=TOO_MANY_STATUS if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say thank you, and what happens next."""
    offer = get_object_or_404(Offer.objects.published(), slug=slug)
    return render(request, "offers/feedback_thanks.html", {"offer": offer})
