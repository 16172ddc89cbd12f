"""A request that is cut off on its way is never taken for a whole one."""

from collections.abc import Callable, Iterable
from typing import Any


class CutOffError(OSError):
    """The sender was gone before all of the request had come."""


class WholeInput:
    """The body of a request, which knows how long it is to be.

    Servers give what has come and then nothing, which looks like an end: half a form would be stored as if
    the rest of its fields were empty. Django takes the error for a request that cannot be read.
    """

    def __init__(self, source: Any, length: int):
        """`length` is what the request says of itself, in bytes."""
        self._source = source
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """Return as many bytes as are asked for, or all; raises CutOffError where some are missing."""
        got = self._source.read(size)
        # As with any file, fewer bytes than were asked for are the last ones.
        return self._counted(got, ended=size < 0 or len(got) < size)

    def readline(self, size: int = -1) -> bytes:
        """Return the next line; raises CutOffError where some of it is missing."""
        got = self._source.readline(size)
        return self._counted(got, ended=not got.endswith(b"\n") and len(got) != size)

    def _counted(self, got: bytes, *, ended: bool) -> bytes:
        """Return what was read, unless the source has ended too early."""
        self._left -= len(got)
        if ended and self._left > 0:
            raise CutOffError("The request was cut off.")
        return got


def whole(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return an application that reads no request for whole that is not."""

    def guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH", "")
        if length.isdecimal():
            environ["wsgi.input"] = WholeInput(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return guarded
