#!/usr/bin/env python3
"""Let Lighthouse judge the five kinds of pages of a running site, as a phone sees them.

    python scripts/lighthouse.py http://127.0.0.1:8000 /usr/bin/chromium

npm fetches Lighthouse into a folder that is gone afterwards. The site should run as in production
(`DEBUG=false`, collected files), or compression and caching are missing. The exit code is 1 when a page has
less than 100 in anything. Not a part of `./dev test`: the score of performance hangs on the machine.
"""
# ruff: noqa: S603, S607, T201 (npm is wherever the developer has it, and no shell reads the command)

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = {
    "front": "/",
    "results": "/tilbud/",
    "offer": "/tilbud/headspace-roskilde/",
    "policy": "/politikker/roedovre-udsattepolitik/",
    "list": "/liste/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def scores(folder: Path, address: str, browser_path: str) -> dict[str, int]:
    """Return the score of each category, from 0 to 100."""
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if os.geteuid() == 0 else "")
    report = folder / "report.json"
    command = [
        "node_modules/.bin/lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
    ]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "CHROME_PATH": browser_path})
    told = json.loads(report.read_text())["categories"]
    return {name: round(100 * told[name]["score"]) for name in CATEGORIES}


def main(site: str, browser_path: str) -> int:
    """Judge every page and tell the scores."""
    worst = 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["npm", "install", "--silent", "--no-save", LIGHTHOUSE], cwd=folder, check=True)
        for page, path in PAGES.items():
            told = scores(folder, site + path, browser_path)
            worst = min(worst, *told.values())
            print(f"{page:8}", "  ".join(f"{name} {score}" for name, score in told.items()))
    return int(worst < 100)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
