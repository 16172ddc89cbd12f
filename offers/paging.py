"""Pages of a list. Whoever asks for one that does not exist gets the nearest that does."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.paginator import InvalidPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20


class Way(NamedTuple):
    """The way to other pages: the number of this one, and that of the last."""

    number: int
    last: int

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.last else None

    @property
    def numbers(self) -> list[int | None]:
        """The first page, the last, and those next to this one; None stands for pages left out."""
        near = range(max(self.number - 1, 1), min(self.number + 1, self.last) + 1)
        numbers: list[int | None] = []
        for number in sorted({1, self.last, *near}):
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


class NumberedPage(Page):
    """A page that knows the way to the others."""

    @property
    def way(self) -> Way:
        """The way to the others."""
        return Way(self.number, self.paginator.num_pages)


class NumberedPages(Paginator):
    """The pages of a list, each of which knows its neighbours."""

    def _get_page(self, *args, **kwargs) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


def page_of(request: HttpRequest, rows: QuerySet | Sequence, size: int = PAGE_SIZE) -> Page:
    """Return the page of `rows` that `request` asks for by `?page=`.

    The first for what is no number or too low, the last for what is too high, as when a list got shorter.
    """
    pages = NumberedPages(rows, size)
    asked = request.GET.get("page", "1")
    try:
        return pages.page(asked)
    except PageNotAnInteger:
        return pages.page(1)
    except InvalidPage:
        return pages.page(1 if int(asked) < 1 else pages.num_pages)
