"""A promise, and how a run kept it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One peer's best run: seconds of the work itself, peak memory of its process in MB, and its answer."""

    seconds: float
    peak_mb: float
    answer: Any


Runs = Mapping[str, Run]


@dataclass(frozen=True, slots=True)
class Promise:
    """``measured(runs)`` is to be at most ``limit``; ``unit`` is "×", "s", "ms" or "MB"."""

    name: str
    limit: float
    unit: str
    measured: Callable[[Runs], float]


def time_ratio(first: str, second: str, limit: float) -> Promise:
    return Promise(f"{first} ÷ {second}", limit, "×", lambda runs: runs[first].seconds / runs[second].seconds)


def peak(peer: str, limit: float) -> Promise:
    return Promise(f"{peer}, memory", limit, "MB", lambda runs: runs[peer].peak_mb)


def seconds(peer: str, limit: float) -> Promise:
    return Promise(f"{peer}, time", limit, "s", lambda runs: runs[peer].seconds)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 100) * len(ordered) // 100) - 1))]
