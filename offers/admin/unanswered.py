"""Søgninger uden svar: words that people often search for without a good answer, as a list of work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from offers import trial
from offers.admin.laboratory import NAME as LABORATORY
from offers.models import SearchMiss, SettledSearch
from offers.search import current
from offers.search.missed import DAYS, LEAST
from offers.search.unanswered import gap
from offers.search.understanding import Understanding

NAME = "offers_uden_svar"
# So many words are shown: each is searched anew, to tell what it finds now.
MOST = 50
WEEKS = 13
# What the page can show, by its name in the address: what nobody has looked at, or what was decided so.
SHOWN = {"": "Ikke set på", **{one.value: one.label.capitalize() for one in SettledSearch.Outcome}}

NOT_A_CHOICE = {"invalid_choice": "Det kan ikke vælges. Vælg fra listen; her står, hvad der ellers er."}


def week_of(day: date) -> str:
    """Return the ISO week of a day as it stands in an address."""
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02}"


class ShownForm(forms.Form):
    """Which words are shown: of which week, and what was decided about them."""

    vis = forms.ChoiceField(
        label="Vis", required=False, choices=[*SHOWN.items()], error_messages=NOT_A_CHOICE
    )

    def __init__(self, data, today: date):
        """Offer the last weeks."""
        super().__init__(data)
        days = [today - timedelta(weeks=number) for number in range(WEEKS)]
        weeks = [(week_of(day), f"Uge {day:%V}, {day:%G}") for day in days]
        chosen_from = [("", f"De sidste {DAYS} dage"), *weeks]
        self.fields["uge"] = forms.ChoiceField(
            label="Uge", required=False, choices=chosen_from, error_messages=NOT_A_CHOICE
        )
        self.order_fields(["uge", "vis"])

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day that are counted."""
        if week := self.cleaned_data.get("uge"):
            year, number = map(int, week.split("-"))
            first = date.fromisocalendar(year, number, 1)
            return first, first + timedelta(days=6)
        return today - timedelta(days=DAYS), today


@dataclass(frozen=True)
class Unanswered:
    """Words without a good answer: how often, how they are read, and what they find now."""

    words: str
    times: int | None  # None where there are too few to tell
    in_vain: int | None
    last: date | None
    understanding: Understanding
    found: int
    settled: SettledSearch | None

    @property
    def is_solved(self) -> bool:
        """Whether the words have a good answer now."""
        return gap(self.understanding, self.found) is None

    @property
    def read_as(self) -> list[tuple[str, str]]:
        """What was asked for: some words, and how they were read."""
        read = ((" ".join(one.words), str(one.how)) for one in self.understanding.concepts)
        return list(dict.fromkeys(read))

    @property
    def laboratory(self) -> str:
        """The address where the search is explained."""
        return f"{reverse(f'admin:{LABORATORY}')}?{urlencode({'q': self.words})}"

    @property
    def synonym(self) -> str:
        """The address of a new synonym with the words."""
        return f"{reverse('admin:offers_synonym_add')}?{urlencode({'phrase': self.words})}"

    @property
    def offer(self) -> str:
        """The address of a new draft, with the words to search for and a note."""
        note = f"Folk søger efter “{self.words}” og finder for lidt."
        values = {"keywords": self.words, "internal_note": note}
        return f"{reverse('admin:offers_offer_add')}?{urlencode(values)}"


def counted(first: date, last: date):
    """Return words with how often they were searched for from `first` to `last`, in vain, and when last."""
    rows = SearchMiss.objects.filter(day__range=(first, last)).order_by().values("words")
    times = rows.annotate(
        times=Sum("count"),
        in_vain=Sum("count", filter=Q(kind=SearchMiss.Kind.NOTHING), default=0),
        last=Max("day"),
    )
    return times.filter(times__gte=LEAST).order_by("-times", "-last", "words")


def unanswered(shown: str, first: date, last: date) -> list[Unanswered]:
    """Return the words to show: the most frequent first, or the latest decided. Three queries."""
    settled: dict[str, SettledSearch] = {}
    if shown:
        decided = SettledSearch.objects.filter(outcome=shown).select_related("settled_by")[:MOST]
        settled = {one.words: one for one in decided}
        rows = {row["words"]: row for row in counted(first, last).filter(words__in=settled)}
    else:
        new = counted(first, last).exclude(words__in=SettledSearch.objects.values("words"))
        rows = {row["words"]: row for row in new[:MOST]}
    return list(_asked_now(list(settled or rows), rows, settled))


def _asked_now(words: list[str], rows, settled) -> Iterable[Unanswered]:
    """Yield each of `words` with the answer that it gets now."""
    nothing = {"times": None, "in_vain": None, "last": None}
    for text, question in zip(words, trial.questions(words), strict=True):
        answer = current.ask(question)
        row = {**nothing, **rows.get(text, {}), "words": text}
        yield Unanswered(
            **row, understanding=answer.understanding, found=len(answer.keys), settled=settled.get(text)
        )


class UnansweredMixin(admin.ModelAdmin):
    """Gives the pages of a model one more: the list of work, for those who may see its rows."""

    def get_urls(self):
        """Add the list, before Django takes its name for a key."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.unanswered))
        return [path("uden-svar/", view, name=NAME), *super().get_urls()]

    def unanswered(self, request: HttpRequest) -> HttpResponse:
        """Show the words; what is decided about some of them is written, and leads back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_settle = request.user.has_perm("offers.change_searchmiss")
        if request.method == "POST":
            if not may_settle:
                raise PermissionDenied
            self.message_user(request, *settle(request))
            return HttpResponseRedirect(request.get_full_path())
        today = timezone.localdate()
        form = ShownForm(request.GET, today)
        form.is_valid()  # what cannot be chosen is told at its field, and the page shows all
        rows = unanswered(form.cleaned_data.get("vis", ""), *form.days(today))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Søgninger uden svar",
            "form": form,
            "parts": [
                ("Mangler et godt svar", [row for row in rows if not row.is_solved]),
                ("Finder noget nu", [row for row in rows if row.is_solved]),
            ],
            "most": MOST if len(rows) == MOST else None,
            "least": LEAST,
            "may_settle": may_settle,
        }
        return TemplateResponse(request, "admin/offers/unanswered.html", context)


def settle(request: HttpRequest) -> tuple[str, int]:
    """Write what is decided about some words; return what to tell, and how."""
    words = request.POST.get("words", "").replace("\0", "")
    outcome = request.POST.get("outcome", "")
    known = SettledSearch.objects.filter(words=words)
    there = known.exists() or SearchMiss.objects.filter(words=words).exists()
    if not there or outcome not in SHOWN:
        return "Ordene er ikke på listen længere. Her er listen, som den er nu.", messages.WARNING
    if not outcome:
        known.delete()
        return f"“{words}” står igen på listen.", messages.SUCCESS
    values = {"outcome": outcome, "settled_by": request.user, "settled_at": timezone.now()}
    SettledSearch.objects.update_or_create(words=words, defaults=values)
    said = f"“{words}” er gemt under “{SHOWN[outcome]}”. Du kan finde ordene igen ved at vælge det i “Vis”."
    return said, messages.SUCCESS
