"""Archives of which the same content always gives the same bytes, so that their checksums agree."""

import shutil
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first day that an archive can name: when its parts were written is of no interest.
STEADY = (1980, 1, 1, 0, 0, 0)


class SteadyZip(ZipFile):
    """A ZIP file to write, in which every part has the same date; where it is made does not show."""

    def __init__(self, file: IO[bytes]):
        """Write to `file`, which stays open when the archive is closed."""
        super().__init__(file, "w", ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """Take in a file from the disk, piece by piece, under the name `arcname`."""
        part = _part(str(arcname))
        part.file_size = Path(filename).stat().st_size  # so that it knows whether ZIP64 is needed
        with Path(filename).open("rb") as source, self.open(part, "w") as target:
            shutil.copyfileobj(source, target)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        """Take in what is in memory, under a name."""
        super().writestr(_part(zinfo_or_arcname), data)


def _part(name: str) -> ZipInfo:
    """Return the heading of one part."""
    part = ZipInfo(name, STEADY)
    part.compress_type = ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    return part
