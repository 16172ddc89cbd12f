"""References to Danish law as people write them: “SEL § 101”, “barnets lov 30”, “§ 85 i serviceloven”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The names and the usual abbreviations of the laws that the directory knows.
LAWS = {
    "serviceloven": "serviceloven",
    "servicelovens": "serviceloven",
    "sel": "serviceloven",
    "barnets lov": "barnets lov",
    "barnetslov": "barnets lov",
    "bl": "barnets lov",
    "sundhedsloven": "sundhedsloven",
    "sundhedslovens": "sundhedsloven",
    "sul": "sundhedsloven",
    "ældreloven": "ældreloven",
    "ældrelovens": "ældreloven",
}
_NAME = "|".join(sorted(map(re.escape, LAWS), key=len, reverse=True))
_SECTION = r"(?P<number>\d{1,3})\s?(?P<letter>[a-hj-k](?![a-zæøå]))?"
_NAME_FIRST = re.compile(
    rf"\b(?P<law>{_NAME})\b[\s,.]{{0,3}}(?:§{{1,2}}|paragraf)?\s{{0,2}}{_SECTION}\b", re.IGNORECASE
)
_SECTION_FIRST = re.compile(
    rf"(?:§{{1,2}}|paragraf)\s{{0,2}}{_SECTION}\s{{0,2}}(?:i\s|,\s?)?\s?(?:(?P<law>{_NAME})\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reference:
    """One section of one law; `law` is empty where only the section was named."""

    law: str
    section: str
    start: int
    end: int

    @property
    def term(self) -> str:
        """The term under which it is indexed; no word can be the same."""
        return term_for(self.law, self.section)


def term_for(law: str, section: str) -> str:
    """Return the term of a section: “§serviceloven 101”."""
    return f"§{law} {section}".lower()


def of_any_law(term: str) -> str:
    """Return the term of the same section of whatever law: “§ 101” for “§serviceloven 101”."""
    return term_for("", re.sub(r"^\D+", "", term))


def references(text: str) -> Iterator[Reference]:
    """Yield the references in `text`, from left to right, none overlapping another."""
    taken = 0
    matches = [*_NAME_FIRST.finditer(text), *_SECTION_FIRST.finditer(text)]
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() >= taken:
            section = match["number"] + (f" {match['letter'].lower()}" if match["letter"] else "")
            yield Reference(LAWS.get((match["law"] or "").lower(), ""), section, match.start(), match.end())
            taken = match.end()


def without_references(text: str) -> str:
    """Return `text` without its references to law."""
    rest, place = [], 0
    for reference in references(text):
        rest.append(text[place : reference.start])
        place = reference.end
    return " ".join([*rest, text[place:]])
