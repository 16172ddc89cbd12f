"""What is worked out of the rows behind an index, kept until one of them changes."""

from collections.abc import Callable, Hashable
from typing import Any

from offers.search.concepts import Reader


class Kept:
    """Values for as long as the reader is the same: a changed row makes another reader.

    The parts of the index's source must tell of every row that a value is made of. A value is shared by
    all threads: whoever takes it leaves it as it is.
    """

    def __init__(self, reader: Callable[[], Reader]):
        """`reader` returns the reader as of now."""
        self._reader = reader
        self._held: tuple[Reader | None, dict[Hashable, Any]] = None, {}

    def value(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the value of `key`; the first who asks after a change has it made."""
        reader = self._reader()
        held, values = self._held
        if held is not reader:
            values = {}
            self._held = reader, values
        if key not in values:
            values[key] = make()
        return values[key]
