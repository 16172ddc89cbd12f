"""Pages of a list. A page that does not exist is a 404 that says so, never another page."""

from collections.abc import Sequence

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE = 20


class NoSuchPage(Http404):
    """The list has not as many pages as one was asked for."""


def page_of(request: HttpRequest, rows: QuerySet | Sequence, size: int = PAGE_SIZE) -> Page:
    """Return the page of `rows` that `request` asks for by `?page=`; raises NoSuchPage."""
    number = request.GET.get("page", "1")
    try:
        return Paginator(rows, size).page(number)
    except InvalidPage as error:
        raise NoSuchPage("Listen har ikke den side, du bad om.") from error
