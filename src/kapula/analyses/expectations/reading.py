"""From the data to complete rows in periods large enough, with what was set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import Read, labels, read
from kapula.analyses.expectations.clock import LEAST_IN_PERIOD, LEAST_IN_SERIES, Clock
from kapula.analyses.expectations.clock_dates import DAY, by_date, by_name, by_written, dated
from kapula.analyses.expectations.clock_numbers import counted, is_number
from kapula.analyses.expectations.clock_unit import refuse_grain, refuse_unit, unit_of
from kapula.analyses.expectations.rows import Columns, Floats, Ints, Rows
from kapula.errors import ParameterError
from kapula.measures.engine.periods import filtered
from kapula.schema import require
from kapula.tables import as_table
from kapula.trends.times import names_of
from kapula.trends.written import kind_of

MOST_VALUES: Final = 100
"""Different values a control may have."""


def read_rows(
    data: Any, names: Columns, *, filters: Any, unit: str | None, grain: str | None, timezone: str, minimum_n: int
) -> Rows:
    """Raises as :func:`kapula.analyses.columns.read`; :class:`ParameterError` for a control of too many values."""
    table = filtered(as_table(data), filters)
    require(table.columns, [names.score, *names.performance, names.time])
    number, periods = is_number(table, names.time), names_of(table, names.time)
    if not number:
        refuse_unit(unit, names.time, "dates" if periods is None else f"names of {periods.kind}s")
    more = [name for name in (names.expectation, names.time if number else None) if name]
    when = DAY if periods is None else names.time
    others = [*names.mix, *([names.cluster] if names.cluster else []), *([] if number else [when])]
    require(table.columns, [*names.mix, *([names.cluster] if names.cluster else [])])
    found = read(
        table if number or periods is not None else dated(table, names.time, timezone),
        [names.score, *names.performance, *more],
        others=others,
        weight=names.weight,
    )
    whole = ~np.isnan(found.figures[:, : 1 + len(names.performance)]).any(axis=1) & (_weights(found) > 0)
    if number:
        clock = _numbered(found.figures[:, -1], names.time, unit, grain, whole, minimum_n)
    elif periods is not None:
        clock = by_name(found.others[when], periods, grain, whole, minimum_n, names.time)
    else:
        clock = by_date(found.others[when], grain, whole, minimum_n)
    return _complete(found, names, clock, minimum_n)


def _weights(found: Read) -> Floats:
    return np.ones(found.rows) if found.weight is None else found.weight


def _numbered(
    times: Floats, column: str, unit: str | None, grain: str | None, whole: NDArray[np.bool_], minimum_n: int
) -> Clock:
    """Numbers that are months or days as written (202301) by the calendar, others counted."""
    kind = kind_of(np.unique(times[np.isfinite(times)]).tolist(), column)
    if kind is not None:
        refuse_unit(unit, column, f"{kind}s written as numbers")
        return by_written(times, kind, grain, whole, minimum_n, column)
    refuse_grain(grain, column)
    unit, warnings = unit_of(unit, column, times)
    return replace(counted(times, unit, whole), warnings=warnings)


def _complete(found: Read, names: Columns, clock: Clock, minimum_n: int) -> Rows:
    width = 1 + len(names.performance)
    asked, w = found.figures[:, :width], _weights(found)
    blank = np.isnan(asked)
    aside = {"no_score": int(blank[:, 0].sum()), "no_performance": int((blank[:, 1:].any(axis=1) & ~blank[:, 0]).sum())}
    whole = ~blank.any(axis=1)
    aside |= {
        "no_time": int((whole & (clock.code < 0)).sum()),
        "no_weight": int((whole & (clock.code >= 0) & (w <= 0)).sum()),
    }
    kept = whole & (clock.code >= 0) & (w > 0)
    counts = np.bincount(clock.code[kept], minlength=len(clock.labels))
    floor = max(LEAST_IN_SERIES if clock.series else LEAST_IN_PERIOD, minimum_n)
    large = counts >= floor
    aside["small_period"] = int(counts[~large].sum())
    kept &= np.append(large, False)[clock.code]
    period = np.cumsum(large)[clock.code[kept]] - 1
    total = np.bincount(period, w[kept])
    times = np.bincount(period, w[kept] * clock.years[kept]) / total if len(total) else np.array([])
    clusters = np.arange(found.rows) if names.cluster is None else _clusters(found.others[names.cluster])
    expectation = found.figures[kept, width] if names.expectation else None
    return Rows(
        asked[kept, 0], asked[kept, 1:], expectation, w[kept], period, np.unique(clusters[kept], return_inverse=True)[1],
        tuple(_control(found.others[name], name)[kept] for name in names.mix), times - times[:1].sum(),
        tuple(label for label, keep in zip(clock.labels, large, strict=True) if keep), clock.grain,
        {reason: count for reason, count in aside.items() if count},
        clock.series, int((counts > 0).sum()), floor, clock.unit, clock.warnings,
    )  # fmt: skip


def _clusters(column: pa.ChunkedArray) -> Ints:
    """A code for each customer; a row without one is its own."""
    codes, values = labels(column)
    return np.where(codes >= 0, codes, len(values) + np.arange(len(codes)))


def _control(column: pa.ChunkedArray, name: str) -> Ints:
    codes, values = labels(column)
    if len(values) > MOST_VALUES:
        raise ParameterError(
            f"The column {name!r} has {len(values)} values; a control can have {MOST_VALUES}.",
            hint="Choose a column of fewer groups.",
            parameter="mix",
            value=name,
        )
    return codes
