"""The periods' figures against time: drift, performance and mix as parts of one slope, each with its own interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.expectations.parts import Sensitivity, Slope
from kapula.analyses.expectations.rows import Rows
from kapula.analyses.expectations.within import Floats, Ints, Within, means_of, pooled, variance_of
from kapula.statistics.line import LEAST_PERIODS, Line, line, slope_of

RELIABILITIES: Final = (0.9, 0.8, 0.7)


@dataclass(frozen=True, slots=True)
class Slopes:
    """``drift``: the line of the levels; ``parts``: total, drift, performance, mix (per year); ``narrow``: the drift's 1 − 2α interval."""

    drift: Line
    parts: Mapping[str, Slope]
    narrow: Slope


def slopes(rows: Rows, found: Within, level: float) -> Slopes:
    """All by the drift's weights, so that drift + performance + mix = total."""
    t, k = rows.times, found.performance_columns
    free = line(t, found.level, found.variance)
    drift = line(t, found.level, found.variance, extra=_coefficients(found, free.pull, 0, None))
    spread = variance_of(found.index - means_of(found.index[:, None], rows.w, rows.period)[rows.period, 0], rows)
    lines = {
        "total": line(t, found.score, found.score_variance),
        "performance": line(t, found.performance, spread, extra=_coefficients(found, drift.pull, 0, k)),
        "mix": line(t, found.mix, 1 / found.weight, extra=_coefficients(found, drift.pull, k, None)),
    }
    figures = {"total": found.score, "performance": found.performance, "mix": found.mix}
    parts = {name: as_slope(one, level, slope_of(t, figures[name], drift)) for name, one in lines.items()}
    return Slopes(
        drift, {"total": parts["total"], "drift": as_slope(drift, level), **parts}, as_slope(drift, 2 * level - 1)
    )


def as_slope(found: Line, level: float, value: float | None = None) -> Slope:
    """The line's slope, or ``value`` with the line's interval moved to it; alone when nothing varies around the line."""
    value = found.slope if value is None else value
    if not found.se > 1e-12:
        return Slope(value)
    low, high = found.interval(level)
    moved = value - found.slope
    return Slope(value, low + moved, high + moved, found.p)


def _coefficients(found: Within, pull: Floats, start: int, stop: int | None) -> float:
    """The slope's variance from not knowing the coefficients: they matter by as much as their columns' means moved."""
    moved = pull @ found.means[:, start:stop]
    return float(moved @ found.covariance[start:stop, start:stop] @ moved)


def sensitivity(rows: Rows, found: Within, level: float) -> tuple[Sensitivity, ...]:
    """The drift when the performance is measured with less than full reliability λ: its effect is then 1/λ as large,
    and that much more of the
    change belongs to it (regression dilution; Carroll et al. 2006, Measurement Error in Nonlinear Models, 2nd ed., ch. 3)."""
    told = []
    for reliability in RELIABILITIES:
        level_then = found.level - (1 / reliability - 1) * found.performance
        free = line(rows.times, level_then, found.variance)
        extra = _coefficients(found, free.pull, 0, None) / reliability**2
        told.append(
            Sensitivity(reliability, as_slope(line(rows.times, level_then, found.variance, extra=extra), level))
        )
    return tuple(told)


def dependence(rows: Rows, found: Within) -> float | None:
    """p of the performance's worth changing with time, which is the same as the drift depending on performance: the slope of the score on
    the performance part in each period, against time."""
    inner = found.index - means_of(found.index[:, None], rows.w, rows.period)[rows.period, 0]
    squares = np.bincount(rows.period, rows.w * inner**2, rows.periods)
    kept = squares > 1e-9 * max(float(squares.max()), 1e-300)
    if kept.sum() < LEAST_PERIODS or squares.max() <= 1e-12:
        return None
    worth = np.bincount(rows.period, rows.w * inner * found.residual, rows.periods)[kept] / squares[kept]
    noise = np.bincount(rows.period, (rows.w * inner * found.residual) ** 2, rows.periods)[kept] / squares[kept] ** 2
    if rows.series:
        noise = pooled(found.residual, rows, found.performance_columns) / squares[kept]
    return line(rows.times[kept], worth, np.maximum(noise, 1e-12)).p


def overall(rows: Rows) -> Ints:
    """Answers by period."""
    return np.bincount(rows.period, minlength=rows.periods)
