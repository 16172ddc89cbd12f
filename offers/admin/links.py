"""Døde links: the addresses that lead nowhere any more, where they stand, and what to put there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from offers.history.record import recording
from offers.links.checking import looker, record
from offers.links.guard import Guard, RefusedError
from offers.links.looking import Patience
from offers.links.uses import Use, replace, uses_of
from offers.models import LinkCheck

NAME = "offers_doede_links"
# So many addresses are shown, and of each so many places.
MOST, PLACES = 50, 8
# Somebody waits for the answer, so it must come in this many seconds.
LEFT_FOR = timedelta(days=180)
AT_ONCE = Patience(answer=6.0, look=12.0, pause=0.0)
PARTS = {
    LinkCheck.State.DEAD: "Døde adresser",
    LinkCheck.State.ANSWERS: "Adresser, der er flyttet",
    LinkCheck.State.UNSURE: "Adresser, vores kontrol ikke kan se",
}


class NewAddressForm(forms.Form):
    """The address to put in the place of another."""

    ny = forms.URLField(
        label="Ny adresse",
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": "Skriv den nye adresse.",
            "invalid": "Det er ikke en adresse. Skriv fx https://www.example.dk/side.",
        },
    )

    def clean_ny(self):
        """Return the address if it is one that the link check may look at."""
        try:
            Guard().target(self.cleaned_data["ny"])
        except RefusedError as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["ny"]


@dataclass(frozen=True)
class Place:
    """One place where an address stands, with its page on the desk, if there is one."""

    use: Use
    url: str


@dataclass(frozen=True)
class Case:
    """An address to see to: where it stands, what was typed last, and what is wrong with that."""

    link: LinkCheck
    places: list[Place]
    more: int
    may_change: bool
    typed: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def can_be_opened(self) -> bool:
        """Whether a browser can open the address as a page; what was imported may be anything."""
        return self.link.url.startswith(("http://", "https://"))


class DeadLinksMixin(admin.ModelAdmin):
    """Gives the pages of a model one more: the addresses to mend, for those who may see its rows."""

    def get_urls(self):
        """Add the page, before Django takes its name for a key."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.dead_links))
        return [path("doede/", view, name=NAME), *super().get_urls()]

    def dead_links(self, request: HttpRequest) -> HttpResponse:
        """Show the addresses; what is done about one of them is done, and leads back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wrong: dict[int, tuple[str, list[str]]] = {}
        if request.method == "POST":
            wrong = self._do(request)
            if not wrong:
                return HttpResponseRedirect(request.path)
        links = list(LinkCheck.objects.to_mend(timezone.localdate())[:MOST])
        uses = uses_of([link.url for link in links])
        cases = [self._case(request, link, uses.get(link.url, []), wrong) for link in links]
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Døde links",
            "parts": [
                (PARTS[state], [case for case in cases if case.link.state == state]) for state in PARTS
            ],
            "failing": LinkCheck.objects.filter(state=LinkCheck.State.FAILING).count(),
            "most": MOST if len(links) == MOST else None,
            "may_check": request.user.has_perm("offers.change_linkcheck"),
        }
        return TemplateResponse(request, "admin/offers/links.html", context)

    def _case(self, request, link: LinkCheck, uses: list[Use], wrong) -> Case:
        """Return what the page shows of one address."""
        typed, faults = wrong.get(link.pk, ("", []))
        places = [Place(use, self._page_of(use)) for use in uses[:PLACES]]
        may = any(self._may_change(request, use.field.model) for use in uses)
        return Case(link, places, max(0, len(uses) - PLACES), may, typed, faults)

    def _page_of(self, use: Use) -> str:
        """Return the address of the page on the desk where a thing is edited; empty when it has none."""
        meta = use.field.model._meta
        if not self.admin_site.is_registered(use.field.model):
            return ""
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[use.pk])

    def _may_change(self, request, model: type[models.Model], row: models.Model | None = None) -> bool:
        """Whether the editor may change a row; what stands on another's page has no rules of its own."""
        if self.admin_site.is_registered(model):
            return self.admin_site.get_model_admin(model).has_change_permission(request, row)
        return request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")

    def _do(self, request) -> dict[int, tuple[str, list[str]]]:
        """Do what was asked about one address; return what is wrong with what was typed, if anything."""
        key = request.POST.get("link", "")
        link = get_object_or_404(LinkCheck, pk=int(key) if key.isascii() and key.isdigit() else 0)
        for name, act in {"igen": self._look_again, "staa": self._leave}.items():
            if name in request.POST:
                act(request, link)
                return {}
        if "fjern" in request.POST:
            return self._replaced(request, link, "", "")
        typed = link.redirected_to if "flyttet" in request.POST else request.POST.get("ny", "")
        form = NewAddressForm({"ny": typed})
        if not form.is_valid():
            return {link.pk: (typed, form.errors.as_data()["ny"][0].messages)}
        return self._replaced(request, link, form.cleaned_data["ny"], typed)

    def _replaced(self, request, link: LinkCheck, new: str, typed: str) -> dict[int, tuple[str, list[str]]]:
        """Write `new` in the place of an address; return what is wrong with that, if anything."""
        try:
            self._replace(request, link, new)
        except ValidationError as error:
            return {link.pk: (typed, error.messages)}
        return {}

    def _leave(self, request, link: LinkCheck) -> None:
        """Leave an address as it is for a while: an old source may be right though it is gone."""
        if not request.user.has_perm("offers.change_linkcheck"):
            raise PermissionDenied
        link.left_until = timezone.localdate() + LEFT_FOR
        link.save(update_fields=["left_until"])
        self.log_change(request, link, "Adressen får lov at stå.")
        self.message_user(
            request, f"{LEFT_FOR.days} dage går, før vi viser {link.url} igen.", messages.SUCCESS
        )

    def _look_again(self, request, link: LinkCheck) -> None:
        """Look at an address at once, and tell what was found."""
        if not request.user.has_perm("offers.change_linkcheck"):
            raise PermissionDenied
        look = looker(AT_ONCE).look(link.url)
        record(link, look, timezone.now())
        said = look.reason or ("Adressen er flyttet." if look.moved_to else "Adressen svarer.")
        self.message_user(
            request,
            f"Vi har set på {link.url}: {said}",
            messages.WARNING if look.reason else messages.SUCCESS,
        )

    def _replace(self, request, link: LinkCheck, new: str) -> None:
        """Write the address `new` where the editor may, and tell where she may not.

        Raises ValidationError when it cannot stand in one of the places; then it is written nowhere.
        """
        uses = uses_of([link.url]).get(link.url, [])
        mine = list(self._allowed(request, uses))
        if uses and not mine:
            raise PermissionDenied
        done = f"er rettet til {new}" if new else "er fjernet"
        with recording(by=request.user, why=f"Adressen {link.url} {done}.") as kept:
            kept.watch(*(use.field.model._default_manager.get(pk=use.pk) for use in mine))
            rows = replace(mine, link.url, new)
        for row in rows:
            self.log_change(request, row, f"Adressen {link.url} {done}.")
        if len(rows) == len(uses):
            link.delete()
        if new and rows:
            LinkCheck.objects.get_or_create(url=new)
        said = (
            f"Den nye adresse står nu {times(len(rows))}: {new}"
            if new
            else f"Adressen er fjernet: {link.url}"
        )
        self.message_user(request, said, messages.SUCCESS)
        if len(rows) < len(uses):
            left = times(len(uses) - len(rows))
            self.message_user(
                request, f"Den gamle står stadig {left}, hvor du ikke må rette.", messages.WARNING
            )

    def _allowed(self, request, uses: Iterable[Use]) -> Iterable[Use]:
        """Yield the places that the editor may change, by the rules for each row."""
        for use in uses:
            row = use.field.model._default_manager.filter(pk=use.pk).first()
            if row is not None and self._may_change(request, use.field.model, row):
                yield use


def times(count: int) -> str:
    """Return in how many places something stands, in words."""
    return "ét sted" if count == 1 else f"{count} steder"
