"""How good is the search? Judged queries, and the figures they give. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

AT = 10


@dataclass(frozen=True)
class Judged:
    """A query, what kind it is, in which half it lies, and the grades of the offers that answer it.

    2 is what the person is looking for, 1 also helps; what is not named does not help.
    """

    query: str
    kind: str
    half: str
    answers: Mapping[str, int]


@dataclass(frozen=True)
class Figures:
    """Means over some queries: nDCG and recall in the first ten, and how many found nothing."""

    queries: int
    ndcg: float
    recall: float
    nothing: int


def ndcg(found: Sequence[str], answers: Mapping[str, int], at: int = AT) -> float:
    """Return the normalised discounted cumulative gain of the first `at` slugs found.

    The gain of a grade g is 2^g − 1 (Burges et al., “Learning to rank using gradient descent”, 2005).
    """
    ideal = sorted(answers.values(), reverse=True)
    best = _gain(ideal[:at])
    return _gain([answers.get(slug, 0) for slug in found[:at]]) / best if best else 0.0


def _gain(grades: Iterable[int]) -> float:
    """Return the discounted gain of grades in their order."""
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def recall(found: Sequence[str], answers: Mapping[str, int], at: int = AT) -> float:
    """Return how large a share of the answers stands in the first `at`, of those that could."""
    return len(set(found[:at]) & set(answers)) / min(len(answers), at)


def figures(judged: Sequence[tuple[Judged, Sequence[str]]]) -> Figures:
    """Return the means over queries with what was found for each."""
    count = len(judged)
    return Figures(
        queries=count,
        ndcg=sum(ndcg(found, query.answers) for query, found in judged) / count,
        recall=sum(recall(found, query.answers) for query, found in judged) / count,
        nothing=sum(not found for _, found in judged),
    )


def by_kind(judged: Iterable[tuple[Judged, Sequence[str]]]) -> dict[tuple[str, str], Figures]:
    """Return the figures of each kind and half, and of each half together (kind “alle”)."""
    groups: dict[tuple[str, str], list[tuple[Judged, Sequence[str]]]] = defaultdict(list)
    for query, found in judged:
        groups[query.kind, query.half].append((query, found))
        groups["alle", query.half].append((query, found))
    return {key: figures(rows) for key, rows in sorted(groups.items())}


def means(judged: Iterable[tuple[Judged, Sequence[str]]]) -> dict[str, float]:
    """Return the mean nDCG of each kind, both halves together, and of all (kind “alle”)."""
    scores: dict[str, list[float]] = defaultdict(list)
    for query, found in judged:
        for kind in (query.kind, "alle"):
            scores[kind].append(ndcg(found, query.answers))
    return {kind: sum(values) / len(values) for kind, values in scores.items()}
