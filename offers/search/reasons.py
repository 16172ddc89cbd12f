"""Why an offer answers: for each thing asked for, the text that says it best. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from offers.search.concepts import SYNONYM, need_term
from offers.search.snippets import Evidence, Marker, Piece

MOST_TOPICS = 3
# What is not on the card anyway must answer this surely to be shown: one word of a phrase says too little.
SURE = SYNONYM

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class NeedText:
    """A need of an offer: its slug and those above it, its name, and other words for it."""

    slugs: tuple[str, ...]
    name: str
    keywords: str = ""


@dataclass(frozen=True)
class Texts:
    """What the public may read of an offer.

    `paragraphs` takes the markup off the description; it is called only when that says more than the rest.
    """

    title: str
    summary: str = ""
    organisation: str = ""
    description: str = ""
    keywords: Sequence[str] = ()
    needs: Sequence[NeedText] = ()
    paragraphs: Callable[[str], Sequence[str]] = str.splitlines


@dataclass(frozen=True)
class Reasons:
    """An offer's texts with the words marked that answer, and what else it says of what was asked."""

    title: Pieces
    summary: Pieces
    organisation: Pieces
    excerpt: Pieces = ()
    topics: tuple[Pieces, ...] = ()


def reasons(marker: Marker, texts: Texts) -> Reasons:
    """Return why the offer with `texts` answers the concepts of `marker`.

    What the card shows anyway is marked. A concept that is answered more surely elsewhere is told by a
    need, a sentence of the description or a keyword: by the surest of them, in that order. When nothing
    tells it, the needs are named.
    """
    shown = _surest(marker.of_text(text) for text in (texts.title, texts.summary, texts.organisation))
    needs = [_of_need(marker, need) for need in texts.needs]
    body = _sure(marker.of_text(texts.description))
    keywords = [_sure(marker.of_text(keyword)) for keyword in texts.keywords]
    sources = [shown, _surest(needs), body, _surest(keywords)]
    on_card, by_need, by_body, by_keyword = _tellers(marker, sources)
    topics = [
        marker.pieces(need.name)
        for need, evidence in zip(texts.needs, needs, strict=True)
        if by_need & evidence.keys()
    ]
    topics += [
        marker.pieces(keyword)
        for keyword, evidence in zip(texts.keywords, keywords, strict=True)
        if by_keyword & evidence.keys()
    ]
    excerpt = marker.excerpt(texts.paragraphs(texts.description), by_body) if by_body else []
    if marker.concepts and not (on_card or topics or excerpt):
        topics = [[Piece(need.name)] for need in texts.needs]
    return Reasons(
        title=tuple(marker.pieces(texts.title)),
        summary=tuple(marker.pieces(texts.summary)),
        organisation=tuple(marker.pieces(texts.organisation)),
        excerpt=tuple(excerpt),
        topics=tuple(map(tuple, topics[:MOST_TOPICS])),
    )


def _tellers(marker: Marker, sources: Sequence[Evidence]) -> list[set[int]]:
    """Return for each of `sources` the concepts that it tells: most surely, or first of the surest."""
    told: list[set[int]] = [set() for _ in sources]
    telling = max((concept.weight for concept in marker.concepts), default=0.0)
    for number, concept in enumerate(marker.concepts):
        certainty = [source.get(number, 0.0) for source in sources]
        # “min søn” chooses among offers, but is not what they are about
        if any(certainty) and concept.weight == telling:
            told[certainty.index(max(certainty))].add(number)
    return told


def _of_need(marker: Marker, need: NeedText) -> Evidence:
    """Return the concepts that a need answers, by itself or by its words."""
    by_slug = marker.of_terms(map(need_term, need.slugs))
    return _surest((by_slug, marker.of_text(need.name), marker.of_text(need.keywords)))


def _sure(evidence: Evidence) -> Evidence:
    """Return what of `evidence` is sure enough to be shown by itself."""
    return {number: certainty for number, certainty in evidence.items() if certainty >= SURE}


def _surest(several: Iterable[Evidence]) -> Evidence:
    """Return the surest of several pieces of evidence for each concept."""
    found: dict[int, float] = {}
    for evidence in several:
        for number, certainty in evidence.items():
            found[number] = max(certainty, found.get(number, 0.0))
    return found
