"""A clock by the calendar, for answers that have dates."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.days import day_of
from kapula.analyses.expectations.clock import MOST_PERIODS, Clock
from kapula.errors import ParameterError
from kapula.schema import PERIODS
from kapula.trends.periods import label_of
from kapula.trends.written import READERS

DAY: Final = "kapula_day"
FINEST: Final = (("year", 12), ("quarter", 12), ("month", 1))
"""The coarsest grain that gives so many periods."""


def dated(table: ir.Table, time: str, timezone: str) -> ir.Table:
    """The table with the day of each row. Raises :class:`ColumnTypeError` for what is no date."""
    return table.mutate(**{DAY: day_of(table, time, timezone)})


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


def by_written(values: NDArray[np.float64], kind: str, grain: str | None) -> Clock:
    """The same for times written as numbers, (rows,) NaN where blank. ``kind``: what they are, as
    :func:`kapula.trends.written.kind_of` tells it."""
    days = [READERS[kind](int(value)) if np.isfinite(value) else None for value in values]
    return by_date(pa.chunked_array([pa.array(days, pa.date32())]), grain)


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value
