"""Marks the pages that are the same for everybody, so that one answer does for many."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

# A browser asks each time whether its page still holds. A cache on the way may give the same page to all
# for a second, so that a change is seen within two, and goes on giving it while the site is down.
FOR_A_SECOND, WHEN_DOWN = 1, 86_400


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let caches keep what `view` answers: it knows nothing of who asks, and sets no cookie.

    What answers search words is not marked: nobody may keep it (`directory/privacy.py`).
    """

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and "q" not in request.GET:
            patch_cache_control(
                response, public=True, max_age=0, s_maxage=FOR_A_SECOND, stale_if_error=WHEN_DOWN
            )
        return response

    return marked
