"""What a search costs in the process: building, following a change, asking, correcting, memory.

The bare work, to which asking is compared, is to add up the same postings and nothing else.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
import numpy as np
import yaml

from bench.report import percentile

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
KIBI = 1024


def queries(kinds: Iterable[str] = ()) -> list[str]:
    """Return the texts of the judged queries, those of `kinds` if any are named."""
    rows = yaml.safe_load((ROOT / "tests/relevance/queries.yaml").read_text())
    return [row["query"] for row in rows if not kinds or row["kind"] in kinds]


def milliseconds(work: Callable[[], Any]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def best_of(works: list[Callable[[], Any]]) -> list[float]:
    """Return the shortest of several times for each of `works`, done in turns."""
    rounds = [[milliseconds(work) for work in works] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def resident(kind: str = "Rss") -> float:
    """Return this process's memory in MB: all of it, or only its own (“Private”)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(kind)) / KIBI


def bare(index: Any, concepts: list[Any]) -> None:
    """Add up the postings of the terms that are asked for, and nothing else."""
    total = np.zeros(len(index))
    for concept in concepts:
        for term in concept.terms:
            docs, weights = index.postings(term)
            total[docs] += weights


def asking() -> dict[str, float]:
    """Measure a worker that finds the index in its file."""
    from django.utils import timezone

    from offers.search import current
    from offers.search.coverage import coverage
    from offers.search.question import Question

    start = time.perf_counter()
    reader = current.reader()
    loaded = time.perf_counter() - start
    texts = queries()
    concepts = [reader.read(text).concepts for text in texts]
    gc.freeze()
    needs = reader.index.facets["behov"].values
    maps = [lambda: coverage(reader.index, needs, {}, timezone.localtime())]
    maps += [lambda: coverage(reader.index, needs, {"kommune": ["0265"]}, timezone.localtime())]
    asked = best_of([lambda text=text: current.ask(Question(words=text)).keys[:20] for text in texts])
    adding = best_of([lambda one=one: bare(reader.index, one) for one in concepts])
    reading = best_of([lambda text=text: reader.read(text) for text in texts])
    slips = best_of([lambda text=text: reader.read(text) for text in queries(["typo"])])
    return {
        "load the index from its file, s": loaded,
        "query + all counts + 20 hits, p50 ms": statistics.median(asked),
        "query + all counts + 20 hits, p95 ms": percentile(asked, 0.95),
        "adding up the same postings, p50 ms": statistics.median(adding),
        "adding up the same postings, p95 ms": percentile(adding, 0.95),
        "ratio of the sums": sum(asked) / sum(adding),
        "analysis of a query, p50 ms": statistics.median(reading),
        "analysis of a query with a slip, p95 ms": percentile(slips, 0.95),
        "map of needs and ages, whole country, ms": best_of(maps)[0],
        "map of needs and ages, one municipality, ms": best_of(maps)[1],
        "memory of a worker, MB": resident(),
        "  of which its own, MB": resident("Private"),
    }


def following() -> dict[str, float]:
    """Measure the process that builds the index, and takes in a change."""
    from offers.models import Need, Offer
    from offers.search import current, following

    start = time.perf_counter()
    index = current.offers.rebuilt()
    built = time.perf_counter() - start
    peak = resident()
    following.MAX_AGE = following.OLDEST = 0.0
    current.reader()
    look = statistics.median(milliseconds(current.reader) for _ in range(5))
    offer = Offer.objects.get(slug="bench-0")
    saves, follows = [], []
    for _ in range(5):
        saves.append(milliseconds(offer.save))
        follows.append(milliseconds(current.reader))
    Need.objects.filter(slug="vold").update(name="Vold og overgreb")
    renamed = milliseconds(current.reader) / 1000
    return {
        "different words": len(index.words.names),
        "file of the index, MB": current.offers.path.stat().st_size / KIBI**2,
        "build all, s": built,
        "memory after building all, MB": peak,
        "look whether anything changed, ms": look,
        "save an offer, ms": statistics.median(saves),
        "take in one saved offer, ms": statistics.median(follows),
        "take in a renamed need, s": renamed,
    }


def main() -> None:
    """Print the figures as JSON: those of building, then those of a worker that only reads."""
    if sys.argv[-1] == "ask":
        print(json.dumps(asking()))
        return
    figures = following()
    worker = [sys.executable, "-m", "bench.search", "ask"]
    done = subprocess.run(worker, check=True, stdout=subprocess.PIPE, text=True)
    print(json.dumps(figures | json.loads(done.stdout)))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    main()
