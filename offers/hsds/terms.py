"""The published vocabularies, by which an offer says what HSDS has no field for. Words keep their ids."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings

from offers.hsds.records import Taxonomy, Term
from offers.models import Format, LegalBasis, Need, Offer, TargetGroup
from offers.models.natural import stable_uuid

BASE = "/api/hsds"


@dataclass(frozen=True)
class Vocabulary:
    """One vocabulary; `relation` is the field of an offer, if any, whose rows are its words."""

    code: str
    name: str
    description: str
    link_type: str
    relation: str = ""

    @property
    def id(self) -> UUID:
        """The id that it has everywhere."""
        return stable_uuid("hsds.taxonomy", [self.code])


NEEDS = Vocabulary("behov", "Behov", "Det, man får hjælp til, i to lag.", "service_type", "needs")
GROUPS = Vocabulary(
    "maalgruppe", "Målgrupper", "Hvem tilbuddet er for.", "intended_audience", "target_groups"
)
FORMATS = Vocabulary("form", "Former", "Hvordan man får hjælpen.", "service_format", "formats")
ACCESS = Vocabulary(
    "adgang", "Adgang", "Hvad det kræver at få hjælpen, og om man kan være anonym.", "access"
)
LAW = Vocabulary(
    "lov", "Lovgrundlag", "Den paragraf, hjælpen bliver givet efter.", "legal_basis", "legal_bases"
)
ALL = (NEEDS, GROUPS, FORMATS, ACCESS, LAW)
# Code, name and explanation of what hangs on the fields of an offer; what is not known has no word.
WAYS_IN: dict[str, tuple[str, str, str]] = {
    Offer.WayIn.SELF: ("uden-henvisning", "Uden henvisning", "Man kan selv henvende sig."),
    Offer.WayIn.REFERRAL: ("henvisning", "Med henvisning", "Fx læge, skole eller kommune skal henvise."),
    Offer.WayIn.DECISION: ("afgoerelse", "Efter afgørelse", "Kommunen skal afgøre, om man kan få det."),
}
ANONYMOUS: dict[str, tuple[str, str, str]] = {
    Offer.Anonymous.YES: ("anonym", "Anonym", "Man behøver ikke sige, hvem man er."),
    Offer.Anonymous.NO: ("ikke-anonym", "Ikke anonym", "Man skal sige, hvem man er."),
}
ACUTE = ("akut", "Akut hjælp", "For den, der ikke kan vente.")


def address(name: str, key: UUID) -> str:
    """Return the address of one thing in the API."""
    return f"{settings.BASE_URL}{BASE}/{name}/{key}"


def taxonomy(vocabulary: Vocabulary) -> Taxonomy:
    """Return a vocabulary as HSDS has it."""
    return Taxonomy(
        id=vocabulary.id,
        name=vocabulary.name,
        description=vocabulary.description,
        uri=address("taxonomies", vocabulary.id),
        version="1",
    )


def term(vocabulary: Vocabulary, code: str, name: str, description: str, parent: str = "") -> Term:
    """Return a word as HSDS has it; `parent` is the code of the word that it is below."""
    return _term(vocabulary, code, name, description, parent, settings.BASE_URL)


# A word stands with many offers: what it is made of decides all of it, so it is made once.
@lru_cache(maxsize=5000)
def _term(vocabulary: Vocabulary, code: str, name: str, description: str, parent: str, site: str) -> Term:
    """Return the word; `site` is where its address begins."""
    key = term_id(vocabulary, code)
    return Term(
        id=key,
        code=code,
        name=name,
        description=description or name,
        parent_id=term_id(vocabulary, parent) if parent else None,
        taxonomy=vocabulary.name,
        taxonomy_id=vocabulary.id,
        taxonomy_detail=taxonomy(vocabulary),
        language="da",
        term_uri=address("taxonomy_terms", key),
    )


def term_id(vocabulary: Vocabulary, code: str) -> UUID:
    """Return the id of a word: the same everywhere."""
    return stable_uuid("hsds.term", [vocabulary.code, code])


def of_row(vocabulary: Vocabulary, row: Any) -> Term:
    """Return a row of a vocabulary of ours as a word; a need has its area loaded."""
    if isinstance(row, LegalBasis):
        code = "-".join(f"{row.law} {row.section}".lower().split())
        return term(vocabulary, code, str(row), row.title)
    parent = row.parent.slug if isinstance(row, Need) and row.parent else ""
    return term(vocabulary, row.slug, row.name, row.description, parent)


def access_terms(offer: Offer) -> list[Term]:
    """Return what it takes to get in, as far as it is known."""
    known = [WAYS_IN.get(offer.way_in), ANONYMOUS.get(offer.anonymous), ACUTE if offer.is_acute else None]
    return [term(ACCESS, *words) for words in known if words]


def access_field(key: UUID) -> tuple[str, Any] | None:
    """Return the field of an offer, and its value, that the word with this id stands for."""
    fields: list[tuple[str, Any, str]] = [("is_acute", True, ACUTE[0])]
    fields += [("way_in", value, words[0]) for value, words in WAYS_IN.items()]
    fields += [("anonymous", value, words[0]) for value, words in ANONYMOUS.items()]
    return next(((name, value) for name, value, code in fields if term_id(ACCESS, code) == key), None)


def rows_of(vocabulary: Vocabulary) -> list[Any]:
    """Return the rows of ours that are its words, in their order."""
    if vocabulary is NEEDS:
        return list(Need.objects.for_choices())
    models: dict[str, Any] = {GROUPS.code: TargetGroup, FORMATS.code: Format, LAW.code: LegalBasis}
    model = models.get(vocabulary.code)
    if model is None:
        return []
    return list(model.objects.order_by(*model._meta.ordering, "pk"))


def words_of(vocabulary: Vocabulary) -> list[Term]:
    """Return all words of a vocabulary, in order. One query, or none."""
    if vocabulary is ACCESS:
        return [term(ACCESS, *words) for words in (*WAYS_IN.values(), *ANONYMOUS.values(), ACUTE)]
    return [of_row(vocabulary, row) for row in rows_of(vocabulary)]
