"""The way of an offer to the public: draft, in review, public, archived; and of its working copy.

Each step says who may take it, and from where; a word on why is kept with it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from offers.admin.conflict import TOKEN, picked
from offers.admin.keeping import WHY, keeping
from offers.admin.meanwhile import next_of
from offers.history.compare import differing
from offers.history.put import Putting, sentences
from offers.history.record import Recording
from offers.history.states import digest, state_of
from offers.models import Offer, Version, WorkingCopy
from offers.permissions import EDIT_LIVE, may_draft, may_follow, may_publish, proposes_only, who
from offers.proposed import approved, meant, working_copy_of

Status = Offer.Status
NAME = "offers_offer_arbejdsgang"
# As many as one reads to see how it came here; the rest stand in the history.
LATEST = 5
MEANWHILE = "Nogen har rettet imens. Se det igennem igen, og tryk så."


@dataclass(frozen=True)
class Step:
    """One step: its name in the form, its button, what is kept of it, and what it takes."""

    name: str
    button: str
    says: str
    decides: bool = False
    needs_why: bool = False


BEGIN = Step("begynd", "Begynd en ny udgave", "Ny udgave begyndt.")
SUBMIT = Step("send", "Send til godkendelse", "Sendt til godkendelse.")
RETURN = Step("retur", "Send tilbage", "Sendt tilbage.", decides=True, needs_why=True)
PUBLISH = Step("udgiv", "Godkend og gør offentlig", "Godkendt og gjort offentlig.", decides=True)
ARCHIVE = Step("arkiver", "Tag ned og arkivér", "Taget ned og arkiveret.", decides=True)
REOPEN = Step("genaabn", "Hent frem som kladde", "Hentet frem som kladde.")
DISCARD = Step("kasser", "Kassér udgaven", "Udgaven er kasseret.")

STEPS: dict[str, tuple[Step, ...]] = {
    Status.DRAFT: (SUBMIT, PUBLISH),
    Status.IN_REVIEW: (PUBLISH, RETURN),
    Status.PUBLISHED: (BEGIN, ARCHIVE),
    Status.ARCHIVED: (REOPEN,),
}
STEPS_OF_COPY: dict[str, tuple[Step, ...]] = {
    Status.DRAFT: (SUBMIT, PUBLISH, DISCARD),
    Status.IN_REVIEW: (PUBLISH, RETURN, DISCARD),
}
TO_STATUS = {
    SUBMIT: Status.IN_REVIEW,
    RETURN: Status.DRAFT,
    PUBLISH: Status.PUBLISHED,
    ARCHIVE: Status.ARCHIVED,
    REOPEN: Status.DRAFT,
}


class WorkflowMixin(admin.ModelAdmin):
    """Gives the pages of an offer the one where it goes from step to step."""

    def get_urls(self):
        """Add the page, before Django takes its name for a key."""
        view = self.admin_site.admin_view(self.workflow_view)
        return [path("<path:object_id>/arbejdsgang/", view, name=NAME), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Tell the form whether to lead to the page."""
        if obj is not None:
            person = who(request.user)
            context |= {"may_draft": may_draft(person, obj), "may_follow": may_follow(person, obj)}
            context["proposes"] = "working_copy" in context and not person.has(EDIT_LIVE)
            if proposes_only(person, obj) and "working_copy" not in context:
                copy = working_copy_of(obj)
                context |= {"proposal": copy, "begin": BEGIN.name, "begin_token": token_of(obj, copy)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def workflow_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show where the offer is, what is proposed, and the steps; take the one that was pressed."""
        offer: Any = self.get_object(request, unquote(object_id))
        if offer is None:
            raise Http404
        if not may_follow(who(request.user), offer):
            raise PermissionDenied
        faults = self._taken(request, offer) if request.method == "POST" else []
        if request.method == "POST" and not faults:
            begun = request.POST.get("trin") == BEGIN.name
            return redirect("admin:offers_offer_udgave" if begun else f"admin:{NAME}", offer.pk)
        offer.refresh_from_db()
        return TemplateResponse(
            request, "admin/offers/workflow.html", self._context(request, offer, faults)
        )

    def _context(self, request: HttpRequest, offer: Any, faults: list[str]) -> dict[str, Any]:
        """Return what the page shows."""
        copy = working_copy_of(offer)
        visible = self.visible(request, offer)  # type: ignore[attr-defined]
        proposals = meant(offer, copy)[1] if copy else []
        last = Version.objects.of(Offer, offer.pk).filter(state__fields__status=Status.PUBLISHED).first()
        before = None if copy or not last else last.state
        person = who(request.user)
        drafts, told = may_draft(person, offer), next_of(offer, copy, may_publish(person, offer))
        labels = {Offer._meta.label_lower: offer.pk, WorkingCopy._meta.label_lower: copy.pk if copy else 0}
        events = [Version.objects.filter(model=label, row=row) for label, row in labels.items()]
        return {
            **self.admin_site.each_context(request),
            "title": "Arbejdsgang",
            "subtitle": str(offer),
            "opts": self.opts,
            "offer": offer,
            "copy": copy,
            "proposals": [one for one in proposals if one.item.key.split(":")[0] in visible],
            "items": differing(Offer, (before, state_of(offer)), visible) if before else [],
            "steps": self._steps(request, offer, copy),
            "discard": DISCARD.name,
            "may_draft": drafts,
            "meanwhile": told if drafts else told[-1:],  # a reader has nothing to do
            "events": (events[0] | events[1]).select_related("by").defer("state")[:LATEST],
            "token": token_of(offer, copy),
            "faults": faults,
            "why": request.POST.get(WHY, ""),
        }

    def _steps(self, request: HttpRequest, offer: Any, copy: WorkingCopy | None) -> list[Step]:
        """Return the steps that this person may take from here."""
        steps = STEPS_OF_COPY[copy.status] if copy else STEPS[offer.status]
        person = who(request.user)
        decides, drafts = may_publish(person, offer), may_draft(person, offer)
        return [one for one in steps if (decides if one.decides else drafts)]

    def _taken(self, request: HttpRequest, offer: Any) -> list[str]:
        """Take a step; returns what stands in the way."""
        with keeping(request) as kept:
            offer = Offer.objects.select_for_update().get(pk=offer.pk)
            copy = WorkingCopy.objects.select_for_update().filter(offer=offer).first()
            name = request.POST.get("trin")
            step = next((one for one in self._steps(request, offer, copy) if one.name == name), None)
            if step is None:
                raise PermissionDenied
            if request.POST.get(TOKEN) != token_of(offer, copy):
                return [MEANWHILE]
            if step.needs_why and not kept.why:
                return ["Skriv, hvorfor du sender det tilbage, så den anden ved, hvad der skal rettes."]
            why, kept.why = kept.why, f"{step.says} {kept.why}".strip()
            try:
                with transaction.atomic():
                    if copy or step is BEGIN:
                        _move_copy(step, offer, copy, kept, why, request)
                    else:
                        _move(step, offer, kept)
            except (ValidationError, IntegrityError) as error:
                return sentences(error, Offer)
        self.log_change(request, offer, kept.why)
        self.message_user(request, step.says, messages.SUCCESS)
        return []


def _move(step: Step, offer: Offer, kept: Recording) -> None:
    """Give the offer the status that the step leads to; raises ValidationError."""
    kept.watch(offer)
    offer.status = TO_STATUS[step]
    offer.full_clean()
    offer.save()


def _move_copy(
    step: Step, offer: Offer, copy: WorkingCopy | None, kept: Recording, why: str, request: HttpRequest
) -> None:
    """Begin, move, approve or discard the working copy; raises ValidationError."""
    by: Any = request.user
    if copy is None:
        state = state_of(offer)
        kept.add(WorkingCopy.objects.create(offer=offer, state=state, base=digest(state), by=by))
        return
    if step is PUBLISH:  # the version of the offer tells of it
        kept.watch(offer)
        Putting(approved(offer, copy, picked(request))).on(offer)
        copy.delete()
        return
    kept.watch(copy)
    if step is DISCARD:
        copy.delete()
        return
    copy.status, copy.note = TO_STATUS[step], why
    copy.full_clean()
    copy.save()


def token_of(offer: Offer, copy: WorkingCopy | None) -> str:
    """Return a fingerprint of what is decided about."""
    return digest(state_of(offer)) + (digest({"of": copy.state, "is": copy.status}) if copy else "")
