"""Penalty and reward: what a low and what a high answer goes with, beside an answer in between.

Each driver becomes two dummies, low (answer ≤ the low cut) and high (≥ the high cut), and the outcome is regressed on them all. Intervals
rest on the sandwich variance (HC1; by cluster with CR1).

Source: Brandt (1987), in Add Value to Your Service; Mikulić & Prebežac (2008), Managing Service Quality 18(6), for the asymmetry index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kapula.analyses.drivers.asymmetry_results import AtCut, Figure
from kapula.analyses.drivers.cuts import dummies
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.resample import Codes
from kapula.statistics.laws import t_quantile

EVEN: Final = 1 / 3
"""An asymmetry index surely within ± this is even: penalty and reward are alike."""


def at_cuts(
    answers: Floats,
    outcome: Floats,
    weight: Floats,
    unit: Codes | None,
    cuts: Sequence[tuple[float, float]],
    level: float,
) -> list[AtCut]:
    """Every driver under its pair of cuts. A class is given at the level shared out over the drivers (Bonferroni)."""
    design = dummies(answers, cuts)
    beta, variance, df = _regression(design, outcome, weight, unit)
    wide = t_quantile((1 + level) / 2, df)
    strict = t_quantile(1 - (1 - level) / 2 / len(cuts), df)
    shares = weight @ design / weight.sum()
    found = []
    for place, (low, high) in enumerate(cuts):
        own = slice(2 * place, 2 * place + 2)
        penalty, reward = beta[own]
        square = variance[own, own]
        combined = (penalty, reward, penalty + reward)
        errors = np.sqrt(np.maximum([square[0, 0], square[1, 1], square.sum()], 0.0))
        first, second, both = (
            Figure(float(v), float(v - wide * e), float(v + wide * e)) for v, e in zip(combined, errors, strict=True)
        )
        kind = _kind(combined, errors * strict, square, strict)
        low_share, high_share = (float(share) for share in shares[own])
        found.append(AtCut(low, high, low_share, high_share, first, second, both, kind))
    return found


def _kind(values: tuple[float, float, float], reach: Floats, square: Floats, strict: float) -> str | None:
    penalty, reward, asymmetry = values
    loses, wins = penalty + reach[0] < 0, reward - reach[1] > 0
    if loses and asymmetry + reach[2] < 0:
        return "basic"
    if wins and asymmetry - reach[2] > 0:
        return "excitement"
    if not (loses and wins):
        return None
    range_ = reward - penalty
    gradient = np.array([2 * reward, -2 * penalty]) / range_**2
    error = strict * float(np.sqrt(max(float(gradient @ square @ gradient), 0.0)))
    return "performance" if abs(asymmetry / range_) + error < EVEN else None


def _regression(design: Floats, outcome: Floats, weight: Floats, unit: Codes | None) -> tuple[Floats, Floats, float]:
    """Coefficients without the constant, their sandwich variance, and the degrees of freedom."""
    full = np.column_stack([np.ones(len(design)), design])
    bread = np.linalg.pinv((full * weight[:, None]).T @ full, hermitian=True)
    beta = bread @ (full.T @ (weight * outcome))
    scores = full * (weight * (outcome - full @ beta))[:, None]
    rows, columns = full.shape
    if unit is None:
        factor, df = rows / (rows - columns), float(rows - columns)
    else:
        order = np.argsort(unit, kind="stable")
        count = int(unit.max()) + 1
        scores = np.add.reduceat(scores[order], np.searchsorted(unit[order], np.arange(count)), axis=0)
        factor, df = count / max(1, count - 1) * (rows - 1) / (rows - columns), float(max(1, count - 1))
    variance = factor * bread @ (scores.T @ scores) @ bread
    return beta[1:], variance[1:, 1:], df
