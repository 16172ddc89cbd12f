"""What the files with all offers cost: time and memory of its own for each, in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import django

from bench.search import KIBI, resident


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBI


def made(name: str) -> dict[str, float]:
    """Make one file in a process that is ready to, and measure that."""
    from offers.hsds import files
    from offers.hsds.api import API
    from offers.models import Offer

    (file,) = (each for each in files.ALL if each.name == name)
    count = Offer.objects.published().count()
    _ = API.document  # made on first use, and kept: every process has it, so it is no cost of the file
    before, start = resident(), time.perf_counter()
    with tempfile.TemporaryFile() as target:
        file.write(target)
        size = target.tell()
    seconds = time.perf_counter() - start
    return {
        f"{name}: s": seconds,
        f"{name}: ms an offer": 1000 * seconds / count,
        f"{name}: MB": size / KIBI**2,
        f"{name}: memory over that of the process, MB": max(0.0, peak() - before),
    }


def main() -> None:
    """Print the figures of all files as JSON; of one, when it is named."""
    from offers.hsds.files import ALL

    names = [file.name for file in ALL]
    if sys.argv[-1] in names:
        print(json.dumps(made(sys.argv[-1])))
        return
    figures: dict[str, float] = {}
    for name in names:
        command = [sys.executable, "-m", "bench.files", name]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        figures |= json.loads(done.stdout)
    print(json.dumps(figures))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main()
