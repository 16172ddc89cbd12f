"""Measure a part, as `./dev bench search`: by default with 5,000 and 100,000 offers.

    ./dev bench PART [SIZES] [--postgresql] [--json FILE]
    ./dev bench PART [SIZES] --against REV

The second measures another revision in turns with this one, each by its own `bench`, and puts the two side
by side. Both use the packages that are installed here.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import report
from bench.machines import Cluster

ROOT = Path(__file__).resolve().parent.parent
PARTS = {name: f"bench.{name}" for name in ("search", "pages", "files", "desk", "tables")}
SIZES = [5_000, 100_000]
TURNS = 2  # how often each of two revisions is measured
Figures = dict[str, float]


class Trial:
    """A revision, with a corpus of its own in a database of its own."""

    def __init__(self, tree: Path, size: int, home: Path, database: str):
        """`home` is an empty directory."""
        self.tree, self.size, self.home = tree, size, home
        self.env = os.environ | {
            "DATABASE_URL": database or f"sqlite:///{home}/db.sqlite3",
            "SEARCH_INDEX_DIR": f"{home}/index",
            "STATIC_ROOT": f"{home}/static",
            "SECRET_KEY": "bench" * 12,
            "DEBUG": "false",
            "INSECURE_HTTP": "true",
        }
        self._run("bench.corpus")

    def measured(self, part: str) -> Figures:
        """Return the figures of one part, taken in processes of its own."""
        return json.loads(self._run(PARTS[part]))

    def _run(self, module: str) -> str:
        """Run a module of `bench` and return what it prints; raises SystemExit with its last words."""
        print(f"{module} {self.size:,} …", file=sys.stderr, flush=True)
        with (self.home / "log").open("w+") as log:
            done = subprocess.run(
                [sys.executable, "-m", module, str(self.size)],
                cwd=self.tree,
                env=self.env,
                check=False,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            if done.returncode:
                log.seek(0)
                raise SystemExit(f"{module}: {log.read()[-3000:]}")
        return done.stdout


@contextmanager
def trial(tree: Path, size: int, *, postgresql: bool) -> Iterator[Trial]:
    """Make a corpus of `size` offers, and throw it away afterwards."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vejviser-bench-")))
        database = stack.enter_context(Cluster()).server() if postgresql else ""
        yield Trial(tree, size, home, database)


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """Lay out another revision beside this one; raises SystemExit when there is no such one."""
    with tempfile.TemporaryDirectory(prefix="vejviser-revision-") as home:
        tree = Path(home, "tree")
        add = ["git", "worktree", "add", "--quiet", "--detach", str(tree), revision]
        if subprocess.run(add, cwd=ROOT, check=False).returncode:
            raise SystemExit(f"{revision} cannot be laid out: name a commit, a branch or a tag.")
        try:
            yield tree
        finally:
            remove = ["git", "worktree", "remove", "--force", str(tree)]
            subprocess.run(remove, cwd=ROOT, check=True)


def compared(part: str, size: int, revision: str, *, postgresql: bool) -> dict[str, Figures]:
    """Return the figures of another revision, of this one, and the second as a multiple of the first."""
    with ExitStack() as stack:
        trees = {revision: stack.enter_context(checked_out(revision)), "here": ROOT}
        trials = {
            name: stack.enter_context(trial(tree, size, postgresql=postgresql))
            for name, tree in trees.items()
        }
        turns = [{name: one.measured(part) for name, one in trials.items()} for _ in range(TURNS)]
    before, here = (report.middle([turn[name] for turn in turns]) for name in trees)
    ratio = {name: here[name] / value for name, value in before.items() if value and name in here}
    return {revision: before, "here": here, "ratio": ratio}


def main() -> None:
    """Measure what is asked for at each size, and print a table; `--json FILE` keeps the figures."""
    parser = argparse.ArgumentParser("./dev bench", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--postgresql", action="store_true", help="with one of its own, not SQLite")
    parser.add_argument("--against", metavar="REV", help="another revision, measured in turns with this")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures: dict[str, Figures] = {}
    for size in options.sizes:
        if options.against:
            found = compared(options.part, size, options.against, postgresql=options.postgresql)
            print(f"{size:,} offers\n{report.table(found)}\n")
            figures |= {f"{size}, {name}": one for name, one in found.items()}
        else:
            with trial(ROOT, size, postgresql=options.postgresql) as one:
                figures[f"{size:,}"] = one.measured(options.part)
    if not options.against:
        print(report.table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


main()
