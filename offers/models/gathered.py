"""`prefetch_related` in one statement: what hangs on some rows is gathered, not asked for kind by kind.

Django asks once for each relation, so that a page which shows a dozen kinds of rows goes a dozen times to
the database. Here each of these questions is a column of one. Its text depends on the lookups and on how
many rows they hang on, not on which, so it is worked out once and kept. A `Prefetch` is known again as the
same object: whoever keeps his lookups has his statement kept.

What cannot be gathered (a slice, a union, a relation to one row or to another field than the key, a path
over rows that are not loaded) is left to Django, which does as ever. Decision 0023 tells what was weighed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.db.models import (
    Expression,
    F,
    Field,
    ForeignKey,
    ManyToManyField,
    ManyToManyRel,
    ManyToOneRel,
    Model,
    OneToOneRel,
    Prefetch,
    Q,
    prefetch_related_objects,
)
from django.db.models.constants import LOOKUP_SEP
from django.db.models.query import ModelIterable

from offers.models.in_json import DIALECTS, NotInJsonError, RowsInJson
from offers.models.tracked import batched

# The name under which a row tells what it hangs on.
OWNER = "gathered_for"
# How many statements a connection keeps: one for each set of lookups and each power of two of rows.
KEPT = 64
# How many rows are gathered for at a time: each is a parameter of each lookup.
AT_ONCE = 512

# The names of the relations to one row, each of the row before, over which a lookup leads.
Path = tuple[str, ...]


class Key(NamedTuple):
    """A place in a statement: for the key of the row number `number` at the end of `path`."""

    path: Path
    number: int


class Keys(Expression):
    """The keys of the rows at the end of a path, which are known when the statement is sent."""

    def __init__(self, path: Path, count: int):
        """There are at most `count`."""
        super().__init__(output_field=Field())
        self.places = [Key(path, number) for number in range(count)]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return a list with a place for each key."""
        return f"({', '.join(['%s'] * len(self.places))})", self.places


class Lookup:
    """A lookup as a key: words are equal to the same words, a `Prefetch` to itself alone.

    To Django, one `Prefetch` is equal to each other of the same name, whatever its rows.
    """

    def __init__(self, lookup: str | Prefetch):
        """Take it apart."""
        self.prefetch: Any = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        *path, self.name = self.prefetch.prefetch_through.split(LOOKUP_SEP)
        self.path: Path = tuple(path)
        self._same = id(lookup) if isinstance(lookup, Prefetch) else lookup

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lookup) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)


class Part:
    """The rows of one lookup: a column of the statement, and how they are put in place."""

    def __init__(self, connection: Any, model: type[Model], count: int, lookup: Lookup):
        """`lookup` is of at most `count` rows of `model`; raises NotInJsonError when Django has to ask."""
        self.lookup = lookup
        self.relation = _relation(model, lookup)
        chosen = lookup.prefetch.queryset
        rows = self.relation.related_model._default_manager.all() if chosen is None else chosen.all()
        if not _is_plain(rows, connection.alias):
            raise NotInJsonError
        self.then = rows._prefetch_related_lookups
        back = self.relation.remote_field.name
        # Where the rows are chosen by what they hang on, the same is meant here, as in Django.
        rows.query.add_q(Q(**{f"{back}__in": Keys(lookup.path, count)}), reuse_all=True)
        asked = rows.annotate(**{OWNER: F(back)}).query
        self.told = RowsInJson(asked.get_compiler(connection.alias))

    def put(self, owners: Iterable[Any], rows: Iterable[Any]) -> None:
        """Give each of `owners` its rows, in the way of `prefetch_related`."""
        by_owner = defaultdict(list)
        for row in rows:
            by_owner[getattr(row, OWNER)].append(row)
        for owner in owners:
            mine = by_owner[owner.pk]
            if isinstance(self.relation, ManyToOneRel):
                for row in mine:
                    if not self.relation.field.is_cached(row):
                        self.relation.field.set_cached_value(row, owner)
            self._keep(owner, mine)

    def _keep(self, owner: Any, mine: list[Any]) -> None:
        prefetch, name = self.lookup.prefetch, self.lookup.name
        if prefetch.to_attr:
            setattr(owner, prefetch.to_attr, mine)
            return
        manager, chosen = getattr(owner, name), prefetch.queryset
        rows = manager.get_queryset() if chosen is None else manager._apply_rel_filters(chosen.all())
        rows._result_cache, rows._prefetch_done = mine, True
        vars(owner).setdefault("_prefetched_objects_cache", {})[name] = rows


