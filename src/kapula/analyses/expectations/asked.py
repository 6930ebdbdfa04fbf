"""What customers say of their expectations, where they were asked of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from kapula.analyses.expectations.parts import Asked, Slope
from kapula.analyses.expectations.rows import Rows, only
from kapula.analyses.expectations.slopes import as_slope
from kapula.analyses.expectations.within import fit
from kapula.statistics.line import LEAST_PERIODS, line


def asked_of(rows: Rows, controls: Any, drift: Slope, level: float) -> Asked | None:
    """The expectation question at the same mix, among the answers that have it."""
    assert rows.expectation is not None  # asked for where the question was named
    known = ~np.isnan(rows.expectation)
    counts = np.bincount(rows.period[known], minlength=rows.periods)
    known &= (counts >= rows.floor)[rows.period]
    kept = np.unique(rows.period[known])
    if len(kept) < LEAST_PERIODS:
        return None
    part = only(rows, known)
    part = replace(
        part,
        period=np.searchsorted(kept, part.period),
        times=rows.times[kept],
        labels=tuple(rows.labels[place] for place in kept),
    )
    found = fit(part, rows.expectation[known], np.empty((len(part.score), 0)), controls[known])
    slope = as_slope(line(part.times, found.level, found.variance), level)
    confirms = slope.value * drift.value < 0 if slope.sure and drift.sure else None
    return Asked(slope, len(part.score), confirms)
