"""Pin the packages, with hashes, for every platform and every Python that we support: `./dev lock`."""
# ruff: noqa: S603, T201 (our own words; it prints, and runs a program)

import re
import subprocess
import sys
from pathlib import Path

# The oldest that we support: `requires-python` in pyproject.toml, and OLDEST_PYTHON in `dev`.
OLDEST_PYTHON = "3.11"
FILES: dict[str, list[str]] = {"requirements.txt": [], "requirements-dev.txt": ["--group", "dev"]}


def keep(name: str, text: str) -> None:
    """Write a requirements file; raises SystemExit when it would name a host."""
    if re.search(r"\w://|--[a-z-]*(index|links)", text):
        raise SystemExit(f"{name} would say where this machine gets packages: not written.")
    Path(name).write_text(text)


def main() -> None:
    """Pin both files; what fails says why, and leaves the file as it was."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header"]
    command += ["--python-version", OLDEST_PYTHON, "pyproject.toml"]
    for name, group in FILES.items():
        print(name, flush=True)
        done = subprocess.run([*command, *group], check=False, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(done.returncode)
        keep(name, done.stdout)


if __name__ == "__main__":
    main()
