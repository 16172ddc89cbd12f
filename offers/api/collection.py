"""Rows of one kind as an API gives them: a list that one can narrow, and each by its id."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from offers.api.endpoint import NO_SUCH_ID, Endpoint
from offers.api.parameters import Asked, PageAsked
from offers.api.problems import Fault, not_found
from offers.api.records import Answer, Record, page_of, page_type


@dataclass(frozen=True)
class Collection:
    """Rows of one kind; `rows` gives those that are asked for, in a steady order, with all they need."""

    name: str
    singular: str
    danish: str
    description: str
    record: type[Record]
    asked: type[PageAsked]
    rows: Callable[[Any], QuerySet]
    say: Callable[[Any], Record]

    def endpoints(self) -> tuple[Endpoint, Endpoint]:
        """Return the address of the list, and that of one row."""
        kind = page_type(self.record)

        def several(asked: Any) -> Answer:
            """Answer with one page of the list."""
            return Answer(page_of(self.rows(asked), asked, self.say, kind))

        def one(asked: Asked, key: UUID) -> Answer:
            """Answer with one row; raises ProblemError when there is none."""
            row = self.rows(self.asked()).filter(uuid=key).first()
            if row is None:
                raise not_found(NO_SUCH_ID, Fault("id", NO_SUCH_ID))
            return Answer(self.say(row))

        single = self.singular[0].upper() + self.singular[1:]
        plural = self.name[0].upper() + self.name[1:]
        return (
            Endpoint(
                f"/{self.name}",
                f"list{plural}",
                self.danish,
                f"{self.danish}: listen",
                self.description,
                self.asked,
                kind,
                several,
            ),
            Endpoint(
                f"/{self.name}/{{id}}",
                f"get{single}",
                self.danish,
                f"{self.danish}: en enkelt",
                self.description,
                Asked,
                self.record,
                one,
            ),
        )
