"""What an API gives: records without empty values, and pages of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from django.db import models
from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from offers.api.parameters import PageAsked
from offers.api.problems import Fault, not_found

NDJSON = "application/x-ndjson"
EMPTY: tuple[Any, ...] = (None, "", [])
Count = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """An object as an API gives it: what is not known is left out, and nothing is null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def without_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Leave out what says nothing, unless the record always has it."""
        if all(values.values()):  # as in most of the thousands that a file has
            return values
        fields = cls.model_fields
        return {
            name: value
            for name, value in values.items()
            if value not in EMPTY or (name in fields and fields[name].is_required())
        }


class Page(Record):
    """One page of a list, with the eight keys that HSDS gives a page."""

    total_items: Count = Field(description="Poster i alt, på alle sider.", examples=[14])
    total_pages: Count = Field(description="Sider i alt.", examples=[1])
    page_number: int = Field(ge=1, description="Denne sides nummer.", examples=[1])
    size: Count = Field(description="Poster på denne side.", examples=[14])
    first_page: bool = Field(description="Er det den første side?", examples=[True])
    last_page: bool = Field(description="Er det den sidste side?", examples=[True])
    empty: bool = Field(description="Er siden tom?", examples=[False])


@dataclass(frozen=True)
class Answer:
    """What an address answers: its content, and when that was last changed, where it is known."""

    content: BaseModel
    changed: datetime | None = None


@dataclass(frozen=True)
class File:
    """A whole file, written while it is read."""

    content_type: str
    chunks: Iterable[bytes]


def ndjson(items: Iterable[BaseModel]) -> File:
    """Return a list as a file with one item a line."""
    lines = (f"{item.model_dump_json(exclude_none=True)}\n".encode() for item in items)
    return File(NDJSON, lines)


def page_type(record: type[BaseModel], name: str = "") -> type[Page]:
    """Return the model of a page of such records."""
    described: Any = (list[record], Field(description="Posterne på siden."))  # type: ignore[valid-type]
    called = name or f"{record.__name__}Page"
    return create_model(called, __base__=Page, __doc__="En side af listen.", contents=described)


def page_of(rows: QuerySet, asked: PageAsked, say: Callable[[Any], Record], kind: type[Page]) -> Page:
    """Return the page of `rows` that is asked for; raises ProblemError beyond the last.

    How many there are comes with the rows: one query, and another for an empty page.
    """
    counted = rows.order_by().annotate(one=models.Value(1)).values("one")
    counted = counted.annotate(n=models.Count("pk")).values("n")
    found = list(rows.annotate(of_total=models.Subquery(counted))[places(asked)])
    total = found[0].of_total if found else rows.count()
    return page([say(row) for row in found], total, asked, kind)


def places(asked: PageAsked) -> slice:
    """Return where in the list the page lies that is asked for."""
    start = (asked.page - 1) * asked.per_page
    return slice(start, start + asked.per_page)


def page(contents: list[Record], total: int, asked: PageAsked, kind: type[Page]) -> Page:
    """Return the page with these `contents` of a list of `total`; raises ProblemError beyond the last."""
    pages = -(-total // asked.per_page)
    if asked.page > max(pages, 1):
        sentence = f"Listen har kun {pages} sider. Skriv et lavere tal." if pages > 1 else ONE_PAGE
        raise not_found(sentence, Fault("page", sentence))
    keys: dict[str, Any] = {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return kind(**keys)


ONE_PAGE = "Listen har kun én side. Skriv page=1."
