"""Measure a part, as `./dev bench search`: by default with 5,000 and 100,000 offers."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import report

PARTS = {name: f"bench.{name}" for name in ("search", "pages", "files", "desk", "tables")}
SIZES = [5_000, 100_000]


def measured(part: str, size: int, env: dict[str, str]) -> dict[str, float]:
    """Return the figures of one part at one size, on a database of its own, in processes of its own."""
    with tempfile.TemporaryDirectory(prefix="vejviser-bench-") as home:
        mine = {
            **env,
            "DATABASE_URL": f"sqlite:///{home}/db.sqlite3",
            "SEARCH_INDEX_DIR": f"{home}/index",
            "SECRET_KEY": "bench" * 12,
            "DEBUG": "false",
            "INSECURE_HTTP": "true",
        }
        for module in ("bench.corpus", PARTS[part]):
            print(f"{module} {size:,} …", file=sys.stderr, flush=True)
            done = subprocess.run(
                [sys.executable, "-m", module, str(size)],
                env=mine,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        return json.loads(done.stdout)


def main() -> None:
    """Measure the part asked for at each size, and print a table; `--json FILE` keeps the figures."""
    parser = argparse.ArgumentParser("./dev bench", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = {size: measured(options.part, size, dict(os.environ)) for size in options.sizes}
    print(report.table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


main()
