"""``kapula.expectations``: does the score fall although the performance does not?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.expectations.clock import YEARS
from kapula.analyses.expectations.design import mix_columns, performance_columns
from kapula.analyses.expectations.results import Asked, ExpectationsResult, Point, Slope
from kapula.analyses.expectations.rows import LEAST_IN_PERIOD, Columns, Rows, only, read_rows
from kapula.analyses.expectations.slopes import Slopes, as_slope, dependence, sensitivity, slopes
from kapula.analyses.expectations.within import Within, fit
from kapula.errors import ParameterError
from kapula.measures.engine.request import as_names, one_of
from kapula.schema import PERIODS
from kapula.statistics.holm import holm
from kapula.statistics.laws import t_quantile
from kapula.statistics.line import LEAST_PERIODS, line

LEAST: Final = 60
"""Answers in all; and ten for each column of the regression."""
OF_SPREAD: Final = 0.05
STEPS: Final = 4

VERDICTS: Final[Mapping[str, str]] = {
    "rising": "The score falls at the same performance and mix, as when expectations rise.",
    "falling": "The score rises at the same performance and mix, as when expectations fall.",
    "performance_fell": "The score falls with the performance; at the same performance no sure change.",
    "none": "At the same performance the score is flat: the drift is surely smaller than the margin.",
    "unclear": "Neither a sure drift nor surely none.",
    NOT_ENOUGH: "Too few answers or periods to say anything.",
}


def expectations(
    table: Any,
    score: str,
    performance: str | Sequence[str],
    time: str,
    *,
    expectation: str | None = None,
    mix: str | Sequence[str] = (),
    weight: str | None = None,
    cluster: str | None = None,
    unit: str = "year",
    grain: str | None = None,
    margin: float | None = None,
    filters: Any = None,
    level: float = 0.95,
    minimum_n: int = 0,
    timezone: str = "UTC",
    progress: Progress = no_progress,
) -> ExpectationsResult:
    """The change of a score per year split into drift (at the same performance and mix), performance and mix.

    ``score``, ``performance`` (one column or several), ``expectation``: columns of numbers. ``time``: dates (or ISO
    text), taken by ``grain``
    (day, week, month, quarter, year; left out, the coarsest that gives twelve periods, else the month), or numbers,
    each a period of length ``unit``.
    ``mix``: columns of groups whose shares may shift. ``cluster``: the customer whose answers belong together.
    ``margin``: the largest drift a
    year that still counts as none, in the score's unit (left out: a twentieth of the score's standard deviation).

    Raises :class:`~kapula.errors.KapulaError` of the kind that fits. Under four periods, sixty answers or ten
    answers for each column of the
    regression are an answer: "not_enough". Sources: Frisch & Waugh (1933); Paule & Mandel (1982); Knapp & Hartung (2003).
    """
    names = Columns(score, as_names(performance), time, expectation, as_names(mix), weight, cluster)
    _check(names, unit=unit, grain=grain, margin=margin, level=level)
    rows = read_rows(table, names, filters=filters, unit=unit, grain=grain, timezone=timezone, minimum_n=minimum_n)
    progress(1, STEPS)
    design = np.column_stack(
        [np.empty((len(rows.score), 0)), *(performance_columns(one) for one in rows.performance.T)]
    )
    controls = mix_columns(rows.mix, len(rows.score))
    method = {
        "score": score, "performance": list(names.performance), "time": time, "expectation": expectation,
        "mix": list(names.mix), "weight": weight, "cluster": cluster, "unit": unit, "grain": rows.grain, "timezone": timezone,
        "level": level, "margin": margin, "minimum_n": minimum_n, "interval": "knapp_hartung",
        "columns": design.shape[1] + controls.shape[1],
    }  # fmt: skip
    base = ExpectationsResult(NOT_ENOUGH, len(rows.score), None, rows.periods, method=method, set_aside=rows.set_aside)
    least = max(LEAST, 10 * (design.shape[1] + controls.shape[1]))
    if rows.periods < LEAST_PERIODS or base.n < least:
        return _too_few(base, rows, least)
    return _answer(base, rows, fit(rows, rows.score, design, controls), controls, margin, level, progress)


def _check(names: Columns, *, unit: str, grain: str | None, margin: float | None, level: float) -> None:
    one_of("unit", unit, tuple(YEARS))
    if grain is not None:
        one_of("grain", grain, PERIODS)
    doubled = [
        name
        for name in (names.score, *names.performance)
        if (names.score, *names.performance, *names.mix, names.time).count(name) > 1
    ]
    for wrong, parameter, value, message, hint in (
        (
            not names.performance,
            "performance",
            None,
            "No performance column was named.",
            "Name what the score should follow.",
        ),
        (
            bool(doubled),
            "performance",
            doubled,
            f"The column {''.join(doubled[:1])!r} is named twice.",
            "Name each column once.",
        ),
        (
            margin is not None and not margin > 0,
            "margin",
            margin,
            "The margin is above zero.",
            "Leave it out for the usual one.",
        ),
        (
            not 0.5 < level < 1,
            "level",
            level,
            f"level={level!r} is not a usable confidence level.",
            "Give a number above 0.5 and below 1.",
        ),
    ):
        if wrong:
            raise ParameterError(message, hint=hint, parameter=parameter, value=value)


def _too_few(base: ExpectationsResult, rows: Rows, least: int) -> ExpectationsResult:
    """With how many it could be said, at the present number of answers a period."""
    each = max(base.n / rows.periods if rows.periods else 0, LEAST_IN_PERIOD)
    wanted = LEAST_PERIODS if rows.periods < LEAST_PERIODS else None
    short = math.ceil(each * (LEAST_PERIODS - rows.periods)) if wanted else 0
    return replace(base, needed_n=max(base.n + max(short, 1), least), needed_periods=wanted)


def _answer(
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
    asked = None if rows.expectation is None else _asked(rows, controls, steep.parts["drift"], level)
    depends = dependence(rows, found)
    progress(3, STEPS)
    verdict = _verdict(steep, margin, 1 - level)
    warnings = [
        *(["zero_variance"] if spread <= 1e-12 else []),
        *(["performance_constant"] if found.performance_columns == 0 else []),
        *(["drift_depends_on_performance"] if depends is not None and depends < 0.01 else []),
        *(["autocorrelated"] if steep.drift.rho > 0.3 else []),
    ]
    wanted = _needed(steep, margin, rows.periods, 1 - level) if verdict == "unclear" else None
    told = sensitivity(rows, found, level)
    points = _points(rows, found, level)
    progress(STEPS, STEPS)
    return replace(
        base, verdict=verdict, needed_n=None if wanted is None else math.ceil(base.n * wanted / rows.periods), needed_periods=wanted,
        slopes=steep.parts, margin=margin, points=points, expectation=asked, sensitivity=told, depends=depends,
        performance_effect=float(np.sqrt(np.average(found.index**2, weights=rows.w))), rho=steep.drift.rho, warnings=tuple(warnings),
        method={**base.method, "margin": margin},
    )  # fmt: skip


def _verdict(steep: Slopes, margin: float, alpha: float) -> str:
    """Drift and performance are tested together by Holm's correction, so that the verdicts' false alarms stay nominal in all."""
    drift, performance, total = (steep.parts[name] for name in ("drift", "performance", "total"))
    passed = holm([drift.p, performance.p], alpha)
    narrow = steep.narrow
    flat = narrow.low is not None and narrow.high is not None and -margin < narrow.low and narrow.high < margin
    if drift.sure and passed[0] and not flat:
        return "rising" if drift.value < 0 else "falling"
    if (
        performance.sure
        and passed[1]
        and performance.value < 0
        and total.value < 0
        and abs(performance.value) > abs(drift.value)
    ):
        return "performance_fell"
    return "none" if flat else "unclear"


def _needed(steep: Slopes, margin: float, periods: int, alpha: float) -> int:
    """Periods with which a drift of nothing would be called none nine times in ten: a slope's standard error falls as T^(3/2)."""
    narrow = steep.narrow
    if narrow.low is None or narrow.high is None:
        return periods + 1
    z = t_quantile(1 - alpha, math.inf)
    aim = margin * z / (z + t_quantile(0.95, math.inf))
    times: float = ((narrow.high - narrow.low) / 2 / aim) ** (2 / 3)
    return max(periods + 1, math.ceil(periods * times))


def _asked(rows: Rows, controls: Any, drift: Slope, level: float) -> Asked | None:
    """The expectation question at the same mix, among the answers that have it."""
    assert rows.expectation is not None  # asked for where the question was named
    known = ~np.isnan(rows.expectation)
    counts = np.bincount(rows.period[known], minlength=rows.periods)
    known &= (counts >= LEAST_IN_PERIOD)[rows.period]
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


def _points(rows: Rows, found: Within, level: float) -> tuple[Point, ...]:
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
