"""Columns of what belongs to a row and stands in a table of its own: contacts and opening hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from offers.exchange.cells import Cell, CellError, pieces, shown, text_of
from offers.exchange.columns import Column, Raw
from offers.exchange.hours_text import Interval, read, written
from offers.exchange.names import Names
from offers.models import Closure, ContactPoint, OpeningHours, Venue
from offers.models.tracked import ROWS_AT_A_TIME, batched
from offers.persons import is_personal

USUAL_ORDER = 100
PERSONAL = (
    "“{value}” ligner en persons egen adresse eller et nummer med navn. Har personen sagt ja, så skriv det "
    "ind på siden i stedet, og sæt kryds. Ellers skriv en fælles postkasse eller et hovednummer."
)


@dataclass(frozen=True)
class PartColumn(Column):
    """Rows of `part` whose `kind` is that of the column, and whose `owner` is the row."""

    owner: str = "offer"
    kind: str = ""
    is_apart: ClassVar[bool] = True
    # Set by the kinds of parts: the model, and the field that tells the kind.
    part: ClassVar[Any] = None
    by: ClassVar[str] = ""

    def stored(self, keys: list[int]) -> dict[int, Raw]:
        """Return what is stored for each of the rows `keys`. A query for each 500 rows."""
        found: dict[int, Raw] = {key: [] for key in keys}
        for some in batched(keys, ROWS_AT_A_TIME):
            for row in self._rows(some):
                found[getattr(row, f"{self.owner}_id")].append(self.of(row))
        return found

    def store(self, values: dict[int, Raw]) -> None:
        """Let each row have what `values` says, and no more of this kind."""
        for some in batched(list(values), ROWS_AT_A_TIME):
            self._rows(some).delete()
        made = [
            self.made(raw, **{f"{self.owner}_id": key}, **self._which())
            for key, several in values.items()
            for raw in several
        ]
        self.part.objects.bulk_create(made, batch_size=ROWS_AT_A_TIME)

    def _rows(self, keys: list[int]) -> Any:
        """Return the parts of the rows `keys`, in their order."""
        return self.part.objects.filter(**{f"{self.owner}__in": keys}, **self._which())

    def _which(self) -> dict[str, str]:
        """Return which parts of a row are those of the column."""
        return {self.by: self.kind} if self.by else {}

    def of(self, part: Any) -> Raw:
        """Return what one part holds."""
        raise NotImplementedError

    def made(self, raw: Raw, **owner: Any) -> Any:
        """Return a part that is not saved."""
        raise NotImplementedError


class ContactColumn(PartColumn):
    """Numbers or addresses of one kind, each with what it is for in brackets."""

    part = ContactPoint
    by = "kind"

    def of(self, part: ContactPoint) -> Raw:
        """Return value, label, order, and whether the person has said yes."""
        return [part.value, part.label, part.order, part.has_consent]

    def made(self, raw: Raw, **owner: Any) -> ContactPoint:
        """Return the contact; without a word on it, nobody has said yes."""
        value, label, order, *yes = raw
        return ContactPoint(value=value, label=label, order=order, has_consent=any(yes), **owner)

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the contacts; raises CellError."""
        found = [self._contact(text) for text in pieces(text_of(cell))]
        values = [value for value, *_ in found]
        for value in values:
            if values.count(value) > 1:
                raise CellError(f"“{shown(value)}” står der to gange. Slet den ene.")
        return found

    def _contact(self, text: str) -> Raw:
        """Return one contact; raises CellError."""
        value, bracket, label = text, "", ""
        if text.endswith(")"):
            depth = 0
            for place in range(len(text) - 1, -1, -1):
                depth += (text[place] == ")") - (text[place] == "(")
                if not depth:
                    value, bracket, label = text[:place], "(", text[place + 1 : -1]
                    break
        if bracket and not value.endswith((" ", "\n")):  # an address may end so
            value, label = text, ""
        # Whether the person has said yes, a cell does not tell: `settled` looks at what is stored.
        contact = self.made([value.strip(), label.strip(), USUAL_ORDER, True], kind=self.kind)
        try:
            contact.clean_fields(exclude={"offer", "organisation", "revision"})
            contact.clean()
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from None
        return [contact.value, contact.label, None]

    def said(self, raw: Raw, names: Names) -> str:
        """Return the contacts, with semicolons."""
        return "; ".join(f"{value} ({label})" if label else value for value, label, *_ in raw)

    def same(self, before: Raw, after: Raw) -> bool:
        """Compare what one reads; a table tells the order by what comes first."""
        return [one[:2] for one in before] == [one[:2] for one in after]

    def store(self, values: dict[int, Raw]) -> None:
        """Let each row have what `values` says, and each number that stays the word on it as it is now.

        An agreement may have come, or been taken back, since the values were written down.
        """
        now = self.stored(list(values))
        agreed = {key: {value: yes for value, _, _, yes in several} for key, several in now.items()}
        super().store(
            {
                key: [
                    [value, label, order, agreed[key].get(value, any(yes))]
                    for value, label, order, *yes in several
                ]
                for key, several in values.items()
            }
        )

    def with_agreed(self, ours: Raw, theirs: Raw) -> Raw:
        """Return `theirs` with those of `ours` that a person has agreed to, just as they stand here.

        They were said yes to here, in these words, and no source knows of it.
        """
        agreed = [one for one in ours if any(one[3:])]
        values = {value for value, *_ in agreed}
        others = [one for one in theirs if one[0] not in values]
        if self.same([one for one in ours if one[0] not in values], others):
            return ours
        return sorted([*agreed, *others], key=lambda one: one[2])

    def settled(self, before: Raw, after: Raw) -> Raw:
        """Let each have the place in the order that the one before it had, and the yes to its own value.

        Raises CellError for what seems to be a person's own, and nobody has said yes to.
        """
        orders = [order for _, _, order, *_ in before] or [USUAL_ORDER]
        agreed = {value for value, _, _, *yes in before if any(yes)}
        for value, label, *_ in after:
            if value not in agreed and is_personal(self.kind, value, label):
                raise CellError(PERSONAL.format(value=shown(value)))
        return [
            [
                value,
                label,
                orders[min(place, len(orders) - 1)] if order is None else order,
                value in agreed,
            ]
            for place, (value, label, order, *_) in enumerate(after)
        ]


