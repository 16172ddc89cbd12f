"""Which row each line of a table is about: by code or key, and new where it names neither."""

from collections.abc import Container
from itertools import count
from typing import Any

from django.utils.text import slugify

from offers.exchange.cells import shown
from offers.exchange.columns import Raw
from offers.exchange.sheets import Sheet

Problem = tuple[str, str]  # heading and sentence; both empty for none
NONE: Problem = ("", "")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def free_key(sheet: Sheet, name: str, taken: Container[str]) -> str:
    """Return a key for addresses, made of a name, that is not among those `taken`."""
    most = (sheet.model._meta.get_field("slug").max_length or 50) - 5
    plain = slugify(name.translate(_LETTERS))[:most].strip("-") or sheet.slug
    return next(found for n in count(1) if (found := plain if n == 1 else f"{plain}-{n}") not in taken)


class Keys:
    """The keys of the lines of a table: `found` has a primary key or None for each line."""

    def __init__(self, sheet: Sheet, lines: list[dict[str, Raw]], numbers: list[int]):
        """Find the row of each line, which `numbers` says as the table counts. One query."""
        self.sheet, self.numbers = sheet, numbers
        stored = sheet.model._base_manager.values_list("pk", *sheet.keys)
        self.by: dict[str, dict[str, int]] = {name: {} for name in sheet.keys}
        for pk, *values in stored:
            for name, value in zip(sheet.keys, values, strict=True):
                self.by[name][value] = pk
        self.found: list[int | None] = []
        self.problems: list[Problem] = []
        # What is given to lines that name no key of their own.
        self.made: list[dict[str, str]] = []
        self._met: dict[Any, int] = {}
        self._taken = {str(values.get("slug") or "") for values in lines} | set(self.by["slug"])
        for values in lines:
            self._add({name: str(values.get(name) or "") for name in sheet.keys}, values)
        self._order = [key for key in self.found if key]
        self._place = {key: place for place, key in enumerate(self._order)}

    def near(self, key: int, most: int) -> list[int]:
        """Return the keys from `key` on, as they come in the table: what is worth loading with it."""
        place = self._place[key]
        return self._order[place : place + most]

    def _add(self, said: dict[str, str], values: dict[str, Raw]) -> None:
        """Find the row of the next line, and what is wrong with its keys."""
        known = (self.by[name].get(said[name]) for name in self.sheet.keys)
        pk = next((key for key in known if key is not None), None)
        self.problems.append(self._problem(said, pk))
        is_new = pk is None and not said["slug"]
        slug = self._new_slug(str(values.get(self.sheet.name) or "")) if is_new else ""
        self.made.append({"slug": slug} if slug else {})
        self.found.append(pk)

    def _problem(self, said: dict[str, str], pk: int | None) -> Problem:
        """Return what is wrong with the keys of the next line."""
        problem = NONE
        for name in self.sheet.keys:
            heading, other = self.sheet.column(name).heading, self.by[name].get(said[name])
            # A row may be given a new key, but a code is printed on paper and stays.
            if said[name] and pk not in {None, other} and (other is not None or name == "code"):
                sentence = f"“{shown(said[name])}” hører ikke til den række. Ret den, eller slet den."
                problem = (heading, sentence)
            met: list[Any] = [(name, said[name])] if said[name] else []
            met += [("pk", pk)] if pk is not None else []
            place = len(self.found)
            others = [first for one in met if (first := self._met.setdefault(one, place)) != place]
            if others and said[name]:
                problem = self._twice(heading, others[0])
                # The first of the two may be the wrong one as well.
                if not self.problems[others[0]][1]:
                    self.problems[others[0]] = self._twice(heading, place)
        return problem

    def _twice(self, heading: str, place: int) -> Problem:
        """Return what to say of a line that is about the same row as another."""
        return heading, f"Række {self.numbers[place]} i filen handler om det samme. Slet den ene."

    def _new_slug(self, name: str) -> str:
        """Return a key made of a name that nothing else has."""
        slug = free_key(self.sheet, name, self._taken)
        self._taken.add(slug)
        return slug
