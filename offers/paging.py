"""Pages of a list. Whoever asks for one that does not exist gets the nearest that does."""

from collections.abc import Sequence

from django.core.paginator import InvalidPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20


class NumberedPage(Page):
    """A page that knows which others to show the way to."""

    @property
    def numbers(self) -> list[int | None]:
        """The first page, the last, and those next to this one; None stands for pages left out."""
        last = self.paginator.num_pages
        shown = sorted({1, last} | {n for n in range(self.number - 1, self.number + 2) if 1 <= n <= last})
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


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
