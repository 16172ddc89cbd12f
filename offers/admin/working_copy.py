"""A public offer is revised while the public sees the old one: the form of its working copy.

The form is the offer's own. While it is shown or sent, the working copy stands in the offer's place for
that one transaction, which is taken back; what the form would have saved becomes the working copy.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from offers.admin.conflict import CUT_OFF, MINE, TOKEN, picked, trying
from offers.admin.keeping import keeping
from offers.admin.workflow import SUBMIT
from offers.history.put import Putting, as_if, sentences
from offers.history.states import State, digest, state_of
from offers.history.three import merged, renumbered
from offers.models import Offer, WorkingCopy
from offers.permissions import may_draft, proposes_only, who
from offers.proposed import working_copy_of

DRAFT = Offer.Status.DRAFT
SAVED = "Udgaven er gemt. Borgerne ser stadig den gamle."
SENT = "Rettelsen er sendt til godkendelse. Borgerne ser den gamle, til den er godkendt."
WORKFLOW = "admin:offers_offer_arbejdsgang"


class WorkingCopyMixin(admin.ModelAdmin):
    """Gives the pages of an offer the form of its working copy."""

    def get_urls(self):
        """Add the page, before Django takes its name for a key."""
        view = self.admin_site.admin_view(self.working_copy_view)
        return [path("<path:object_id>/udgave/", view, name="offers_offer_udgave"), *super().get_urls()]

    def working_copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the form of the working copy; when it is sent, keep what it says."""
        offer: Any = self.get_object(request, unquote(object_id))
        if offer is None:
            raise Http404
        if not may_draft(who(request.user), offer):
            raise PermissionDenied
        if request.method != "POST":
            copy = working_copy_of(offer)
            return self._form(request, offer, copy) if copy else redirect(WORKFLOW, offer.pk)
        with keeping(request) as kept:
            copy = WorkingCopy.objects.select_for_update().filter(offer=offer).first()
            if copy is None:
                self.message_user(request, "Udgaven er godkendt eller kasseret imens.", messages.ERROR)
                return redirect(WORKFLOW, offer.pk)
            kept.watch(copy)
            state = self._sent(request, offer, copy)
            if isinstance(state, HttpResponse):
                return state
            live = state_of(offer)
            fields = {**state["fields"], "status": offer.status}
            copy.state = renumbered({**state, "fields": fields}, live)
            by: Any = request.user
            copy.by, told = by, SAVED
            if proposes_only(who(request.user), offer):  # there is no more for her to do
                copy.status, copy.note, told = Offer.Status.IN_REVIEW, kept.why, SENT
                kept.why = f"{SUBMIT.says} {kept.why}".strip()
            copy.save()
        self.message_user(request, told, messages.SUCCESS)
        return redirect(WORKFLOW, offer.pk)

    def _form(self, request: HttpRequest, offer: Offer, copy: WorkingCopy) -> HttpResponse:
        """Show the form with the working copy in it."""
        with as_if():
            self._stand_in(offer, copy)
            answer = super().changeform_view(request, str(offer.pk), "", _told(copy))
            return answer.render() if isinstance(answer, TemplateResponse) else answer

    def _sent(self, request: HttpRequest, offer: Offer, copy: WorkingCopy) -> State | HttpResponse:
        """Return what the form says, or a page: its faults, or what a colleague has saved meanwhile."""
        with as_if():
            theirs = self._stand_in(offer, copy)
            draft = Offer.objects.get(pk=offer.pk)
            if MINE in request.POST:
                sent = self.sent_before(request, offer)  # type: ignore[attr-defined]
                if sent is None:
                    return redirect(request.path)
                if request.POST.get(TOKEN) != digest(theirs):
                    return self.conflict_page(request, draft, sent, theirs).render()  # type: ignore[attr-defined]
                state = merged(theirs, sent["mine"], picked(request))
                try:
                    with as_if():
                        Putting(state).on(draft)
                except (ValidationError, IntegrityError) as error:
                    faults = sentences(error, Offer)
                    return self.conflict_page(request, draft, sent, theirs, faults).render()  # type: ignore[attr-defined]
                return state
            with trying(request):
                answer = super().changeform_view(request, str(offer.pk), "", _told(copy))
            if isinstance(answer, TemplateResponse):
                return answer.render()
            if answer.status_code != 200:
                return answer
            mine = state_of(offer)
            if request.POST.get(TOKEN) != digest(theirs):
                sent = {"base": None, "mine": renumbered(mine, theirs)}
                faults = [] if request.POST.get(TOKEN) else [CUT_OFF]
                return self.conflict_page(request, draft, sent, theirs, faults).render()  # type: ignore[attr-defined]
            return mine

    def _stand_in(self, offer: Offer, copy: WorkingCopy) -> State:
        """Put the copy in the offer's place, as a draft: so the form asks the rules about drafts."""
        state = {**copy.state, "fields": {**copy.state["fields"], "status": DRAFT}}
        Putting(state, checked=False).on(Offer.objects.get(pk=offer.pk))
        return state_of(offer)


def _told(copy: WorkingCopy) -> dict[str, Any]:
    """Return what the form says of itself."""
    return {
        "title": "Ny udgave af et offentligt tilbud",
        "working_copy": copy,
        "show_save_and_add_another": False,
        "show_save_and_continue": False,
        "show_delete": False,
    }
