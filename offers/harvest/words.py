"""The words of our vocabularies by which a source's attributes are read. A source makes no new words."""

from typing import Any

from offers.danish import fold
from offers.exchange.cells import shown
from offers.harvest import values
from offers.harvest.spool import Record
from offers.harvest.taken import Taken
from offers.hsds import terms
from offers.models import Language, Municipality, Offer

EASY = "easy_text"
NOT_HERE = "Ord, vi ikke har: {words}."
COUNTRY = {"dk", "danmark", "denmark", "hele landet"}
AREA = "Vi kender ikke området {area}. Se efter, hvem tilbuddet er for, før det bliver offentligt."
MOST_NAMED = 10


class Words:
    """All words, by the ids we publish and by their names. Seven queries."""

    def __init__(self) -> None:
        """Read them."""
        self.by_id: dict[str, tuple[str, int]] = {}
        self.by_name: dict[str, tuple[str, int]] = {}
        for vocabulary in terms.ALL:
            for row in terms.rows_of(vocabulary):
                word = terms.of_row(vocabulary, row)
                meant = (vocabulary.relation, row.pk)
                self.by_id[str(word.id)] = meant
                self.by_name.setdefault(fold(word.name), meant)
        languages = list(Language.objects.values_list("pk", "slug", "name"))
        self.languages = {fold(name): pk for pk, *names in languages for name in names}
        places = list(Municipality.objects.values_list("pk", "code", "name"))
        self.municipalities = {fold(name): pk for pk, *names in places for name in names}

    def municipality(self, *names: str) -> int | None:
        """Return the key of the first municipality that is named: by code, or with or without “Kommune”."""
        for name in names:
            if pk := self.municipalities.get(fold(name.removesuffix(" Kommune").strip())):
                return pk
        return None

    def put_attributes(self, taken: Taken, records: list[Record]) -> None:
        """Let the columns hold what the attributes say."""
        found: dict[str, set[int]] = {each.relation: set() for each in terms.ALL if each.relation}
        access = {"way_in": Offer.WayIn.UNKNOWN, "anonymous": Offer.Anonymous.UNKNOWN, "is_acute": False}
        easy, unknown = "", []
        for record in records:
            term: Any = record.get("taxonomy_term")
            term = term if isinstance(term, dict) else {}
            key = values.line(term.get("id") or record.get("taxonomy_term_id")).lower()
            name = values.line(term.get("name"))
            meant = self.by_id.get(key) or self.by_name.get(fold(name))
            if values.line(record.get("link_type")) == EASY:
                easy = values.text(record.get("value"))
            elif field := _access(key):
                access |= dict([field])
            elif meant:
                found[meant[0]].add(meant[1])
            elif name:
                unknown.append(name)
        taken.values |= {name: sorted(keys) for name, keys in found.items()}
        taken.values |= {name: getattr(value, "value", value) for name, value in access.items()}
        taken.values["easy_text"] = easy
        if unknown:
            named = ", ".join(dict.fromkeys(unknown[:MOST_NAMED]))
            taken.notes.append(NOT_HERE.format(words=shown(named)))

    def put_languages(self, taken: Taken, records: list[Record]) -> None:
        """Let the languages be those that we know."""
        found = set()
        for record in records:
            names = [fold(values.line(record.get(name))) for name in ("code", "name")]
            pk = next((self.languages[name] for name in names if name in self.languages), None)
            found |= {pk} if pk else set()
            if not pk and any(names):
                taken.notes.append(
                    NOT_HERE.format(words=shown(values.line(record.get("name")) or names[0]))
                )
        taken.values["languages"] = sorted(found)

    def put_areas(self, taken: Taken, records: list[Record]) -> None:
        """Let the municipalities be those named; an area that we do not know holds the offer back."""
        found = set()
        for record in records:
            names = [values.line(record.get(name)) for name in ("extent", "name")]
            if any(fold(name) in COUNTRY for name in names):
                continue
            pk = self.municipality(*names)
            found |= {pk} if pk else set()
            if not pk:
                taken.is_held = True
                taken.notes.append(AREA.format(area=f"“{shown(names[1] or names[0])}”"))
        taken.values["municipalities"] = sorted(found)


def _access(key: str) -> tuple[str, Any] | None:
    """Return the field of an offer that a word about getting in stands for."""
    return _ACCESS.get(key)


_ACCESS: dict[str, tuple[str, Any]] = {
    **{str(terms.term_id(terms.ACCESS, words[0])): ("way_in", way) for way, words in terms.WAYS_IN.items()},
    **{
        str(terms.term_id(terms.ACCESS, words[0])): ("anonymous", a) for a, words in terms.ANONYMOUS.items()
    },
    str(terms.term_id(terms.ACCESS, terms.ACUTE[0])): ("is_acute", True),
}
