"""What the answers themselves show: how many are independent, and how far apart they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from kapula.analyses.decompose.units import Floats, Units


def independent_of(units: Units, side: int) -> int:
    """Independent answers, or clusters, heard in a period."""
    here = units.cell % 2 == side
    return int(np.count_nonzero(np.bincount(units.unit[here])) if units.clustered else units.times[here].sum())


def independent_in(units: Units) -> Floats:
    """Independent answers, or clusters, heard in each segment, whatever the period."""
    if not units.clustered:
        return np.asarray(units.sums(units.times).sum(axis=1))
    heard = np.unique(units.cell // 2 * units.count + units.unit) // max(1, units.count)
    return np.bincount(heard, minlength=len(units.segments)).astype(np.float64)


def spread_of(units: Units) -> float:
    """The standard deviation of the units' own ratios."""
    times, ratio = units.times * units.x, _ratios(units)
    mean = float(times @ ratio / times.sum())
    return float(np.sqrt(times @ (ratio - mean) ** 2 / times.sum()))


def spreads_of(units: Units) -> Any:
    """How far apart the units' ratios are in each period."""
    ratio = _ratios(units)
    return np.array([np.ptp(ratio[units.cell % 2 == side]) for side in (0, 1)])


def _ratios(units: Units) -> Any:
    """Each unit's own ratio; of one without exposure, zero."""
    return np.divide(units.y, units.x, out=np.zeros_like(units.y), where=units.x > 0)
