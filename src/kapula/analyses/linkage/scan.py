"""Every touchpoint at every lag, corrected as one scan."""

from __future__ import annotations

from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.linkage.between import between
from kapula.analyses.linkage.cells import EVERYWHERE, Cells
from kapula.analyses.linkage.correction import corrected
from kapula.analyses.linkage.effects import Effect
from kapula.analyses.linkage.panel import panel
from kapula.analyses.linkage.parts import Within, within
from kapula.analyses.linkage.robust import Estimate


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
    return corrected(found, level)


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
