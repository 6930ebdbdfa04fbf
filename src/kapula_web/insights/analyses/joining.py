"""Operational series beside answers: responses with the values of their own week, and panels of units by weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import ibis

from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.operational import Series

LEAST: Final = 1e-6
"""The weight of a value of nobody: it counts only where there is no other."""


def with_series(data: Data, table: Any, wanted: Sequence[Series], *, lag_weeks: int = 0) -> Any:
    """Responses with a column ``series_<code>`` for each series: its value in the response's own week, or ``lag_weeks`` before it, for the
    response's team or touchpoint. Blank where the series has none."""
    day = table.occurred_on - ibis.interval(days=7 * lag_weeks) if lag_weeks else table.occurred_on
    table = table.mutate(kapula_week=day.cast("date").truncate("W"))
    for one in wanted:
        weekly = _weekly(data, one)
        on = [table.kapula_week == weekly.kapula_monday]
        table = _beside(table, weekly, [*on, *([table[one.unit] == weekly.kapula_of] if one.unit else [])])
    return table.drop("kapula_week")


def panel(data: Data, table: Any, column: str, wanted: Sequence[Series], *, unit: str = "team") -> Any:
    """Units by weeks: ``unit``, ``week`` (its Monday), the mean of ``column`` under its own name, ``n`` answers, and a column
    ``series_<code>`` for each series. A week without answers stands there with a blank mean when a series of the unit has a value."""
    answers = table.filter(table[column].notnull(), table[unit].notnull())
    answers = answers.mutate(kapula_monday=answers.occurred_on.truncate("W"), kapula_of=answers[unit])
    means = answers.group_by("kapula_of", "kapula_monday").aggregate(
        **{column: answers[column].mean(), "n": answers[column].count()}
    )
    weeklies = [_weekly(data, one) for one in wanted]
    grid = means.select("kapula_of", "kapula_monday")
    for one, weekly in zip(wanted, weeklies, strict=True):
        if one.unit:
            grid = grid.union(weekly.semi_join(means, "kapula_of").select("kapula_of", "kapula_monday"))
    found = grid.distinct().rename(**{unit: "kapula_of", "week": "kapula_monday"})
    found = _beside(found, means, [found[unit] == means.kapula_of, found.week == means.kapula_monday])
    for one, weekly in zip(wanted, weeklies, strict=True):
        on = [found.week == weekly.kapula_monday]
        found = _beside(found, weekly, [*on, *([found[unit] == weekly.kapula_of] if one.unit else [])])
    return found.mutate(n=found.n.fill_null(0)).order_by(unit, "week")


def _beside(table: Any, other: Any, on: list[Any]) -> Any:
    """The other table's columns beside the first's, without its keys, whose names are no column of the first."""
    joined = table.left_join(other, on)
    return joined.drop(*(name for name in ("kapula_of", "kapula_monday") if name in joined.columns))


def _weekly(data: Data, one: Series) -> Any:
    """``kapula_monday``, ``kapula_of`` (the team or touchpoint, where the series has them) and the value: several in a week are averaged,
    by their n where they have one."""
    table = data.desk.snapshot.table("observations")
    table = table.filter(table.measure == one.code, table.grain == one.grain)
    if one.unit:
        table = table.filter(table[one.unit].notnull())
    weight = table.n.cast("float64").fill_null(1.0).clip(lower=LEAST)
    table = table.mutate(kapula_monday=table.period.truncate("W"), kapula_weight=weight)
    table = table.mutate(kapula_of=table[one.unit]) if one.unit else table
    by = ["kapula_monday", *(["kapula_of"] if one.unit else [])]
    value = (table.value * table.kapula_weight).sum() / table.kapula_weight.sum()
    return table.group_by(by).aggregate(**{one.column: value})
