"""Pages of a list. Whoever asks for one that does not exist gets the nearest that does."""

from collections.abc import Sequence

from django.core.paginator import InvalidPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20


def page_of(request: HttpRequest, rows: QuerySet | Sequence, size: int = PAGE_SIZE) -> Page:
    """Return the page of `rows` that `request` asks for by `?page=`.

    The first for what is no number or too low, the last for what is too high, as when a list got shorter.
    """
    pages = Paginator(rows, size)
    asked = request.GET.get("page", "1")
    try:
        return pages.page(asked)
    except PageNotAnInteger:
        return pages.page(1)
    except InvalidPage:
        return pages.page(1 if int(asked) < 1 else pages.num_pages)
