"""What is said over all aims: the verdict, one correction of every comparison, and how many experiences are known."""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from typing import Any

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.found import AimFound
from kapula.analyses.intended.judge import known_match
from kapula.results import Difference
from kapula.statistics.differences import benjamini_hochberg
from kapula.tables import fetch


def verdict_of(codes: list[str]) -> str:
    if set(codes) == {NOT_ENOUGH}:
        return NOT_ENOUGH
    judged_ones = [code for code in codes if code not in (NOT_ENOUGH, "measured")]
    if not judged_ones:
        return "measured"
    return "missed" if "missed" in judged_ones else "unsure" if "unsure" in judged_ones else "reached"


def corrected(found: list[AimFound], error: float) -> list[AimFound]:
    """Contrasts corrected over all aims and groups, changes over all aims."""
    qs = iter(benjamini_hochberg([gap.p for one in found for gap in one.contrasts]))
    changes = iter(benjamini_hochberg([one.change.p if one.change else None for one in found]))

    def sure(gap: Difference, q: float | None) -> Difference:
        bounded = gap.low is not None and gap.high is not None and (gap.low > 0 or gap.high < 0)
        return replace(gap, q=q, sure=bounded and q is not None and q <= error)

    answered = []
    for one in found:
        gaps = tuple(sure(gap, next(qs)) for gap in one.contrasts)
        q = next(changes)
        answered.append(replace(one, contrasts=gaps, change=None if one.change is None else sure(one.change, q)))
    return answered


def known_rows(rows: Any, aims: tuple[Aim, ...], weight: str | None) -> int:
    """Rows that at least one aim is about and can be told of."""
    parts = []
    for aim in aims:
        about = [rows[column].isin(list(values)) for column, values in aim.applies.items()]
        parts.append(functools.reduce(operator.and_, [*about, known_match(rows, aim).notnull()]))
    test = functools.reduce(operator.or_, parts).fill_null(False)
    if weight is not None:
        test = test & (rows[weight].cast("float64") > 0).fill_null(False)
    return int(fetch(rows.aggregate(n=test.cast("int64").sum())).to_pylist()[0]["n"] or 0)
