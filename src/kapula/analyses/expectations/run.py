"""``kapula.expectations``: does the score fall although the performance does not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.expectations.answer import STEPS, answer, too_few
from kapula.analyses.expectations.checks import check
from kapula.analyses.expectations.clock_unit import USUAL
from kapula.analyses.expectations.design import mix_columns, performance_columns
from kapula.analyses.expectations.reading import read_rows
from kapula.analyses.expectations.results import ExpectationsResult
from kapula.analyses.expectations.rows import Columns, Rows
from kapula.analyses.expectations.within import fit, means_of, nested
from kapula.measures.engine.request import as_names
from kapula.measures.engine.withhold import require_minimum_n
from kapula.statistics.line import LEAST_PERIODS

LEAST: Final = 60
"""Answers in all; and ten for each column of the regression."""
LEAST_ROWS: Final = 36
"""The same for a series of one row a time: a row stands for many answers."""


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
    unit: str | None = None,
    grain: str | None = None,
    margin: float | None = None,
    filters: Any = None,
    level: float = 0.95,
    minimum_n: int = 0,
    timezone: str = "UTC",
    progress: Progress = no_progress,
) -> ExpectationsResult:
    """The change of a score per year split into drift (at the same performance and mix), performance and mix.

    ``score``, ``performance`` (one column or several), ``expectation``: columns of numbers. ``time``: dates, ISO text or ISO names of
    periods (2026-01, 2026-W05), taken by ``grain`` (day, week, month, quarter, year; left out, the coarsest that gives twelve periods,
    else the month, and longer where those would be too small), or numbers, each a period of length ``unit`` (left out, as the column's
    name says: week, viikko, vecka; else years, which is warned of; months written 202301 and days written 20230131 are read as such, by
    the calendar). A series of one row a week, month or quarter is gathered into longer periods of three rows at least. ``mix``: columns
    of groups whose shares may shift. ``cluster``: the customer whose answers belong together. ``margin``: the largest drift a year that
    still counts as none, in the score's unit (left out: a twentieth of the score's standard deviation).

    Raises :class:`~kapula.errors.KapulaError` of the kind that fits. Under four periods, sixty answers or ten answers for each column
    of the regression are an answer: "not_enough"; so are a score that never varies and a performance that differs between periods only.
    Sources: Frisch & Waugh (1933); Paule & Mandel (1982); Knapp & Hartung (2003).
    """
    names = Columns(score, as_names(performance), time, expectation, as_names(mix), weight, cluster)
    check(names, unit=unit, grain=grain, margin=margin, level=level)
    require_minimum_n(minimum_n)
    rows = read_rows(table, names, filters=filters, unit=unit, grain=grain, timezone=timezone, minimum_n=minimum_n)
    progress(1, STEPS)
    design = np.column_stack(
        [np.empty((len(rows.score), 0)), *(performance_columns(one) for one in rows.performance.T)]
    )
    controls = mix_columns(rows.mix, len(rows.score))
    method = {
        "score": score, "performance": list(names.performance), "time": time, "expectation": expectation,
        "mix": list(names.mix), "weight": weight, "cluster": cluster, "unit": rows.unit or unit or USUAL, "grain": rows.grain,
        "timezone": timezone,
        "level": level, "margin": margin, "minimum_n": minimum_n, "interval": "knapp_hartung",
        "columns": design.shape[1] + controls.shape[1],
    }  # fmt: skip
    base = ExpectationsResult(NOT_ENOUGH, len(rows.score), None, rows.periods, method=method, set_aside=rows.set_aside,
                              warnings=rows.warnings)  # fmt: skip
    least = max(LEAST_ROWS if rows.series else LEAST, 10 * (design.shape[1] + controls.shape[1]))
    if rows.periods < LEAST_PERIODS or base.n < least:
        return too_few(base, rows, least)
    if float(np.ptp(rows.score)) == 0:
        return replace(too_few(base, rows, least), warnings=(*base.warnings, "zero_variance"))
    if between_only(rows):
        return replace(base, warnings=(*base.warnings, "performance_between_only"))
    return answer(base, rows, fit(rows, rows.score, design, controls), controls, margin, level, progress)


def between_only(rows: Rows) -> bool:
    """Whether a performance varies, but never within a period: what it is worth cannot then be told from what happened to the periods."""
    inner = rows.performance - means_of(rows.performance, rows.w, rows.period)[rows.period]
    moves = np.ptp(rows.performance, axis=0) > 0
    return bool((nested(rows.performance, inner, rows.w) & moves).any())
