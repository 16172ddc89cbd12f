"""What one may ask an API: every parameter is known, written once, and of the right form, or refused."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from offers import cpr
from offers.api.problems import Fault, bad_parameters

# The largest page number: times the largest page, it is still a number that every database takes.
MOST_PAGES = 1_000_000
MOST_ON_A_PAGE = 100
MAX_WORDS_LENGTH = 1000
LONGEST_NAME = 40
OURS = "vejviser"
_DAY = (
    r"(?:19|20)[0-9][0-9]-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-9]))"
)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
DAY_PATTERN = f"^{_DAY}$"
MOMENT_PATTERN = rf"^{_DAY}(?:T{_CLOCK}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?)?$"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,12}", re.ASCII)
# A plus in an address stands for a space; in front of a time zone nothing else can be meant.
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)", re.ASCII)
# U+FFFD is what bytes become that are no UTF-8.
READABLE = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]*$"
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


def refused(sentence: str) -> PydanticCustomError:
    """Return the error that says `sentence`."""
    return PydanticCustomError(OURS, sentence)


def _number(value: Any) -> Any:
    """Return the whole number that stands in the text; digits alone."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise refused("Skriv et helt tal med cifre, fx 2.")
    return value


def _id(value: Any) -> Any:
    """Return the id that stands in the text."""
    if isinstance(value, str) and not is_id(value):
        raise refused("Skriv et id, som API'et har givet: 32 tegn i fem grupper med bindestreger.")
    return value


def is_id(text: str) -> bool:
    """Return whether `text` is written as an id of ours."""
    return _UUID.fullmatch(text) is not None


def _truth(value: Any) -> Any:
    """Return whether the text says yes."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise refused("Skriv true eller false.")
        return value == "true"
    return value


def _day(value: Any) -> Any:
    """Return the day that stands in the text."""
    return _read_time(value, DAY_PATTERN, date.fromisoformat, "Skriv en dato, fx 2026-11-22.")


def _moment(value: Any) -> Any:
    """Return the moment that stands in the text; a day begins at midnight, and no zone is ours."""
    if not isinstance(value, str):
        return value
    sentence = "Skriv en dato, fx 2026-11-22, eller et tidspunkt, fx 2026-11-22T08:30:00Z."
    found = _read_time(_LOST_PLUS.sub("+", value), MOMENT_PATTERN, datetime.fromisoformat, sentence)
    return found if found.tzinfo else timezone.make_aware(found)


def _read_time(value: Any, pattern: str, read: Callable[[str], Any], sentence: str) -> Any:
    """Return what `read` makes of a text of that pattern; raises an error that says `sentence`."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(pattern, value, re.ASCII):
        raise refused(sentence)
    try:
        return read(value)
    except ValueError as error:  # the 29th of February of another year
        raise refused(sentence) from error


def _words(value: Any) -> Any:
    """Return the words to search for; raises an error for what no search can read."""
    if isinstance(value, str):
        if cpr.removed(value) != value:
            raise refused(str(cpr.REFUSED))
        if len(value) > MAX_WORDS_LENGTH:
            raise refused(f"Teksten er for lang. Skriv højst {MAX_WORDS_LENGTH} tegn.")
        if _UNREADABLE.search(value):
            raise refused("Et tegn i teksten kan ikke læses. Skriv kun bogstaver og tal.")
    return value


DIGITS = BeforeValidator(_number)
Number = Annotated[int, DIGITS]
Id = Annotated[UUID, BeforeValidator(_id)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_PATTERN}),
]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "pattern": MOMENT_PATTERN})
]
Words = Annotated[
    str,
    BeforeValidator(_words),
    WithJsonSchema({"type": "string", "maxLength": MAX_WORDS_LENGTH, "pattern": READABLE}),
]


class Asked(BaseModel):
    """The parameters of one address; by itself, of one that takes none."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # Other names by which clients know a parameter.
    ALSO: ClassVar[dict[str, str]] = {}


class PageAsked(Asked):
    """Which page of a list one wants."""

    page: Number = Field(
        default=1,
        ge=1,
        le=MOST_PAGES,
        description="Hvilken side, fra 1. (Which page, from 1.)",
        examples=[1],
    )
    per_page: Number = Field(
        default=50,
        ge=1,
        le=MOST_ON_A_PAGE,
        description="Hvor mange poster på hver side. (How many items on each page.)",
        examples=[50],
    )


A = TypeVar("A", bound=Asked)


def read(query: QueryDict, model: type[A]) -> A:
    """Return what is asked; raises ProblemError that names each parameter that is wrong."""
    values: dict[str, str] = {}
    as_written: dict[str, str] = {}
    faults: list[Fault] = []
    for written, several in query.lists():
        name = model.ALSO.get(written, written)
        if len(several) > 1 or name in values:
            faults.append(Fault(_shown(written), "Parameteren står flere gange. Skriv den kun én gang."))
        values[name], as_written[name] = several[-1], written
    try:
        asked = model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        faults += [
            Fault(_shown(as_written.get(name := str(one["loc"][0]), name)), _sentence(one, model))
            for one in found
        ]
    if faults:
        raise bad_parameters(*faults)
    return asked


def _shown(name: str) -> str:
    """Return the name of a parameter as it may be repeated."""
    return _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", cpr.removed(name))[:LONGEST_NAME]


def _sentence(error: ErrorDetails, model: type[Asked]) -> str:
    """Return what to write instead."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = ", ".join(model.model_fields)
            return f"Parameteren findes ikke her. Du kan bruge: {known}." if known else NO_PARAMETERS
        case "greater_than_equal":
            return f"Tallet skal være mindst {limits['ge']}."
        case "less_than_equal":
            return f"Tallet må højst være {limits['le']}."
        case "enum":
            known = limits["expected"].replace(" or ", ", ").replace("'", "")
            return f"Vælg en af disse værdier: {known}."
    return error["msg"]


NO_PARAMETERS = "Denne adresse har ingen parametre. Tag parameteren væk."
