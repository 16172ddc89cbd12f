"""“Nyt tilbud trin for trin”: a draft is made with one question at a time, in the order people think.

Each page is stored when one goes on, back or home, so the draft itself is what one resumes.
"""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from offers.admin.conflict import TOKEN
from offers.admin.guide_fields import GuideForm
from offers.admin.guide_steps import STEPS, Step
from offers.admin.keeping import keeping
from offers.admin.workflow import SUBMIT, token_of
from offers.duplicates import Known, marks
from offers.exchange.keys import free_key
from offers.exchange.sheets import OFFERS
from offers.history.states import digest, narrowed, state_of
from offers.models import ContactPoint, Offer, Version
from offers.permissions import may_change, may_submit, seen, who
from offers.quality import GAPS, with_gaps

START, PAGE, LOOK = "offers_offer_guide", "offers_offer_guide_trin", "se"
# What the buttons of a page say: which way to go.
WAY, ON, BACK, LATER = "til", "videre", "tilbage", "senere"
# So many drafts are offered to go on with.
MOST_DRAFTS = 5
MEANWHILE = (
    "En anden har rettet det samme, siden du åbnede siden. Det, du skrev, står her endnu. "
    "Tryk en gang til, hvis det er dit, der skal stå. Den anden skrev: "
)
QUICKER = "En anden gemte imens. Det, du skrev, står her endnu. Tryk en gang til."
WHY = "Skrevet i guiden."


