"""What a question was read as: concepts, each with the terms that would answer it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class How(StrEnum):
    """How words were read, in the words of the pages that explain it."""

    WORD = "ord i tilbuddene"
    PHRASE = "vending i synonymerne"
    SYNONYM = "ord i synonymerne"
    JOINED = "to ord, som tilbuddene skriver i ét"
    COMPLETED = "begyndelsen af et ord"
    CORRECTED = "rettet slåfejl"
    PART = "del af et sammensat ord"
    BEGINNING = "ord, der begynder som et kendt"
    UNKNOWN = "ukendt ord"
    LAW = "lovhenvisning"
    NUMBER = "telefonnummer"
    HINT = "det, ordene tilsammen peger på"


@dataclass(frozen=True)
class Concept:
    """One thing that is asked for: the words that ask for it, and the terms that answer.

    The terms are weighted by how surely they answer; `weight` says how much the thing itself tells.
    """

    words: tuple[str, ...]
    terms: Mapping[str, float]
    weight: float = 1.0
    how: How = How.WORD


@dataclass
class Understanding:
    """The concepts of a question, and the words that were read as other words.

    `hint` is what the words point to together, although none of them says it. `passed_over` are the small
    words of an English question, none in a Danish one.
    """

    concepts: list[Concept] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    hint: Concept | None = None
    passed_over: frozenset[str] = frozenset()

    @property
    def asked(self) -> list[Concept]:
        """All that documents are scored by."""
        return [*self.concepts, self.hint] if self.hint else self.concepts
