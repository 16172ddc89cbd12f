"""The names of what one may choose among, from several tables in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from offers.models import Need, TargetGroup
from policies.models import Sdg

NONE, EMPTY = Value(0), Value("")
# Where a row stands among its own kind: by number, name, number, number and name.
PLACES: dict[type[Any], tuple[Any, ...]] = {
    # An area before the needs in it, as `NeedQuerySet.for_choices` has them.
    Need: (
        Coalesce("parent__order", "order"),
        Coalesce("parent__sort_key", "sort_key"),
        Case(When(parent=None, then=0), default=1),
        F("order"),
        F("sort_key"),
    ),
    TargetGroup: (F("order"), F("sort_key"), NONE, NONE, EMPTY),
    Sdg: (F("number"), EMPTY, NONE, NONE, EMPTY),
}
BY_NAME = (NONE, F("sort_key"), NONE, NONE, EMPTY)


def names_of(asked: Mapping[str, QuerySet]) -> dict[str, list[tuple[str, str]]]:
    """Return for each group the value in the address and the name of each of its rows, in their order.

    The names are in the language of the page. One query, whatever the number of groups.
    """
    queries = [_columns(group, rows) for group, rows in asked.items()]
    found: dict[str, list[tuple[str, str]]] = {group: [] for group in asked}
    places = [f"place_{number}" for number in range(len(BY_NAME))]
    for group, key, name, name_en, *_ in (
        queries[0].union(*queries[1:], all=True).order_by("group", *places)
    ):
        found[group].append((key, _label(asked[group].model, key, name, name_en)))
    return found


def _columns(group: str, rows: QuerySet) -> QuerySet:
    """Return rows of (group, value, name, English name, and where the row stands)."""
    translated = rows.model in PLACES
    columns: dict[str, Any] = {
        "group": Value(group),
        "key": Cast("number", CharField()) if rows.model is Sdg else F("slug"),
        "name_da": F("name"),
        "english": F("name_en") if translated else EMPTY,
    }
    for number, place in enumerate(PLACES.get(rows.model, BY_NAME)):
        columns[f"place_{number}"] = Cast(place, IntegerField()) if number in (0, 2, 3) else place
    return rows.order_by().annotate(**columns).values_list(*columns)


def _label(model: Any, key: str, name: str, name_en: str) -> str:
    """Return what a row is called, as the row itself says it."""
    if model is Sdg:
        return str(Sdg(number=int(key), name=name, name_en=name_en))
    return model(name=name, name_en=name_en).label if model in PLACES else name
