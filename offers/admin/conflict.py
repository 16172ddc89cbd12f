"""Two editors on one thing: the second is told, sees what each wrote, and chooses field by field.

The form carries a fingerprint of what its reader saw. When the thing has another at the save, the save is
tried on what she saw, for nobody's eyes, and taken back: what it would have made stands beside what the
other made. The choice is stored as any other edit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from offers.admin.keeping import WHY, kept_by
from offers.history.put import Putting, as_if, sentences
from offers.history.states import State, digest, narrowed, state_of
from offers.history.three import choices, merged, renumbered
from offers.models import Version

TOKEN, MINE, CHOICE = "_version", "_mine", "valg-"
# The form's fingerprint stands last in it: without it, not all that was typed has come.
CUT_OFF = (
    "Det, du sendte, kom ikke helt frem. Intet er gemt. Se efter felt for felt, "
    "eller gå tilbage, og send siden igen."
)
TOO_LATE = "Siden er for gammel til at blive gemt. Sådan står det nu: ret det igen."


class ConflictMixin(admin.ModelAdmin):
    """Lets nobody overwrite in silence what a colleague has saved meanwhile."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save, unless somebody else has saved since the form was opened."""
        seen = request.POST.get(TOKEN, "")
        row = (
            self.get_object(request, unquote(object_id)) if object_id and request.method == "POST" else None
        )
        if row is None or hasattr(request, "_rehearsing") or not self.has_change_permission(request, row):
            return super().changeform_view(request, object_id, form_url, extra_context)
        kept_by(request).watch(row)
        theirs = kept_by(request).before(row) or state_of(row)
        if digest(theirs) == seen and MINE not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if MINE in request.POST:
            return self._chosen(request, row, theirs)
        base = self._seen(row, seen)
        answer, mine = self._rehearsed(request, row, base or theirs, object_id, form_url, extra_context)
        if mine is None:
            return answer
        mine = renumbered(mine, base or theirs)
        faults = [] if seen else [CUT_OFF]
        return self.conflict_page(request, row, {"base": base, "mine": mine}, theirs, faults)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Put the fingerprint of what is shown into the form; one that was sent stays what it was."""
        if obj is not None and change:
            context["version_token"] = request.POST.get(TOKEN) or digest(state_of(obj))
        context["why"] = request.POST.get(WHY, "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def log_change(self, request, obj, message):
        """Leave no trace of what is only tried."""
        return None if hasattr(request, "_rehearsing") else super().log_change(request, obj, message)

    def response_change(self, request, obj):
        """Say nothing of what is only tried."""
        return HttpResponse() if hasattr(request, "_rehearsing") else super().response_change(request, obj)

    def _seen(self, row: Any, seen: str) -> State | None:
        """Return the state with that fingerprint; None when no version tells of it."""
        version = Version.objects.of(self.model, row.pk).filter(digest=seen).first()
        return {key: part for key, part in version.state.items() if key != "taken"} if version else None

    def _rehearsed(
        self, request: HttpRequest, row: Any, base: State, *args: Any
    ) -> tuple[HttpResponse, State | None]:
        """Return the form with its faults; or an answer for nobody, and what the save would have made."""
        with trying(request), as_if():
            Putting(base, checked=False).on(self.model._base_manager.get(pk=row.pk))
            answer = super().changeform_view(request, *args)
            if isinstance(answer, TemplateResponse):
                return answer.render(), None
            return answer, state_of(row)

    def conflict_page(
        self, request: HttpRequest, row: Any, sent: dict[str, Any], theirs: State, faults: Any = ()
    ) -> TemplateResponse:
        """Show what each wrote; `sent` is what the editor made, and what she had seen if it is known."""
        # `DeskAdmin` joins this with the mixin that has it.
        open_ones = self.writable(request, row)  # type: ignore[attr-defined]
        sent = {name: state and narrowed(state, open_ones) for name, state in sent.items()}
        by = Version.objects.of(self.model, row.pk).select_related("by").first()
        context = {
            **self.admin_site.each_context(request),
            "title": "En anden har gemt imens",
            "subtitle": str(row),
            "opts": self.opts,
            "object": row,
            "latest": by if by and by.digest == digest(theirs) else None,
            "choices": choices(self.model, sent["base"], narrowed(theirs, open_ones), sent["mine"]),
            "faults": faults,
            "version_token": digest(theirs),
            "mine": signing.dumps(sent, salt=_salt(request, row), compress=True),
            "why": request.POST.get(WHY, ""),
        }
        return TemplateResponse(request, "admin/offers/conflict.html", context)

    def _chosen(self, request: HttpRequest, row: Any, theirs: State) -> HttpResponse:
        """Store what was chosen, unless it does not fit together or a third has saved meanwhile."""
        sent = self.sent_before(request, row)
        if sent is None:
            return redirect(request.path)
        if request.POST.get(TOKEN) != digest(theirs):
            return self.conflict_page(request, row, sent, theirs)
        putting = Putting(merged(theirs, sent["mine"], picked(request)))
        try:
            with transaction.atomic():
                row = self.model._base_manager.get(pk=row.pk)
                putting.on(row)
        except (ValidationError, IntegrityError) as error:
            return self.conflict_page(request, row, sent, theirs, sentences(error, self.model))
        self.log_change(request, row, "Gemt efter valg mellem to rettelser.")
        text = f"“{row}” er gemt, som du valgte."
        self.message_user(request, text, messages.SUCCESS)
        return redirect(self._list())

    def sent_before(self, request: HttpRequest, row: Any) -> dict[str, Any] | None:
        """Return what travelled with the page of choices; None, and a word on it, when it is not ours."""
        try:
            return signing.loads(request.POST[MINE], salt=_salt(request, row))
        except signing.BadSignature:
            self.message_user(request, TOO_LATE, messages.ERROR)
            return None

    def _list(self) -> str:
        """Return the name of the address of the list."""
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"


def picked(request: HttpRequest) -> set[str]:
    """Return the items in which the editor keeps what she wrote."""
    return {key.removeprefix(CHOICE) for key, value in request.POST.items() if value == "mine"}


@contextmanager
def trying(request: HttpRequest) -> Iterator[None]:
    """Let a form be saved for nobody's eyes: no version, no log, no message; `as_if` takes rows back."""
    own = vars(request)
    kept = own.get("_kept")
    own |= {"_rehearsing": True, "_kept": _Nobody()}
    try:
        yield
    finally:
        del own["_rehearsing"], own["_kept"]
        if kept is not None:
            own["_kept"] = kept


def _salt(request: HttpRequest, row: Any) -> str:
    """Return what binds a text to the editor and to the thing."""
    return f"conflict.{row._meta.label_lower}.{row.pk}.{request.user.pk}"


class _Nobody:
    """Keeps nothing: for what is only tried."""

    def watch(self, *rows: Any) -> None:
        """Look away."""

    watch_deletion = add = watch

    def before(self, row: Any) -> None:
        """Know nothing."""
