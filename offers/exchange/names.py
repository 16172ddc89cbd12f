"""What the rows of a vocabulary are called in a table, and which row a name in a cell means."""

from collections import defaultdict
from typing import Any

from django.db.models import Model

from offers.danish import fold
from offers.exchange.cells import CellError, shown

# How many rows are named in a sentence.
MOST_NAMED = 3


class Names:
    """The rows of some models by what people call them: each model is read once, when it is needed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[type[Model], _Vocabulary] = {}

    def find(self, model: type[Model], text: str) -> int:
        """Return the key of the row that `text` names; raises CellError when none or several do."""
        return self._of(model).find(text)

    def knows(self, model: type[Model], text: str) -> bool:
        """Whether `text` names any row."""
        return bool(self._of(model).named[fold(text)])

    def say(self, model: type[Model], key: int) -> str:
        """Return what a row is called in a table: its name, or its key where others have that name."""
        return self._of(model).said.get(key, "")

    def slug(self, model: type[Model], key: int | None) -> str:
        """Return the key that a row has in addresses; empty for none."""
        return self._of(model).slugs.get(key, "") if key is not None else ""

    def _of(self, model: type[Model]) -> "_Vocabulary":
        """Return what is known of a model. One query for each model."""
        if model not in self._known:
            self._known[model] = _Vocabulary(model)
        return self._known[model]


class _Vocabulary:
    """The rows of one model."""

    def __init__(self, model: Any):
        """Read all rows: their keys, names and slugs."""
        self.model = model
        self.named: defaultdict[str, list[int]] = defaultdict(list)
        self.slugs: dict[int, str] = {}
        names: dict[int, str] = {}
        for row in model._base_manager.all():
            short: str = getattr(row, "slug", "") or getattr(row, "code", "")
            self.slugs[row.pk] = short
            names[row.pk] = str(getattr(row, "name", row))
        for pk, name in names.items():
            self.named[fold(name)].append(pk)
        alone = {pk: len(self.named[fold(name)]) == 1 for pk, name in names.items()}
        for pk, slug in self.slugs.items():
            if slug and pk not in self.named[fold(slug)]:
                # A slug is meant before a name that reads the same.
                self.named[fold(slug)] = [pk]
        self.said = {
            # What parts the names in a cell cannot stand in one.
            pk: name if alone[pk] and not {";", "\n"} & set(name) else self.slugs[pk] or name
            for pk, name in names.items()
        }

    def find(self, text: str) -> int:
        """Return the key of the row that `text` names; raises CellError."""
        found = self.named[fold(text)] or (self.named[text.zfill(4)] if text.isdigit() else [])
        what = self.model._meta.verbose_name
        if not found:
            raise CellError(
                f"“{shown(text)}” står ikke på listen over {self.model._meta.verbose_name_plural}. "
                "Skriv navnet, som det står på siden."
            )
        if len(found) > 1:
            slugs = " eller ".join(self.slugs[pk] or self.said[pk] for pk in found[:MOST_NAMED])
            raise CellError(f"Flere hedder “{shown(text)}” ({what}). Skriv {slugs}.")
        return found[0]
