"""A cache in Redis (or Valkey) that all processes and machines share; without it, each has its own."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Seconds that Redis is left alone after it did not answer, and between two lines about it in the log.
LEFT_ALONE, QUIET = 5.0, 60.0


class PlainSerializer:
    """Numbers and bytes go in and come out as they are.

    Django's own unpacks objects, which are programs: whoever could write to Redis could run them here.
    """

    def dumps(self, value: int | bytes) -> int | bytes:
        """Return what is sent."""
        return value

    def loads(self, data: bytes) -> int | bytes:
        """Return what was sent: nothing that we keep as bytes is a number."""
        return int(data) if data.isdigit() else data


class Line:
    """The line to Redis, which all caches and threads of a process share: is it worth trying?"""

    def __init__(self) -> None:
        """It is, and nothing has been told."""
        self._out_until = self._told_at = -QUIET

    @property
    def is_open(self) -> bool:
        """Whether Redis answered, or was left alone for long enough."""
        return time.monotonic() >= self._out_until

    def broke(self, error: Exception) -> None:
        """Leave Redis alone for a while, and say so once a minute, without its address."""
        now = time.monotonic()
        self._out_until = now + LEFT_ALONE
        if now - self._told_at >= QUIET:
            self._told_at = now
            logger.warning("The shared cache does not answer: %s", error.__class__.__name__)


line = Line()


class SharedCache(RedisCache):
    """Redis as long as it answers; else the memory of the process, as where there is no Redis.

    Only the four ways of asking that the site needs are here.
    """

    def __init__(self, server: str, params: dict[str, Any]):
        """`params` are those of the settings; MAX_ENTRIES is for the memory of the process."""
        options = dict(params.get("OPTIONS", {}))
        own = {"MAX_ENTRIES": options.pop("MAX_ENTRIES")}
        super().__init__(server, params | {"OPTIONS": options})
        self._own = LocMemCache(params["KEY_PREFIX"], params | {"OPTIONS": own})

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless there is one; return whether there was none."""
        return self._asked(super().add, self._own.add, key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return a value."""
        return self._asked(super().get, self._own.get, key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        self._asked(super().set, self._own.set, key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Return a number that is `delta` more than before; raises ValueError where there is none."""
        return self._asked(super().incr, self._own.incr, key, delta, version)

    def _asked(self, shared: Callable[..., Any], own: Callable[..., Any], *arguments: Any) -> Any:
        """Ask Redis; where it does not answer, our own memory."""
        if line.is_open:
            try:
                return shared(*arguments)
            except (RedisError, OSError) as error:
                line.broke(error)
        return own(*arguments)
