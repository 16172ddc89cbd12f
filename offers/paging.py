"""Pages of a list. A page that does not exist is a 404 that says so, never another page."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE = 20


def page_of(request: HttpRequest, rows: QuerySet, size: int = PAGE_SIZE) -> Page:
    """Return the page of `rows` that `request` asks for by `?page=`; raises Http404."""
    number = request.GET.get("page", "1")
    try:
        return Paginator(rows, size).page(number)
    except InvalidPage as error:
        message = "Listen har ikke den side, du bad om. Begynd forfra på side 1."
        raise Http404(message) from error
