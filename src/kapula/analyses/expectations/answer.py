"""The answer put together, or how much more it would take."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.expectations.asked import asked_of
from kapula.analyses.expectations.points import points_of
from kapula.analyses.expectations.results import ExpectationsResult
from kapula.analyses.expectations.rows import Rows
from kapula.analyses.expectations.slopes import dependence, sensitivity, slopes
from kapula.analyses.expectations.verdict import needed, verdict_of
from kapula.analyses.expectations.within import Within
from kapula.statistics.line import LEAST_PERIODS

OF_SPREAD: Final = 0.05
REMAINDER: Final = 0.01
"""Share of the score's variance within periods; with less left, the score is likely made of the performance."""
STEPS: Final = 4


def too_few(base: ExpectationsResult, rows: Rows, least: int) -> ExpectationsResult:
    """With how many it could be said, at the present number of answers a period. Answers in periods too small are answers: they count, and
    what is said to be lacking is enough of them in each of the periods there are."""
    if rows.seen > rows.periods:
        small = replace(base, n=rows.given, periods=rows.seen, warnings=(*base.warnings, "small_periods"))
        wanted = LEAST_PERIODS if rows.seen < LEAST_PERIODS else None
        return replace(
            small,
            needed_n=max(max(rows.seen, LEAST_PERIODS) * rows.floor, rows.given + 1, least),
            needed_periods=wanted,
        )
    each = max(base.n / rows.periods if rows.periods else 0, rows.floor)
    wanted = LEAST_PERIODS if rows.periods < LEAST_PERIODS else None
    short = math.ceil(each * (LEAST_PERIODS - rows.periods)) if wanted else 0
    return replace(base, needed_n=max(base.n + max(short, 1), least), needed_periods=wanted)


def answer(
    base: ExpectationsResult,
    rows: Rows,
    found: Within,
    controls: Any,
    margin: float | None,
    level: float,
    progress: Progress,
) -> ExpectationsResult:
    progress(2, STEPS)
    steep = slopes(rows, found, level)
    spread = float(np.sqrt(np.average((rows.score - np.average(rows.score, weights=rows.w)) ** 2, weights=rows.w)))
    margin = OF_SPREAD * spread if margin is None else margin
    asked = None if rows.expectation is None else asked_of(rows, controls, steep.parts["drift"], level)
    depends = dependence(rows, found)
    progress(3, STEPS)
    verdict = verdict_of(steep, margin, 1 - level)
    warnings = [
        *base.warnings,
        *(["zero_variance"] if spread <= 1e-12 else []),
        *(["performance_constant"] if found.performance_columns == 0 else _constant(rows)),
        *(["explained_exactly"] if _exact(rows, found) else []),
        *(["drift_depends_on_performance"] if depends is not None and depends < 0.01 else []),
        *(["autocorrelated"] if steep.drift.rho > 0.3 else []),
    ]
    wanted = needed(steep, margin, rows.periods, 1 - level) if verdict == "unclear" else None
    told = sensitivity(rows, found, level)
    points = points_of(rows, found, level)
    progress(STEPS, STEPS)
    return replace(
        base, verdict=verdict, needed_n=None if wanted is None else math.ceil(base.n * wanted / rows.periods), needed_periods=wanted,
        slopes=steep.parts, margin=margin, points=points, expectation=asked, sensitivity=told, depends=depends,
        performance_effect=float(np.sqrt(np.average(found.index**2, weights=rows.w))), rho=steep.drift.rho, warnings=tuple(warnings),
        method={**base.method, "margin": margin},
    )  # fmt: skip


def _constant(rows: Rows) -> list[str]:
    """Whether one of several performances never varies: the others hide it."""
    return ["constant"] if (np.ptp(rows.performance, axis=0) == 0).any() else []


def _exact(rows: Rows, found: Within) -> bool:
    """Whether performance and mix leave hardly anything of the score within periods."""
    inner = rows.score - found.score[rows.period]
    return bool(rows.w @ inner**2 > 0 and rows.w @ found.residual**2 < REMAINDER * (rows.w @ inner**2))
