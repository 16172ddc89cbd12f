"""An index that takes over what has not changed is the same value as one made anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from offers.search.documents import Document
from offers.search.index import Draft, Index, Listing, build

GROUPS = ("behov", "kommune")
LETTERS = st.sampled_from("abcd")


def contents():
    """Draw what a document holds beside its key and its name."""
    return st.fixed_dictionaries(
        {
            "terms": st.dictionaries(LETTERS, st.integers(0, 65_535), max_size=4),
            "words": st.frozensets(LETTERS),
            "facts": st.dictionaries(st.sampled_from(GROUPS), st.lists(LETTERS, max_size=2).map(tuple)),
            "min_age": st.none() | st.integers(0, 9),
            "shown_until": st.none() | st.integers(1, 9),
            "closed_on_holidays": st.none() | st.booleans(),
            "hours": st.lists(st.tuples(*[st.integers(0, 3)] * 5), max_size=2).map(tuple),
            "closures": st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=1).map(tuple),
        }
    )


def collections():
    """Draw documents by their keys, each with a name and contents."""
    return st.dictionaries(st.integers(1, 9), st.tuples(LETTERS, contents()), max_size=8)


def documents(rows):
    return [Document(pk=key, order=(name, str(key)), **held) for key, (name, held) in rows.items()]


def listing(rows):
    """Return the listing of documents; the signature is their contents."""
    signatures = [hash(repr(row)) % 2**64 for row in rows.values()]
    keys = np.array(list(rows), np.int64)
    orders = [(name, str(key)) for key, (name, _) in rows.items()]
    return Listing(keys, np.array(signatures, np.uint64), orders)


def drafted(rows, previous=None, unreadable=()):
    draft = Draft(listing(rows), previous, GROUPS)
    wanted = [row for row in documents(rows) if row.pk in draft.missing and row.pk not in unreadable]
    return draft.filled(wanted)


def assert_same(one: Index, other: Index) -> None:
    for name in ("keys", "signatures"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name in ("terms", "words"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.names == theirs.names
        for part in ("start", "docs", "weights"):
            np.testing.assert_array_equal(getattr(mine, part), getattr(theirs, part))
    for group in GROUPS:
        assert one.facets[group].values == other.facets[group].values
        np.testing.assert_array_equal(one.facets[group].has, other.facets[group].has)
    for part in ("columns", "tables"):
        for name, array in getattr(one, part).items():
            np.testing.assert_array_equal(array, getattr(other, part)[name])


@given(collections(), collections())
def test_taking_over_gives_what_making_anew_gives(before, after):
    assert_same(drafted(after, drafted(before)), drafted(after))


@given(collections())
def test_nothing_is_read_again_when_nothing_has_changed(rows):
    index = drafted(rows)
    draft = Draft(listing(rows), index, GROUPS)
    assert draft.missing == []
    assert_same(draft.filled([]), index)


@given(collections())
def test_a_document_that_went_away_meanwhile_is_never_shown(rows):
    index = drafted(rows, unreadable=set(rows))
    assert not index.published(5).any()


def test_postings_are_those_of_the_documents():
    rows = [
        Document(7, ("b",), {"sorg": 5, "gruppe": 2}, frozenset({"sorgen"})),
        Document(3, ("a",), {"sorg": 1}, frozenset({"sorg", "sorgen"})),
    ]
    index = build(rows, ())
    assert index.keys.tolist() == [3, 7]
    docs, weights = index.postings("sorg")
    assert (docs.tolist(), weights.tolist()) == ([0, 1], [1, 5])
    assert index.frequency("gruppe") == 1
    assert index.frequency("ukendt") == 0
    assert index.word_counts == {"sorg": 1, "sorgen": 2}
