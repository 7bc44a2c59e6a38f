#!/usr/bin/env python3
"""Run the tests by kind or class; every choice becomes one of pytest's own, and its exit code is passed through."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
KINDS = ("unit", "integration", "performance")


def pytest_arguments(arguments: Sequence[str]) -> list[str]:
    """Return what pytest is to be called with; several kinds are joined by "or"."""
    parser = argparse.ArgumentParser(description=__doc__)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", action="store_true", help=f"only {kind} tests")
    parser.add_argument("--class", dest="class_name", metavar="NAME", help="only the test class NAME")
    parser.add_argument("--coverage", action="store_true", help="also report which lines were run")
    chosen, passed_on = parser.parse_known_args(arguments)

    found = []
    if kinds := [kind for kind in KINDS if getattr(chosen, kind)]:
        found += ["-m", " or ".join(kinds)]
    if chosen.class_name:
        found += ["-k", chosen.class_name]
    if chosen.coverage:
        found += ["--cov", "--cov-report=term-missing"]
    return found + passed_on


def main() -> int:
    command = [sys.executable, "-m", "pytest", *pytest_arguments(sys.argv[1:])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
