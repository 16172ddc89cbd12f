"""The best that databases can do for a page of results: what the page is compared to.

The words are found by the engine's own full text. Alone, it takes all counts by one statement over a
narrow table with a bit for each value of each filter, and the rows by a second one; shared, the process
counts. It knows no compounds, no slips, no neighbours and no weights of fields: it is a measure of time,
not of answers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

BITS = 62  # in a column
ROWS = 20
MANY = ("needs", "target_groups", "formats", "municipalities")
SINGLE = ("way_in", "anonymous", "cost")
COLUMNS = "id, slug, code, title, summary, organisation_id, min_age, max_age, way_in, cost, anonymous"
TEXT = "title || ' ' || summary || ' ' || description"
SQLITE = f"""
CREATE VIRTUAL TABLE bench_words USING fts5(said, content='', tokenize='unicode61');
INSERT INTO bench_words (rowid, said) SELECT id, {TEXT} FROM offers_offer
"""
POSTGRESQL = f"""
CREATE TABLE bench_words AS SELECT id AS rowid, to_tsvector('danish', {TEXT}) AS said FROM offers_offer;
CREATE INDEX ON bench_words USING gin (said);
ANALYZE bench_words
"""
MATCH = {
    "sqlite": "SELECT rowid FROM bench_words WHERE bench_words MATCH %s",
    "postgresql": "SELECT rowid FROM bench_words WHERE said @@ to_tsquery('danish', %s)",
}
BEST = {
    "sqlite": " ORDER BY rank LIMIT 20",
    "postgresql": " ORDER BY ts_rank_cd(said, to_tsquery('danish', %s)) DESC LIMIT 20",
}


_bits: dict[tuple[str, Any], int] = {}


def prepare() -> None:
    """Make the tables."""
    from django.db import connection

    made = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        for statement in made.split(";"):
            cursor.execute(statement)
    having = _having()
    columns = [f"b{number}" for number in range(len(_bits) // BITS + 1)]
    rows = [
        (pk, *(sum(1 << bit % BITS for bit in bits if bit // BITS == n) for n in range(len(columns))))
        for pk, bits in having.items()
    ]
    with connection.cursor() as cursor:
        types = ", ".join(f"{column} bigint" for column in columns)
        cursor.execute(f"CREATE TABLE bench_bits (id integer PRIMARY KEY, {types})")
        marks = ", ".join(["%s"] * (len(columns) + 1))
        cursor.executemany(f"INSERT INTO bench_bits VALUES ({marks})", rows)


def _having() -> dict[int, set[int]]:
    """Return the values that each offer has, numbered as they come."""
    from offers.models import Offer

    having: dict[int, set[int]] = {pk: set() for pk in Offer.objects.values_list("pk", flat=True)}
    for name in (*MANY, *SINGLE):
        for pk, value in Offer.objects.order_by().values_list("pk", name):
            if value is not None:
                having[pk].add(_bits.setdefault((name, value), len(_bits)))
    return having


def alone(query: str) -> Callable[[], Any]:
    """Return the two statements of the database for the words of `query`, or for no words."""
    from django.db import connection

    said, match, best = _asked(query)
    sums = ", ".join(f"SUM((b{bit // BITS} >> {bit % BITS}) & 1)" for bit in range(len(_bits)))
    where = f"WHERE id IN ({match})" if said else ""
    counts = f"SELECT COUNT(*), {sums} FROM bench_bits {where}"
    rows = f"SELECT {COLUMNS} FROM offers_offer WHERE id IN ({best})"

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute(counts, [said] * counts.count("%s"))
            cursor.fetchall()
            cursor.execute(rows, [said] * rows.count("%s"))
            cursor.fetchall()

    return work


def shared(query: str) -> Callable[[], Any]:
    """Return the work when the database finds the words and reads the rows, and the process counts."""
    from django.db import connection

    from offers.search import current

    index = current.reader().index
    said, match, _ = _asked(query)
    joined = "group_concat(rowid)" if connection.vendor == "sqlite" else "string_agg(rowid::text, ',')"
    everything = (
        f"SELECT {joined} FROM ({match if said else 'SELECT id AS rowid FROM bench_bits'}) AS found"
    )

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute(everything, [said] if said else [])
            keys = np.fromstring(cursor.fetchone()[0] or "", dtype=np.int64, sep=",")
            mask = np.zeros(len(index), bool)
            mask[index.places_of(np.intersect1d(keys, index.keys))] = True
            for facet in index.facets.values():
                facet.counts(mask)
            marks = ", ".join(["%s"] * min(ROWS, len(keys))) or "NULL"
            rows = f"SELECT {COLUMNS} FROM offers_offer WHERE id IN ({marks})"
            cursor.execute(rows, keys[:ROWS].tolist())
            cursor.fetchall()

    return work


def _asked(query: str) -> tuple[str, str, str]:
    """Return the words of `query` as the engine takes them, and what finds any of them, and the best."""
    from django.db import connection
    from django.http import QueryDict

    from offers.search import current

    kind = connection.vendor
    text = QueryDict(query).get("q") or ""
    said = "".join(sign if sign.isalnum() else " " for sign in text).casefold().split()
    words = [word for word in said if word not in current.reader().analyser.stop_words]
    if not words:
        return "", "", f"SELECT id FROM bench_bits ORDER BY id LIMIT {ROWS}"
    said = " OR ".join(f'"{word}"' for word in words) if kind == "sqlite" else " | ".join(words)
    return said, MATCH[kind], MATCH[kind] + BEST[kind]
