"""Ask the network whether a package that we have pinned has a known weakness: `./dev audit`.

It needs a package registry that answers about weaknesses (pypi.org does; many mirrors do not), so it is no
part of `./dev check`. A package that could not be asked about counts as a failure, not as a clean one.
"""
# ruff: noqa: S603, T201 (our own words; it prints, and runs a program)

import subprocess
import sys

FILES = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """Look at both files, say what was found, and return 0 only when all of it is known to be clean."""
    failed = []
    for file in FILES:
        print(f"\n{file}", flush=True)
        command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes"]
        done = subprocess.run([*command, "--progress-spinner", "off", "-r", file], check=False)
        if done.returncode:
            failed.append(file)
    if failed:
        print(f"\nNot clean, or not asked: {', '.join(failed)}. Without a network, nothing is known.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
