"""What every page needs to know about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's name, and the address of this page without its query string."""
    return {
        "site_name": settings.SITE_NAME,
        "canonical_url": settings.BASE_URL + request.path,
    }
