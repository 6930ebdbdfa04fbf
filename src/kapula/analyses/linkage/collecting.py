"""Both sides' answers counted into cells where the data is: by unit, period and touchpoint."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa

from kapula.analyses.columns import checked, labels
from kapula.analyses.linkage.cells import EVERYWHERE, Cells
from kapula.analyses.linkage.columns import Columns
from kapula.analyses.linkage.counting import grouped, side_of
from kapula.analyses.linkage.periods import PERIOD, YEAR, dated, ordinals, prepared
from kapula.analyses.linkage.refusals import require_on_scale
from kapula.errors import ParameterError
from kapula.tables import fetch

TOUCHPOINT: Final = "kapula_touchpoint"
MOST_CELLS: Final = 50_000_000
"""Units × periods held at once: the staff side is a dense matrix."""


def collect(
    customers: Any, staff: Any, columns: Columns, filters: Any, timezone: str, scale: tuple[float, float] | None = None
) -> Cells:
    """Both sides' cells. Rows without unit, period or (customers') touchpoint are left out. ``scale``: the staff's, where it is declared.

    Raises :class:`~kapula.errors.KapulaError` for columns that are not there, hold text for numbers, infinite values, no dates, or
    answers off the scale.
    """
    touchpoint = [columns.touchpoint] if columns.touchpoint else []
    keys = [columns.unit, *([columns.time] if columns.time else [])]
    theirs = prepared(
        checked(customers, [columns.customer], others=[*keys, *touchpoint], filters=filters), columns, timezone
    )
    answers = checked(staff, columns.staff, others=keys)
    if scale is not None:
        require_on_scale(answers, columns.staff, scale)
    ours = prepared(answers, columns, timezone)
    theirs = theirs.mutate(
        **{TOUCHPOINT: theirs[touchpoint[0]].cast("string") if touchpoint else ibis.literal(EVERYWHERE)}
    )
    found = fetch(grouped(theirs, [columns.unit, PERIOD, TOUCHPOINT], [columns.customer]))
    mine = fetch(grouped(ours, [columns.unit, PERIOD], columns.staff))
    codes, units = labels(_both(found[columns.unit], mine[columns.unit]))
    (their_times, our_times), period = dated((found[PERIOD], mine[PERIOD]), columns)
    moments, days = labels(_periods(_alike(their_times, our_times), _alike(our_times, their_times), columns))
    times = ordinals(days, period)[moments]
    places, touchpoints = labels(found[TOUCHPOINT])
    periods = int(times.max()) + 1 if times.size else 0
    if periods * len(units) > MOST_CELLS:
        raise ParameterError(
            f"{len(units)} units by {periods} periods are too many to hold.",
            hint="Use longer periods, or check the dates.",
            parameter="period",
            value=period,
        )
    cut = found.num_rows
    return Cells(
        tuple(units), tuple(touchpoints), periods, YEAR[period] if days and isinstance(days[0], date) else None,
        side_of(found, [columns.customer], codes[:cut], times[:cut], places),
        side_of(mine, columns.staff, codes[cut:], times[cut:], np.zeros(mine.num_rows, np.int64)), period,
    )  # fmt: skip


def _alike(side: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """A side that nobody answered has no times, whatever its column was called: then it takes the other's kind."""
    return side if len(side) else pa.chunked_array([], other.type)


def _both(first: pa.ChunkedArray, second: pa.ChunkedArray) -> pa.ChunkedArray:
    """One column after the other. Two tables may hold the same units as numbers and as text: then as text."""
    kinds = {column.type for column in (first, second)}
    kind = first.type
    if len(kinds) > 1:
        numbers = all(pa.types.is_integer(one) or pa.types.is_floating(one) for one in kinds)
        kind = pa.float64() if numbers else pa.string()
    return pa.chunked_array([*first.cast(kind).chunks, *second.cast(kind).chunks], kind)


def _periods(first: pa.ChunkedArray, second: pa.ChunkedArray, columns: Columns) -> pa.ChunkedArray:
    if pa.types.is_date(first.type) != pa.types.is_date(second.type):
        raise ParameterError(
            f"The column {columns.time!r} holds dates in one table and numbers of periods in the other.",
            hint="Give both tables dates, or both numbers.",
            parameter="time",
            value=columns.time,
        )
    return _both(first, second)
