"""Key drivers: exact LMG with 1,000 resamples of 100,000 rows at 15 and 20 drivers, its point estimate at 20 and 25, Johnson's weights
at 25; and LMG with 100 resamples at 10 drivers against all subsets written straightforwardly in NumPy.

The clock runs over ``kapula.drivers`` on a table in memory; point estimates also from the covariance alone, as the method is timed
elsewhere."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.promise import Promise, peak, seconds, time_ratio

HELP = "key drivers: shares of R² with resamples, against all subsets in NumPy"
SIZE = 100_000
REPEATS = 1
COLUMNS = 25
PEER_BOOT = 100
SAME = 1e-9


def prepare(folder: Path, size: int) -> None:
    random = np.random.default_rng(2026)
    shared = random.normal(size=(size, 1))
    rows = 0.7 * shared + random.normal(size=(size, COLUMNS))
    outcome = rows @ (1 / np.arange(2, COLUMNS + 2)) + 2 * random.normal(size=size)
    np.save(folder / "rows.npy", np.column_stack([rows, outcome]))


def _table(folder: Path, count: int) -> tuple[Any, list[str]]:
    import pyarrow as pa

    rows = np.load(folder / "rows.npy")
    names = [f"x{place}" for place in range(count)]
    columns = {name: rows[:, place] for place, name in enumerate(names)}
    return pa.table({**columns, "y": rows[:, -1]}), names


def asked(count: int, method: str, n_boot: int) -> Callable[[Path], dict[str, Any]]:
    """``kapula.drivers`` of ``count`` drivers; one run with a few rows comes before the clock."""

    def work(folder: Path) -> dict[str, Any]:
        import kapula

        table, names = _table(folder, count)
        kapula.drivers(table.slice(0, 200), "y", names[:3], method, n_boot=n_boot and 100)
        start = time.perf_counter()
        found = kapula.drivers(table, "y", names, method, n_boot=n_boot)
        taken = time.perf_counter() - start
        return {"seconds": taken, "r2": found.r2, "shares": [driver.share for driver in found.drivers]}

    return work


def from_covariance(count: int) -> Callable[[Path], dict[str, Any]]:
    """The subsets alone."""

    def work(folder: Path) -> dict[str, Any]:
        from kapula.analyses.drivers.subsets import lmg

        rows = np.load(folder / "rows.npy")
        matrix = np.corrcoef(np.column_stack([rows[:, :count], rows[:, -1]]).T)[:, :, None]
        lmg(matrix[:5, :5], [1] * 4)
        start = time.perf_counter()
        shares = lmg(matrix, [1] * count)[:, 0]
        return {"seconds": time.perf_counter() - start, "r2": float(shares.sum()), "shares": shares.tolist()}

    return work


def by_numpy(folder: Path) -> dict[str, Any]:
    """Every resample's covariance from its rows, every subset solved."""
    rows = np.load(folder / "rows.npy")[:, [*range(10), COLUMNS]]
    random = np.random.default_rng(1)
    start = time.perf_counter()
    found = _all_subsets(np.cov(rows.T))
    for _ in range(PEER_BOOT):
        _all_subsets(np.cov(rows[random.integers(0, len(rows), len(rows))].T))
    return {"seconds": time.perf_counter() - start, "r2": float(found.sum()), "shares": found.tolist()}


def _all_subsets(square: Any) -> Any:
    count = len(square) - 1
    worth = {}
    for size in range(count + 1):
        for chosen in itertools.combinations(range(count), size):
            own = list(chosen)
            beta = np.linalg.solve(square[np.ix_(own, own)], square[own, count]) if own else np.empty(0)
            worth[chosen] = float(square[count, own] @ beta / square[count, count])
    shares = np.zeros(count)
    for chosen, value in worth.items():
        for player in set(range(count)) - set(chosen):
            weight = math.factorial(len(chosen)) * math.factorial(count - len(chosen) - 1) / math.factorial(count)
            shares[player] += weight * (worth[tuple(sorted((*chosen, player)))] - value)
    return shares


def agree(answers: Mapping[str, Any]) -> bool:
    """Shares sum to R², and those of ten drivers are NumPy's."""
    ours, theirs = answers["LMG, 10 drivers"], answers["NumPy, 10 drivers"]
    sums = all(math.isclose(sum(answer["shares"]), answer["r2"], abs_tol=SAME) for answer in answers.values())
    return sums and np.allclose(ours["shares"], theirs["shares"], atol=SAME)


PEERS = {
    "LMG, 10 drivers": asked(10, "lmg", PEER_BOOT),
    "NumPy, 10 drivers": by_numpy,
    "LMG, 15 drivers": asked(15, "lmg", 1000),
    "LMG, 20 drivers": asked(20, "lmg", 1000),
    "Johnson, 25 drivers": asked(25, "johnson", 1000),
    "20 drivers, no resamples": asked(20, "lmg", 0),
    "25 drivers, no resamples": asked(25, "lmg", 0),
    "20 drivers from the covariance": from_covariance(20),
    "25 drivers from the covariance": from_covariance(25),
}
PROMISES: tuple[Promise, ...] = (
    time_ratio("LMG, 10 drivers", "NumPy, 10 drivers", 0.5),
    seconds("LMG, 15 drivers", 30),
    seconds("LMG, 20 drivers", 120),
    seconds("Johnson, 25 drivers", 30),
    seconds("20 drivers from the covariance", 0.2),
    seconds("25 drivers, no resamples", 10),
    peak("LMG, 20 drivers", 1000),
)
