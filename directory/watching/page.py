"""“Drift” on the desk: how the site is, for those who run it."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.watching.state import state

MAY_SEE = "auth.change_user"  # which administrators have, and nobody else


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show it; raises PermissionDenied to others than administrators."""
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied
    context = admin.site.each_context(request) | {"title": "Drift", "state": state()}
    context |= {"expires": settings.SECURITY_EXPIRES, "today": timezone.localdate()}
    return TemplateResponse(request, "admin/drift.html", context)


urlpatterns = [path("", admin.site.admin_view(page), name="running")]
