"""Every touchpoint at every lag, corrected as one scan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.linkage.cells import EVERYWHERE, Cells
from kapula.analyses.linkage.parts import Within, between, panel, within
from kapula.analyses.linkage.results import Effect, Slope
from kapula.analyses.linkage.robust import Estimate, Floats, of
from kapula.statistics.differences import benjamini_hochberg


def scan(cells: Cells, lags: tuple[int, ...], *, adjust: str, level: float, progress: Progress) -> tuple[Effect, ...]:
    """Within and between slopes. Benjamini–Hochberg over touchpoints × lags for the within parts (those beside the other lags apart),
    and over touchpoints for the between parts."""
    found: list[tuple[Any, int, Within, Estimate | None]] = []
    for place, touchpoint in enumerate(cells.touchpoints):
        progress(place, len(cells.touchpoints))
        data = panel(cells, cells.customer, place, lags, adjust)
        apart = units_apart(cells, place, level)
        named = None if touchpoint == EVERYWHERE else touchpoint
        found += [(named, lag, within(data, column, level), apart) for column, lag in enumerate(lags)]
    progress(len(cells.touchpoints), len(cells.touchpoints))
    return _corrected(found, level)


def units_apart(cells: Cells, touchpoint: int, level: float) -> Estimate | None:
    """The slope between units at a touchpoint, over all periods at once."""
    customers, staff = cells.customer, cells.staff
    rows = customers.touchpoint == touchpoint
    unit, n, mean, ss = customers.unit[rows], customers.n[rows], customers.mean[rows], customers.ss[rows]
    count = len(cells.units)
    asked, heard = np.bincount(unit, n, count), np.bincount(staff.unit, staff.n, count)
    both = (asked > 0) & (heard > 0)
    if both.sum() < 2:
        return None
    y = np.bincount(unit, n * mean, count)[both] / asked[both]
    x = np.bincount(staff.unit, staff.n * staff.mean, count)[both] / heard[both]
    inside = ss + n * (mean - (np.bincount(unit, n * mean, count) / np.maximum(asked, 1))[unit]) ** 2
    free = float(asked[both].sum() - both.sum())
    spread = float(inside[both[unit]].sum()) / free if free > 0 else 0.0
    return between(np.flatnonzero(both), x, y, spread / asked[both], level)


def _corrected(found: Sequence[tuple[Any, int, Within, Estimate | None]], level: float) -> tuple[Effect, ...]:
    firsts = {touchpoint: place for place, (touchpoint, *_) in reversed(list(enumerate(found)))}
    q_within = benjamini_hochberg([_p(one.estimate) for *_, one, _ in found])
    q_beside = benjamini_hochberg([_p(one.beside) for *_, one, _ in found])
    q_apart = benjamini_hochberg([_p(found[place][3]) for place in firsts.values()])
    q_between = dict(zip(firsts, q_apart, strict=True))
    return tuple(
        Effect(
            touchpoint,
            lag,
            _slope(one.estimate, q_within[place], level),
            _slope(one.beside, q_beside[place], level),
            _slope(apart, q_between[touchpoint], level),
            _contextual(one.estimate, apart, level),
            one.scope,
            one.units,
            one.cells,
            one.answers,
        )
        for place, (touchpoint, lag, one, apart) in enumerate(found)
    )


def _p(one: Estimate | None) -> float | None:
    return None if one is None else one.p


def _slope(one: Estimate | None, q: float | None, level: float) -> Slope | None:
    return None if one is None else Slope(one, q, q is not None and q <= 1 - level)


def _contextual(inside: Estimate | None, apart: Estimate | None, level: float) -> Slope | None:
    """Between − within. The two are orthogonal, so variances add; the fewer degrees of freedom count."""
    if inside is None or apart is None:
        return None
    error = math.hypot(inside.se, apart.se)
    found = of(apart.value - inside.value, error, min(inside.df, apart.df), level)
    return Slope(found, None, found.p <= 1 - level)


def steadiness(cells: Cells) -> float | None:
    """1 − sampling variance ÷ variance of a unit's staff figure between periods; None where it does not vary or no cell has two
    answers."""
    side = cells.staff
    free = float(np.maximum(side.n - 1, 0).sum())
    usual = np.bincount(side.unit, side.mean) / np.maximum(np.bincount(side.unit), 1)
    moved: Floats = side.mean - usual[side.unit]
    spare = len(side.n) - len(np.unique(side.unit))
    if free <= 0 or spare < 1 or float(moved @ moved) <= 0:
        return None
    noise = float(side.ss.sum()) / free * float(np.mean(1 / side.n))
    return max(0.0, 1 - noise / (float(moved @ moved) / spare))
