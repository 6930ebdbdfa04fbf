"""When each answer was given: a period and a number of years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.days import day_of
from kapula.errors import ParameterError
from kapula.schema import PERIODS
from kapula.trends.periods import label_of

YEARS: Final = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "quarter": 0.25, "year": 1.0}
DAY: Final = "kapula_day"
MOST_PERIODS: Final = 400
PARTS: Final = 12
LEAST_EACH: Final = 5
"""Answers a value must have on average to be a period of its own, when values are not whole numbers."""
FINEST: Final = (("year", 12), ("quarter", 12), ("month", 1))
"""The coarsest grain that gives so many periods."""


@dataclass(frozen=True, slots=True)
class Clock:
    """``code``: the period of each row, 0, 1, … in time order, −1 where blank. ``years``: each row's time.
    ``labels``: the periods' names."""

    code: NDArray[np.int64]
    years: NDArray[np.float64]
    labels: tuple[str, ...]
    grain: str | None


def is_number(table: ir.Table, time: str) -> bool:
    """Whether the time is counted, not dated."""
    return bool(table[time].type().is_numeric())


def dated(table: ir.Table, time: str, timezone: str) -> ir.Table:
    """The table with the day of each row. Raises :class:`ColumnTypeError` for what is no date."""
    return table.mutate(**{DAY: day_of(table, time, timezone)})


def counted(values: NDArray[np.float64], unit: str) -> Clock:
    """Periods by number: each different value is a period, ``unit`` says how long one step is. A time that flows (2024.37)
    is cut into twelfths of the unit."""
    known = np.isfinite(values)
    periods = np.unique(values[known])
    when = values
    many = len(periods) > MOST_PERIODS or known.sum() < LEAST_EACH * len(periods)
    if many and (periods != np.floor(periods)).any():
        when = np.floor(values * PARTS) / PARTS
        periods = np.unique(when[known])
    if len(periods) > MOST_PERIODS:
        raise ParameterError(
            f"The time has {len(periods)} different values; {MOST_PERIODS} periods can be told apart at most.",
            hint="Give dates, or round the time to whole periods.",
            parameter="time",
            value=len(periods),
        )
    code = np.where(known, np.searchsorted(periods, np.where(known, when, 0)), -1)
    return Clock(code, values * YEARS[unit], tuple(f"{period:g}" for period in periods), None)


def by_date(column: pa.ChunkedArray, grain: str | None) -> Clock:
    """Periods by the calendar. Left out, the grain is the year when there are twelve, else the quarter when there
    are twelve, else the month."""
    days = [_day(value) for value in column.unique().to_pylist() if value is not None]
    if grain is None:
        grain = next(
            name for name, least in FINEST if len({label_of(day, name) for day in days}) >= least or name == "month"
        )
    labels = sorted({label_of(day, grain) for day in days})
    if len(labels) > MOST_PERIODS:
        raise ParameterError(
            f"The dates lie in {len(labels)} {grain}s; {MOST_PERIODS} periods can be told apart at most.",
            hint="Choose a longer grain.",
            parameter="grain",
            value=grain,
            allowed=list(PERIODS),
        )
    place = {label: number for number, label in enumerate(labels)}
    encoded = column.combine_chunks().dictionary_encode()
    known = [None if value is None else _day(value) for value in encoded.dictionary.to_pylist()]
    codes = np.array([-1 if day is None else place[label_of(day, grain)] for day in known] or [-1], dtype=np.int64)
    years = np.array([np.nan if day is None else day.toordinal() / 365.25 for day in known] or [np.nan])
    index = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    blank = index < 0
    return Clock(
        np.where(blank, -1, codes[np.maximum(index, 0)]),
        np.where(blank, np.nan, years[np.maximum(index, 0)]),
        tuple(labels),
        grain,
    )


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
