"""A clock by the calendar, for answers that have dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, Final

import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.days import day_of
from kapula.analyses.expectations.clock import MOST_PERIODS, Clock
from kapula.analyses.expectations.clock_grain import grain_of, is_series
from kapula.errors import ColumnTypeError, ParameterError
from kapula.schema import PERIODS
from kapula.trends.labelled import Named, require_no_finer, unusable
from kapula.trends.periods import label_of
from kapula.trends.written import READERS

DAY: Final = "kapula_day"
Whole = NDArray[np.bool_]


def dated(table: ir.Table, time: str, timezone: str) -> ir.Table:
    """The table with the day of each row. Raises :class:`ColumnTypeError` for what is no date."""
    try:
        return table.mutate(**{DAY: day_of(table, time, timezone)})
    except ColumnTypeError as error:
        raise unusable(time, str(table[time].type())) from error


def by_name(
    column: pa.ChunkedArray, periods: Named, grain: str | None, whole: Whole, minimum_n: int, time: str
) -> Clock:
    """The same for names of periods, such as 2026-W05. Raises :class:`ParameterError` for a grain shorter than they are."""
    require_no_finer(grain, periods.kind, time, "grain")
    days = pa.array([periods.days.get(value) for value in column.to_pylist()], pa.date32())
    return by_date(pa.chunked_array([days]), grain, whole, minimum_n, periods.kind)


def by_date(column: pa.ChunkedArray, grain: str | None, whole: Whole, minimum_n: int, kind: str = "day") -> Clock:
    """Periods by the calendar; a grain left out is as :func:`grain_of` finds it for the rows that are ``whole``. ``kind``: the finest
    period that the times tell."""
    days = [_day(value) for value in column.unique().to_pylist() if value is not None]
    answers = Counter(_day(value) for value in column.filter(pa.array(whole)).to_pylist() if value is not None)
    grain = grain or grain_of(answers, kind, minimum_n)
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
        series=is_series(answers),
    )


def by_written(
    values: NDArray[np.float64], kind: str, grain: str | None, whole: Whole, minimum_n: int, time: str
) -> Clock:
    """The same for times written as numbers, (rows,) NaN where blank. ``kind``: what they are, as
    :func:`kapula.trends.written.kind_of` tells it."""
    require_no_finer(grain, kind, time, "grain")
    days = [READERS[kind](int(value)) if np.isfinite(value) else None for value in values]
    return by_date(pa.chunked_array([pa.array(days, pa.date32())]), grain, whole, minimum_n, kind)


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
