"""The score period by period, as it was and at the same performance and mix."""

from __future__ import annotations

import math
from typing import Any

from kapula.analyses.expectations.parts import Point, Slope
from kapula.analyses.expectations.rows import Rows
from kapula.analyses.expectations.within import Within
from kapula.statistics.laws import t_quantile


def points_of(rows: Rows, found: Within, level: float) -> tuple[Point, ...]:
    half = t_quantile((1 + level) / 2, math.inf)

    def at(values: Any, variance: Any, place: int) -> Slope:
        value, width = float(values[place]), half * math.sqrt(float(variance[place]))
        return Slope(value, value - width, value + width)

    return tuple(
        Point(
            label,
            float(time),
            int(found.n[place]),
            at(found.score, found.score_variance, place),
            at(found.level, found.variance, place),
        )
        for place, (label, time) in enumerate(zip(rows.labels, rows.times, strict=True))
    )