class HoursColumn(PartColumn):
    """The weekly hours of one channel."""

    part = OpeningHours
    by = "channel"

    def of(self, part: OpeningHours) -> Raw:
        """Return day, times, venue, validity and note."""
        days = [day.isoformat() if day else None for day in (part.valid_from, part.valid_until)]
        return [
            part.weekday,
            f"{part.opens:%H:%M}",
            f"{part.closes:%H:%M}",
            part.venue_id,
            *days,
            part.note,
        ]

    def made(self, raw: Raw, **owner: Any) -> OpeningHours:
        """Return the hours."""
        weekday, opens, closes, venue, start, end, note = raw
        return OpeningHours(
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
            venue_id=venue,
            valid_from=start and date.fromisoformat(start),
            valid_until=end and date.fromisoformat(end),
            note=note,
            **owner,
        )

    def read(self, cell: Cell, names: Names) -> Raw:
        """Return the hours; raises CellError."""
        if isinstance(cell, date | time | int | float):
            raise CellError(
                "Regnearket har gjort tiderne til en dato eller et tal. "
                "Gør kolonnen til tekst, og skriv dem igen."
            )
        return list(self._raws(read(text_of(cell)), names))

    def _raws(self, intervals: list[Interval], names: Names) -> Iterator[Raw]:
        """Yield what is stored of each interval; raises CellError."""
        for one in intervals:
            if len(one.note) > (OpeningHours._meta.get_field("note").max_length or 0):
                raise CellError("Noten i parentes er for lang. Skriv højst 200 tegn.")
            row = OpeningHours(
                weekday=one.weekday,
                opens=one.opens,
                closes=one.closes,
                venue_id=names.find(Venue, one.venue) if one.venue else None,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
                note=one.note,
            )
            yield self.of(row)

    def said(self, raw: Raw, names: Names) -> str:
        """Return the hours as people write them."""
        return written(
            Interval(
                weekday,
                time.fromisoformat(opens),
                time.fromisoformat(closes),
                names.slug(Venue, venue),
                start and date.fromisoformat(start),
                end and date.fromisoformat(end),
                note,
            )
            for weekday, opens, closes, venue, start, end, note in raw
        )

    def same(self, before: Raw, after: Raw) -> bool:
        """Compare without the order in which they were saved."""
        return sorted(before, key=repr) == sorted(after, key=repr)


class ClosuresColumn(PartColumn):
    """The days on which it is closed."""

    part = Closure

    def of(self, part: Closure) -> Raw:
        """Return the first and the last day, and the reason."""
        return [part.starts_on.isoformat(), part.ends_on.isoformat(), part.reason]

    def made(self, raw: Raw, **owner: Any) -> Closure:
        """Return the closure."""
        first, last, reason = raw
        return Closure(
            starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last), reason=reason, **owner
        )

    def said(self, raw: Raw, names: Names) -> str:
        """Return the days."""
        return "; ".join(f"{first} – {last} {reason}".strip() for first, last, reason in raw)
