"""Things that stay at hand while they are asked for: so many, shared by all threads of a process."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Latest(Generic[Key, Value]):
    """What was put in or asked for latest; the one that nobody has asked for longest goes first."""

    def __init__(self, most: int):
        """Begin with nothing; `most` stay."""
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many are here."""
        return len(self._held)

    def get(self, key: Key) -> Value | None:
        """Return what was put in as `key`, if it is still here."""
        with self._lock:
            if (value := self._held.get(key)) is not None:
                self._held.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep `value` as `key`, in the place of what was there."""
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
