"""Søgelaboratoriet: how a search is understood, why its answers stand so, and what a change would do."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from offers import cpr, trial
from offers.admin.effect import shown, sides
from offers.filtering import MAX_WORDS_LENGTH, without_cpr
from offers.filters import OfferFilter
from offers.models import Offer
from offers.permissions import seen, who
from offers.search import current
from offers.search.change import FIRST
from offers.search.explain import Explainer, Explanation
from offers.search.question import Question

NAME = "offers_soegelaboratorium"
# A longer address is not made: servers and mail programs cut it. Then the page answers without one.
LONGEST_ADDRESS = 4000
LONGEST_TRIAL = 5000


class LaboratoryForm(forms.Form):
    """What is tried: a search, an offer one wonders about, and changes to the synonyms."""

    q = forms.CharField(label="Søgning", max_length=MAX_WORDS_LENGTH, required=False)
    tilbud = forms.CharField(
        label="Et bestemt tilbud",
        max_length=200,
        required=False,
        help_text="Den sidste del af tilbuddets adresse, fx alkolinjen. Så vises dets tal, hvad enten det "
        "er blandt svarene eller ej.",
    )
    aendringer = forms.CharField(
        label="Prøv ændringer i synonymerne",
        max_length=LONGEST_TRIAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En på hver linje. Intet gemmes.",
    )

    def __init__(self, *args, offers, **kwargs):
        """Take the offers that may be named."""
        super().__init__(*args, **kwargs)
        self.offers = offers

    def clean_tilbud(self):
        """Return the offer that is named by its address, or None; the address of the page will do, too."""
        slug = self.cleaned_data["tilbud"].strip("/ ").rpartition("/")[2]
        if not slug:
            return None
        if offer := self.offers.filter(slug=slug).first():
            return offer
        raise forms.ValidationError(f"Intet tilbud har adressen “{slug}”.")


@dataclass(frozen=True)
class Explained:
    """An offer and its numbers; without numbers when the index does not have it."""

    offer: Offer
    why: Explanation | None


class LaboratoryMixin(admin.ModelAdmin):
    """Gives the pages of a model one more: the laboratory, for those who may see its rows."""

    def get_urls(self):
        """Add the laboratory, before Django takes its name for a key."""
        view = self.admin_site.admin_view(self.laboratory)
        return [path("soegelaboratorium/", view, name=NAME), *super().get_urls()]

    def laboratory(self, request: HttpRequest) -> HttpResponse:
        """Show the laboratory; what is sent by the form leads to an address that can be shared."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return laboratory(request, self.admin_site.each_context(request) | {"opts": self.opts})


@require_http_methods(["GET", "HEAD", "POST"])
def laboratory(request: HttpRequest, context: dict) -> HttpResponse:
    """Answer what is asked; nothing is saved, whatever the method."""
    data, refused = without_cpr(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and not refused:
        given = {name: data[name] for name in LaboratoryForm.base_fields if data.get(name)}
        address = f"{reverse(f'admin:{NAME}')}?{urlencode(given)}"
        if len(address) <= LONGEST_ADDRESS:
            return HttpResponseRedirect(address)
    offers = seen(who(request.user), Offer.objects.all())
    form = LaboratoryForm(data if data or refused else None, offers=offers)
    for name in refused:
        form.add_error(name if name in form.fields else "q", cpr.REFUSED)
    context |= {"title": "Søgelaboratorium", "form": form, "first": FIRST}
    if form.is_valid():
        context |= results(**form.cleaned_data)
    return TemplateResponse(request, "admin/offers/laboratory.html", context)


def results(q: str, tilbud: Offer | None, aendringer: str) -> dict:
    """Return what the page shows of the search `q`, of one offer, and of the changes that are tried."""
    found = OfferFilter.of(trial.data_of(q))
    live = current.reader()
    asked = Explainer(live, found.question, timezone.localtime())
    keys = asked.answer.keys[:FIRST]
    offers = Offer.objects.in_bulk(keys)
    context = {
        "box": found.box,
        "corrected": asked.answer.understanding.corrected,
        "concepts": asked.concepts,
        "count": len(asked.answer.keys),
        "answers": [Explained(offers[key], asked.explain(key)) for key in keys],
        "counts": counts(found, asked),
        "one": tilbud and explained(tilbud, asked),
    }
    return context | (tried(aendringer, found.question) if aendringer else {})


def tried(lines: str, question: Question) -> dict:
    """Return what the page shows of the changes in `lines`: to this question, and to the known ones."""
    live, said = current.reader(), trial.said()
    changes, faults = trial.read_changes(lines, said)
    if not changes:
        return {"faults": faults}
    changed = trial.changed(live, said, changes)
    [difference] = sides([trial.compared(question.words, question, live, changed)])
    return {
        "faults": faults,
        "difference": difference,
        "changed_concepts": Explainer(changed, question, timezone.localtime()).concepts,
        "effect": shown(trial.effect(changes, changed)),
    }


def explained(offer: Offer, asked: Explainer) -> Explained:
    """Return an offer with its numbers, if it has any."""
    try:
        return Explained(offer, asked.explain(offer.pk))
    except KeyError:
        return Explained(offer, None)


def counts(found: OfferFilter, asked: Explainer) -> dict[str, list[tuple[str, int]]]:
    """Return for each filter how many offers its values would leave, the most first."""
    table = {}
    for group, values in asked.answer.counts.items():
        if group in found.form.fields:
            field = found.form.fields[group]
            names = dict(field.choices)
            rows = [
                (str(names[value]), count) for value, count in values.items() if count and value in names
            ]
            table[str(field.label)] = sorted(rows, key=lambda row: (-row[1], row[0]))
    return {label: rows for label, rows in table.items() if rows}
