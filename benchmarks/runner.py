"""Runs benchmarks: prepares the data, runs each peer in its own process, and holds the figures against the promises."""

from __future__ import annotations

import importlib
import json
import pkgutil
import resource
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks
from benchmarks.promise import Run, Runs

FRAME = {"product", "promise", "runner"}
MEGABYTE = 1024


class PeerFailedError(Exception):
    """A peer's process ended with an error; the message is what it wrote."""


def names() -> tuple[str, ...]:
    """Every benchmark there is."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return tuple(sorted(name for name in found if name not in FRAME))


def load(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.{name}")


def run(name: str, folder: Path, size: int | None = None, repeats: int | None = None) -> dict[str, Any]:
    """One benchmark as plain JSON: each peer's seconds and memory, whether the answers agree, and each promise."""
    module = load(name)
    rows = size or module.SIZE
    place = folder / f"{name}-{rows}"
    _in_process("prepare", name, place, rows)
    runs = measure(module, name, place, repeats or module.REPEATS)
    promises = [
        {
            "name": promise.name,
            "measured": promise.measured(runs),
            "limit": promise.limit,
            "unit": promise.unit,
            "kept": promise.measured(runs) <= promise.limit,
        }
        for promise in module.PROMISES
    ]
    return {
        "benchmark": name,
        "rows": rows,
        "promised_rows": module.SIZE,
        "peers": {peer: {"seconds": one.seconds, "peak_mb": one.peak_mb} for peer, one in runs.items()},
        "agree": module.agree({peer: one.answer for peer, one in runs.items()}),
        "promises": promises,
    }


def measure(module: ModuleType, name: str, place: Path, repeats: int) -> Runs:
    """Each peer's best time and largest memory, the peers taking turns so that the machine's moods meet all alike."""
    best: dict[str, Run] = {}
    for _ in range(repeats):
        for peer in module.PEERS:
            told = _in_process("peer", name, place, peer)
            now = Run(told["seconds"], told["peak_mb"], told["answer"])
            before = best.get(peer, now)
            best[peer] = Run(min(now.seconds, before.seconds), max(now.peak_mb, before.peak_mb), now.answer)
    return best


def _in_process(task: str, *arguments: object) -> Any:
    """Runs one task of this module in a fresh interpreter and reads the JSON of its last line."""
    command = [sys.executable, "-m", "benchmarks.runner", task, *map(str, arguments)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    if told.returncode != 0:
        raise PeerFailedError(told.stderr.strip() or f"{' '.join(command)} ended with {told.returncode}.")
    return json.loads(told.stdout.splitlines()[-1])


def _prepare(name: str, place: str, rows: str) -> dict[str, Any]:
    folder = Path(place)
    ready = folder / "ready"
    if not ready.exists():
        folder.mkdir(parents=True, exist_ok=True)
        load(name).prepare(folder, int(rows))
        ready.touch()
    return {}


def _peer(name: str, place: str, peer: str) -> dict[str, Any]:
    """Before the clock starts the peer does the same on a small piece, if there is one: what is imported once in the
    life of a process is not what is compared. A peer that has more to set up tells its own ``seconds`` in its
    answer."""
    work = load(name).PEERS[peer]
    if (small := Path(place) / "small").exists():
        work(small)
    start = time.perf_counter()
    answer = work(Path(place))
    taken = time.perf_counter() - start
    if isinstance(answer, dict) and "seconds" in answer:
        taken = answer.pop("seconds")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {"seconds": taken, "peak_mb": peak_mb, "answer": answer}


if __name__ == "__main__":
    task, *rest = sys.argv[1:]
    print(json.dumps({"prepare": _prepare, "peer": _peer}[task](*rest)))
