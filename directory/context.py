"""What every page needs to know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory import colour
from directory.language import versions

# What search engines and others show of a page that does not say it better itself.
DESCRIPTION = _("Find hjælp til selvhjælp: hvad der findes, for hvem, og hvordan du får det.")


def site(request: HttpRequest) -> dict[str, Any]:
    """Return name, purpose and look of the site, the way out, and this page's address."""
    return {
        "site_name": settings.SITE_NAME,
        "site_description": DESCRIPTION,
        "base_url": settings.BASE_URL,
        "canonical_url": settings.BASE_URL + request.path,
        "query_string": request.GET.urlencode(),
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "languages": versions(request),
        "municipality_name": settings.MUNICIPALITY_NAME,
        "municipality_logo": settings.MUNICIPALITY_LOGO,
        "stylesheet": settings.STYLESHEET,
        "colour_url": colour.address(),
    }