class Statement:
    """One question for the rows of several lookups; it belongs to a connection."""

    def __init__(self, connection: Any, model: type[Model], count: int, *lookups: Lookup):
        """`lookups` are of at most `count` rows of `model`; those without a part are left to Django."""
        self.parts: list[Part] = []
        for lookup in lookups:
            try:
                self.parts.append(Part(connection, model, count, lookup))
            except NotInJsonError:
                continue
        self.sql = f"SELECT {', '.join(part.told.sql for part in self.parts)}"
        self.params = [param for part in self.parts for param in part.told.params]

    def fetch(self, owners: dict[Path, list[Any]], using: str) -> None:
        """Ask, and put the rows in place; `owners` are the rows at the end of each path."""
        if not self.parts:
            return
        connection = connections[using]
        keys = {
            path: [rows[0]._meta.pk.get_db_prep_value(key, connection) for key in {row.pk for row in rows}]
            for path, rows in owners.items()
        }
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_filled(param, keys) for param in self.params])
            answers = cursor.fetchone()
        for part, answer in zip(self.parts, answers, strict=True):
            rows = part.told.rows(answer)
            gather(rows, part.then, using)
            part.put(owners[part.lookup.path], rows)


def gather(rows: Sequence[Any], lookups: Iterable[str | Prefetch], using: str) -> None:
    """Do for `rows` what `prefetch_related_objects` does, with one statement to the database `using`."""
    wanted = [Lookup(lookup) for lookup in lookups]
    left = set(wanted)
    if rows and isinstance(rows[0], Model) and connections[using].vendor in DIALECTS:
        left = set().union(*(_gathered(some, wanted, using) for some in batched(list(rows), AT_ONCE)))
    if left:
        prefetch_related_objects(rows, *(lookup.prefetch for lookup in wanted if lookup in left))


def _gathered(rows: Sequence[Any], wanted: list[Lookup], using: str) -> set[Lookup]:
    """Load those of `wanted` that one statement can; return those that it cannot."""
    owners: dict[Path, list[Any]] = {}
    for path in {lookup.path for lookup in wanted}:
        found = _at_the_end(rows, path)
        if found is not None:
            owners[path] = found
    ours = [lookup for lookup in wanted if lookup.path in owners]
    statement = _statement(using, type(rows[0]), 1 << (len(rows) - 1).bit_length(), *ours)
    statement.fetch(owners, using)
    return {*wanted} - {part.lookup for part in statement.parts}


def _statement(using: str, model: type[Model], count: int, *lookups: Lookup) -> Statement:
    """Return the statement, which is kept with the connection, and forgotten with it."""
    connection: Any = connections[using]
    if "gathered_statements" not in vars(connection):
        connection.gathered_statements = lru_cache(KEPT)(partial(Statement, connection))
    return connection.gathered_statements(model, count, *lookups)


def _filled(param: Any, keys: dict[Path, list[Any]]) -> Any:
    """Return what stands in the place of `param`; where there are fewer keys than places, nothing."""
    if not isinstance(param, Key):
        return param
    known = keys[param.path]
    return known[param.number] if param.number < len(known) else None


def _at_the_end(rows: Sequence[Any], path: Path) -> list[Any] | None:
    """Return the rows at the end of `path`; None where some are not loaded."""
    for name in path:
        loaded = (name in row._state.fields_cache for row in rows)
        if not all(loaded):
            return None
        rows = [found for row in rows if (found := getattr(row, name)) is not None]
    return list(rows)


def _relation(model: Any, lookup: Lookup) -> Any:
    """Return the relation to many rows by their key; raises NotInJsonError for any other."""
    try:
        for step in lookup.path:
            reference = model._meta.get_field(step)
            if not isinstance(reference, ForeignKey):
                raise NotInJsonError
            model = reference.related_model
        relation = model._meta.get_field(lookup.name)
    except FieldDoesNotExist as error:
        raise NotInJsonError from error
    key: str | None
    accessor: str | None
    # Django keeps the rows under the name by which one asks for them.
    if isinstance(relation, ManyToManyField):
        key, accessor = relation.m2m_target_field_name(), relation.name
    elif isinstance(relation, ManyToManyRel):
        key, accessor = relation.field.m2m_reverse_target_field_name(), relation.get_accessor_name()
    elif isinstance(relation, ManyToOneRel) and not isinstance(relation, OneToOneRel):
        key, accessor = relation.field_name, relation.get_accessor_name()
    else:
        raise NotInJsonError
    if (key, accessor) != (model._meta.pk.name, lookup.name):
        raise NotInJsonError
    return relation


def _is_plain(rows: Any, using: str) -> bool:
    """Whether rows of a model are asked for as they stand there, of the database `using`."""
    query = rows.query
    cut = query.is_sliced or query.combinator or query.distinct or query.group_by is not None
    plain = not cut and not query.select_for_update
    return plain and rows._iterable_class is ModelIterable and rows._db in (None, using)


class Gathering:
    """For a QuerySet: its `prefetch_related` takes one statement, whatever the number of lookups.

    Only `iterator()` loads as ever: it asks anew for each chunk.
    """

    def _prefetch_related_objects(self) -> None:
        """Load what was asked for beside the rows, as soon as these are there."""
        rows: Any = self
        gather(rows._result_cache, rows._prefetch_related_lookups, rows.db)
        rows._prefetch_done = True
