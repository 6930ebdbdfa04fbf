"""``kapula bench``: what is promised of speed and size, measured on this machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kapula_cli import output, text

NAME = "bench"
HELP = "measure speed and memory against the promises"
JSON = True
ROOT = Path(__file__).resolve().parents[3]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("benchmark", nargs="*", metavar="BENCHMARK", help="which ones (default: all)")
    parser.add_argument("--list", action="store_true", help="list them and stop")
    parser.add_argument("--rows", type=int, metavar="N", help="another size than the promise's")
    parser.add_argument("--repeats", type=int, metavar="N", help="how often each peer runs; the best counts")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench", help="where the data is made and kept")


def run(args: argparse.Namespace) -> int:
    runner = _runner()
    if args.list:
        found = {name: runner.load(name).HELP for name in runner.names()}
        output.answer({"benchmarks": found}, text.table(("benchmark", "what"), list(found.items()), left=2))
        return output.OK
    results = list(_results(runner, args))
    kept = all(one["agree"] and all(promise["kept"] for promise in one["promises"]) for one in results)
    output.answer({"benchmarks": results, "kept": kept}, "\n\n".join(map(shown, results)))
    return output.OK if kept else output.NO


def _results(runner: Any, args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from kapula.errors import ParameterError, SourceError

    known = runner.names()
    for name in args.benchmark or known:
        if name not in known:
            raise ParameterError(
                f"There is no benchmark {name!r}.",
                hint=f"There are: {', '.join(known)}.",
                parameter="benchmark",
                value=name,
                allowed=list(known),
            )
        output.note(f"{name}: {runner.load(name).HELP} …")
        try:
            yield runner.run(name, args.folder, args.rows, args.repeats)
        except runner.PeerFailedError as error:
            raise SourceError(f"The benchmark {name} failed: {error}", hint="See above.", source=name) from error


def _runner() -> Any:
    """The benchmarks stand beside the source and are not installed with it."""
    from kapula.errors import SourceError

    if not (ROOT / "benchmarks" / "runner.py").is_file():
        raise SourceError(
            "The benchmarks are not here.", hint="They come with the source: run it in a checkout.", source=str(ROOT)
        )
    sys.path.insert(0, str(ROOT))
    from importlib import import_module

    return import_module("benchmarks.runner")


def shown(result: dict[str, Any]) -> str:
    """Peers beside each other, then the promises."""
    first = next(iter(result["peers"].values()))["seconds"]
    peers = [
        (name, f"{one['seconds']:.2f} s", f"{one['seconds'] / first:.2f} ×", f"{one['peak_mb']:.0f} MB")
        for name, one in result["peers"].items()
    ]
    size = f"{text.count(result['rows'])} rows"
    if result["rows"] != result["promised_rows"]:
        size += f" (the promise is for {text.count(result['promised_rows'])})"
    lines = [f"{result['benchmark']}, {size}", text.table(("", "time", "ratio", "memory"), peers, left=1)]
    if not result["agree"]:
        lines.append("The answers do not agree.")
    for promise in result["promises"]:
        verdict = "kept" if promise["kept"] else "NOT kept"
        unit = promise["unit"]
        lines.append(
            f"{promise['name']}: {promise['measured']:.2f} {unit}, promised {promise['limit']:g} {unit}: {verdict}"
        )
    return "\n".join(lines)