class GuideMixin(admin.ModelAdmin):
    """Gives the pages of an offer the guide to a new one."""

    def get_urls(self):
        """Add the pages, before Django takes their names for keys."""
        view = self.admin_site.admin_view
        return [
            path("guide/", view(self.guide_start), name=START),
            path(f"<int:pk>/guide/{LOOK}/", view(self.guide_look), name=f"{START}_{LOOK}"),
            path("<int:pk>/guide/<slug:name>/", view(self.guide_page), name=PAGE),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Lead to the guide from the list."""
        address = reverse(f"admin:{START}") if self.has_add_permission(request) else ""
        return super().changelist_view(request, {**(extra_context or {}), "guide": address})

    def guide_start(self, request: HttpRequest) -> HttpResponse:
        """Ask the first question about an offer that is not there yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        offer = Offer(uuid=_sent_uuid(request), **self._own_organisation(request))
        made = Offer.objects.filter(uuid=offer.uuid).first() if request.method == "POST" else None
        if made is not None:  # sent twice: the line was lost, and the answer with it
            return redirect(f"admin:{PAGE}", made.pk, STEPS[1].name)
        return self._asked(request, offer, STEPS[0])

    def guide_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask one question about a draft."""
        step = next((one for one in STEPS if one.name == name), None)
        if step is None:
            raise Http404
        offer = self._draft(request, pk)
        return offer if isinstance(offer, HttpResponse) else self._asked(request, offer, step)

    def guide_look(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show all answers, what is still missing, and what looks the same; lead to sending it."""
        offer = self._draft(request, pk)
        if isinstance(offer, HttpResponse):
            return offer
        told = with_gaps(Offer.objects.filter(pk=offer.pk)).get()
        context = {
            "title": "Se det hele igennem",
            "answers": [(step, self._answers(request, offer, step)) for step in STEPS],
            "missing": [
                (GAPS[gap][0], step) for step in STEPS for gap in step.gaps if getattr(told, f"gap_{gap}")
            ],
            "may_submit": may_submit(who(request.user), offer),
            "token": token_of(offer, None),
            "send": SUBMIT.name,
        }
        return self._shown(request, offer, "guide_look", context)

    def _asked(self, request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
        """Show a page with its question; when it is sent, store the answers and go where one asked."""
        form = self._guide_form(request, offer, step)
        form.seen = request.POST.get(TOKEN, "") if form.is_bound else _seen_of(offer, step)
        if form.is_bound and not form.is_searching:
            new = offer.pk is None
            try:
                stored = self._stored(request, offer, step)
            except IntegrityError:
                offer.pk = None if new else offer.pk
                form.full_clean()
                form.add_error(None, QUICKER)
            else:
                if isinstance(stored, Offer):
                    return self._onward(request, stored, step)
                form = stored
        number = STEPS.index(step) + 1
        context = {
            "title": step.question,
            "step": step,
            "form": form,
            "number": number,
            "drafts": [] if offer.pk else _begun_by(request.user),
        }
        return self._shown(request, offer, "guide", context)

    def _stored(self, request: HttpRequest, offer: Any, step: Step) -> Offer | GuideForm:
        """Store what was sent, all or nothing, and return the offer; or the form, and what is wrong."""
        new = offer.pk is None
        with keeping(request) as kept:
            if not new:
                offer = Offer.objects.select_for_update().get(pk=offer.pk)
                kept.watch(offer)
            theirs, told = _seen_of(offer, step), self._told(request, offer, step)
            form = self._guide_form(request, offer, step)
            form.seen = request.POST.get(TOKEN, "")
            if not form.is_valid():
                return form
            if form.seen != theirs:
                form.seen = theirs
                form.add_error(None, MEANWHILE + told)
                return form
            kept.why = kept.why or WHY
            if new:
                offer.slug = free_key(
                    OFFERS, offer.title, set(Offer.objects.values_list("slug", flat=True))
                )
            with transaction.atomic():
                form.store()
            kept.add(offer)
        self.log_addition(request, offer, WHY) if new else self.log_change(request, offer, WHY)
        return offer

    def _onward(self, request: HttpRequest, offer: Offer, step: Step) -> HttpResponse:
        """Go to the next page, the one before, or home."""
        way, place = request.POST.get(WAY, ON), STEPS.index(step)
        if way == LATER:
            text = f"“{offer}” er gemt som kladde. Du finder den i guiden, når du vil videre."
            self.message_user(request, text, messages.SUCCESS)
            return redirect("admin:index")
        place += -1 if way == BACK else 1
        if place >= len(STEPS) or request.POST.get("fra") == LOOK:
            return redirect(f"admin:{START}_{LOOK}", offer.pk)
        return redirect(f"admin:{PAGE}", offer.pk, STEPS[max(place, 0)].name)

    def _guide_form(self, request: HttpRequest, offer: Offer, step: Step) -> GuideForm:
        """Return the form of a page, with what the person may choose among."""
        form = step.form(request.POST if request.method == "POST" else None, instance=offer)
        return form.narrowed_to(who(request.user))

    def _answers(self, request: HttpRequest, offer: Offer, step: Step) -> list[tuple[str, str]]:
        """Return what is stored of the answers on a page, in words."""
        return step.form(instance=offer).narrowed_to(who(request.user)).answers()

    def _told(self, request: HttpRequest, offer: Offer, step: Step) -> str:
        """Return the same as a sentence."""
        answers = self._answers(request, offer, step)
        return "; ".join(f"{label} {text}" for label, text in answers) or "ingenting"

    def _draft(self, request: HttpRequest, pk: int) -> Any:
        """Return a draft that the person may write in; or a page that says why it is no draft."""
        offer: Any = self.get_object(request, str(pk))
        if offer is None:
            raise Http404
        if offer.status != Offer.Status.DRAFT:
            self.message_user(request, "Guiden er til kladder. Her kan du rette det videre.")
            return redirect("admin:offers_offer_change", pk)
        if not may_change(who(request.user), offer):
            raise PermissionDenied
        return offer

    def _own_organisation(self, request: HttpRequest) -> dict[str, Any]:
        """Return the organisation of somebody who works for one."""
        own = who(request.user).organisations
        return {"organisation_id": next(iter(own))} if len(own) == 1 else {}

    def _shown(self, request: HttpRequest, offer: Offer, name: str, context: dict) -> HttpResponse:
        """Return a page of the guide."""
        usual = {
            "opts": self.opts,
            "offer": offer,
            "steps": STEPS,
            "alike": _alike(request, offer) if offer.pk else [],
        }
        everything = {**self.admin_site.each_context(request), **usual, **context}
        return TemplateResponse(request, f"admin/offers/{name}.html", everything)


def _sent_uuid(request: HttpRequest) -> uuid.UUID:
    """Return the name that the first page gives a new draft, so that sent twice it is made once."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()


def _seen_of(offer: Offer, step: Step) -> str:
    """Return a fingerprint of what the page writes, as it is stored; empty for what is not stored."""
    return digest(narrowed(state_of(offer), step.writes)) if offer.pk else ""


def _begun_by(user: Any) -> list[Offer]:
    """Return the drafts that somebody has begun, the latest first, and may still write in."""
    made = Version.objects.filter(model=Offer._meta.label_lower, kind=Version.Kind.ADDED, by=user)
    drafts = Offer.objects.filter(pk__in=made.values("row"), status=Offer.Status.DRAFT)
    return list(seen(who(user), drafts).order_by("-updated_at", "-pk")[:MOST_DRAFTS])


def _alike(request: HttpRequest, offer: Any) -> list[tuple[int, str, str]]:
    """Return what looks like the offer: key, name, and what is the same."""
    phones = offer.contact_points.filter(kind=ContactPoint.Kind.PHONE).values_list("value", flat=True)
    others = seen(who(request.user), Offer.objects.exclude(pk=offer.pk))
    found = Known(Offer, others).like(marks(offer.title, list(phones), offer.url))
    return [(pk, name, " og ".join(what)) for pk, name, what in found]
