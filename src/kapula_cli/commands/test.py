"""`kapula test`: all tests, as CI runs them."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

NAME = "test"
HELP = "run the tests (all but the slow ones; --slow for those, --all for everything)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--slow",
        action="store_true",
        help="only the slow ones: Spark, kill tests, simulations, and the product on PostgreSQL",
    )
    which.add_argument("--all", action="store_true", help="everything")
    parser.add_argument("--no-checks", action="store_true", help="leave out ruff, mypy and the import law")
    parser.add_argument("arguments", nargs="*", help="passed on to pytest")


def run(args: argparse.Namespace) -> int:
    root = Path(__file__).resolve().parents[3]
    if not (root / "tests").is_dir():
        print("The tests are in Kapula's source tree; this is an installed copy.", file=sys.stderr)
        return 2
    steps = [] if args.no_checks or args.slow or args.arguments else _checks()
    codes = [subprocess.run(step, cwd=root, check=False).returncode for step in steps]
    if (args.slow or args.all) and not args.arguments and (server := os.environ.get("KAPULA_TEST_POSTGRES")):
        # The product's tests once more, on the other database, whose tables are there made by the migrations.
        again, environment = (
            [*_pytest("not slow and not browser"), "--migrations", "tests/web"],
            os.environ | {"DATABASE_URL": server},
        )
        codes.append(subprocess.run(again, cwd=root, env=environment, check=False).returncode)
    # The whole suite goes last, so that its closing line is the last thing seen; it runs even when a step before it failed.
    which = "" if args.all else "slow" if args.slow else "not slow"
    codes.append(subprocess.run([*_pytest(which), *args.arguments], cwd=root, check=False).returncode)
    return max(codes)


def _pytest(marks: str) -> list[str]:
    """A process more than there are cores, for tests wait for browsers and databases; a file to each, for tests of a file may share
    what is slow to make."""
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-ra",
        "--durations=10",
        "-n",
        str(min(os.cpu_count() or 1, 7) + 1),
        "--dist",
        "loadfile",
        *(["-m", marks] if marks else []),
    ]


def _checks() -> list[list[str]]:
    binary = Path(sys.executable).parent
    return [
        [str(binary / "ruff"), "check", "src", "tests"],
        [str(binary / "ruff"), "format", "--check", "-q", "src", "tests"],
        [str(binary / "mypy")],
        [str(binary / "lint-imports")],
    ]
