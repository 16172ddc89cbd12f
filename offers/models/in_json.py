"""Rows of a QuerySet as one JSON value: how a database is asked for it, and how it becomes rows again.

So the rows of several questions fit into the columns of one. What differs between the databases stands in
`DIALECTS`; what JSON says in its own way (dates, exact numbers) is read back, field by field, before
Django's converters see it.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey
from django.db.models.query import get_related_populators

Reader = Callable[[Any], Any]
# A function of PostgreSQL takes no more arguments.
MOST_COLUMNS = 100
# The types of fields that JSON has no word for.
UNSAID = {"BinaryField", "DurationField"}


class NotInJsonError(Exception):
    """The rows of a question cannot be told as JSON, or there are none."""


class Dialect(NamedTuple):
    """How a database writes rows as JSON, and what reads a value, by the internal type of its field."""

    rows: str
    row: str
    columns: dict[str, str]
    readers: dict[str, Reader]


DIALECTS = {
    "sqlite": Dialect(
        rows="json_group_array({})",
        row="json_array({})",
        # JSON has fifteen digits of a number before SQLite 3.45, and a number has seventeen.
        columns={"FloatField": "CASE WHEN {0} IS NOT NULL THEN printf('%%!.20e', {0}) END"},
        readers={"FloatField": float},
    ),
    "postgresql": Dialect(
        rows="coalesce(json_agg({}), '[]')::text",
        row="json_build_array({})",
        columns={"DecimalField": "{}::text", "JSONField": "{}::text"},
        readers={
            "DateField": date.fromisoformat,
            "DateTimeField": datetime.fromisoformat,
            "DecimalField": Decimal,
            "FloatField": float,
            "TimeField": time.fromisoformat,
            "UUIDField": UUID,
        },
    ),
}


class RowsInJson:
    """The question of a QuerySet, to be a column of another, and what makes rows of the answer.

    It holds what the connection converts with, and so belongs to it.
    """

    def __init__(self, compiler: Any):
        """Compile the query; raises NotInJsonError when its rows are to be asked for as ever."""
        dialect = DIALECTS[compiler.connection.vendor]
        try:
            asked, self.params = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet as error:
            raise NotInJsonError from error
        expressions = [expression for expression, _, _ in compiler.select]
        kinds = [_kind(expression) for expression in expressions]
        sayable = compiler.connection.data_types.keys() - UNSAID
        if len(kinds) > MOST_COLUMNS or not sayable.issuperset(kinds):
            raise NotInJsonError
        names = [compiler.connection.ops.quote_name(alias) for _, _, alias in compiler.select]
        columns = [
            dialect.columns.get(kind, "{}").format(name) for kind, name in zip(kinds, names, strict=True)
        ]
        row = dialect.row.format(", ".join(columns))
        # All of it was written by Django, or stands above.
        self.sql = f"(SELECT {dialect.rows.format(row)} FROM ({asked}) AS rows_told)"  # noqa: S608
        self._readers = [
            (place, dialect.readers[kind]) for place, kind in enumerate(kinds) if kind in dialect.readers
        ]
        self._remember(compiler, expressions)

    def _remember(self, compiler: Any, expressions: list[Any]) -> None:
        """Keep what Django works out of a compiled query to make rows of values (`ModelIterable`)."""
        self._converters = [
            (place, partial(_converted, converter, expression, compiler.connection))
            for place, (several, expression) in compiler.get_converters(expressions).items()
            for converter in several
        ]
        self._using = compiler.using
        own = compiler.klass_info["select_fields"]
        self._model, self._own = compiler.klass_info["model"], slice(own[0], own[-1] + 1)
        self._names = [expression.target.attname for expression in expressions[self._own]]
        populators: Any = get_related_populators
        self._joined = populators(compiler.klass_info, compiler.select, compiler.using)
        self._annotations = list(compiler.annotation_col_map.items())

    def rows(self, text: str) -> list[Any]:
        """Return the rows of an answer, as Django makes them of its own."""
        return [self._row(values) for values in json.loads(text)]

    def _row(self, values: list[Any]) -> Any:
        for place, reader in self._readers:
            if values[place] is not None:
                values[place] = reader(values[place])
        for place, converter in self._converters:
            values[place] = converter(values[place])
        row = self._model.from_db(self._using, self._names, values[self._own])
        for joined in self._joined:
            joined.populate(values, row)
        for name, place in self._annotations:
            setattr(row, name, values[place])
        return row


def _kind(expression: Any) -> str:
    """Return the internal type of what an expression gives; of a reference, that of the key it holds.

    Nothing where nobody has said it.
    """
    field = expression._output_field_or_none
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field.get_internal_type() if field else ""


def _converted(converter: Any, expression: Any, connection: Any, value: Any) -> Any:
    """Return `value` as a converter of Django gives it."""
    return converter(value, expression, connection)
