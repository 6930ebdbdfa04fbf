"""Reading comments: how many a second each tier labels with every field, how long one takes, and how much memory it needs.

The comments are the corpus's own, each different; the clock runs over ``kapula.text.analyse``, the networks read from disk before."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.promise import Promise, Runs, peak

HELP = "reading comments: comments a second, careful and fast, and one alone"
SIZE = 4_000
REPEATS = 2
ALONE = 50


def prepare(folder: Path, size: int) -> None:
    from kapula.text.corpus import load

    comments = [" ".join(one.text.split()) for one in load()]
    chosen = comments[:: max(1, len(comments) // size)][:size]  # every kind, not the first author alone
    (folder / "comments.txt").write_text("\n".join(chosen), encoding="utf-8")


def _comments(folder: Path) -> list[str]:
    return (folder / "comments.txt").read_text(encoding="utf-8").splitlines()


def many(tier: str) -> Callable[[Path], dict[str, Any]]:
    def work(folder: Path) -> dict[str, Any]:
        from kapula.text.reading import analyse

        comments = _comments(folder)
        analyse(comments[:100], tier=tier)
        start = time.perf_counter()
        rows = analyse(comments, tier=tier).num_rows
        taken = time.perf_counter() - start
        return {"seconds": taken, "rows": rows}

    return work


def alone(folder: Path) -> dict[str, Any]:
    """One comment at a time, as when one is written; seconds of one."""
    from kapula.text.reading import analyse

    comments = _comments(folder)[:ALONE]
    analyse(comments[:2])
    start = time.perf_counter()
    for comment in comments:
        analyse([comment])
    return {"seconds": (time.perf_counter() - start) / ALONE, "rows": ALONE}


PEERS = {"careful": many("careful"), "fast": many("fast"), "one comment": alone}


def _each(peer: str) -> Callable[[Runs], float]:
    """Milliseconds a comment."""
    return lambda runs: 1000 * runs[peer].seconds / (1 if peer == "one comment" else runs[peer].answer["rows"])


PROMISES = (
    Promise("careful, a comment (400 a second)", 2.5, "ms", _each("careful")),
    Promise("fast, a comment (2,000 a second)", 0.5, "ms", _each("fast")),
    Promise("one comment alone", 20, "ms", _each("one comment")),
    peak("careful", 1000),
    peak("fast", 1000),
)


def agree(answers: Mapping[str, Any]) -> bool:
    """Both tiers labelled every comment."""
    return answers["careful"]["rows"] == answers["fast"]["rows"]
