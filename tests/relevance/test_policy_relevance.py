"""The floors that the answers to judged queries over policies may not fall through."""

import pytest

from offers.management.commands.relevance import judged_queries
from offers.search.question import Question
from offers.search.relevance import means
from policies.search import current
from policies.search.kinds import MODELS, Kind, key_of
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

QUERIES = judged_queries(ROOT / "tests" / "relevance" / "policy-queries.yaml")


@pytest.fixture
def names():
    """Return what the queries call each thing that can be found, by its key in the index."""
    return {
        key_of(kind, row.pk): f"{kind}/{'#'.join(map(str, row.natural_key()))}"
        for kind in Kind
        for row in MODELS[kind].objects.all()
    }


def test_judged_answers_can_be_found(names):
    for query in QUERIES:
        assert set(query.answers) <= set(names.values()), query.query
        assert 2 in query.answers.values(), query.query


# What was reached when the floor was set, less the width of one query; raise it, never lower it.
FLOORS = {
    "plain": 0.90,
    "inflection": 0.80,
    "compound": 0.95,
    "typo": 0.88,
    "lay": 0.70,
    "year": 0.93,
    "place": 0.80,
    "alle": 0.88,
}


def test_no_kind_of_query_falls_below_its_floor(names):
    keys = [current.ask(Question(words=query.query)).keys for query in QUERIES]
    rows = [(query, [names[key] for key in found]) for query, found in zip(QUERIES, keys, strict=True)]
    reached = means(rows)
    assert {kind: reached[kind] for kind in FLOORS if reached[kind] < FLOORS[kind]} == {}
    assert sum(not found for _, found in rows) <= 1
