"""From rows to cells: both sides' answers by unit and period, counted where the data is."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.analyses.linkage.robust import Codes, Floats
from kapula.errors import ParameterError, TableError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.tables import fetch

PERIOD: Final = "kapula_period"
TOUCHPOINT: Final = "kapula_touchpoint"
EVERYWHERE: Final = "kapula_all"
SCORE: Final = "kapula_staff"
MOST_CELLS: Final = 50_000_000
"""Units × periods held at once: the staff side is a dense matrix."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side's cells, one entry each: ``unit`` and ``touchpoint`` codes, ``period`` counted from 0, ``n`` answers with ``mean`` and
    ``ss``, the sum of squares around it. ``spread``: the mean of the items' sample variances, NaN below two answers."""

    unit: Codes
    period: Codes
    touchpoint: Codes
    n: Floats
    mean: Floats
    ss: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Cells:
    """Both sides on the same units and periods. ``year``: how many periods a year has, None where periods are bare numbers."""

    units: tuple[Any, ...]
    touchpoints: tuple[Any, ...]
    periods: int
    year: float | None
    customer: Side
    staff: Side

    def staff_grid(self) -> Floats:
        """Staff means, (units, periods), NaN where nobody answered."""
        grid = np.full((len(self.units), self.periods), np.nan)
        grid[self.staff.unit, self.staff.period] = self.staff.mean
        return grid


YEAR: Final = {"day": 365.25, "week": 52.1775, "month": 12.0, "quarter": 4.0, "year": 1.0}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns: ``time`` and ``touchpoint`` may be None. ``staff``: one or more items of one scale."""

    unit: str
    time: str | None
    customer: str
    staff: tuple[str, ...]
    touchpoint: str | None
    period: str


def collect(customers: Any, staff: Any, columns: Columns, filters: Any, timezone: str) -> Cells:
    """Both sides' cells. Rows without unit, period or (customers') touchpoint are left out.

    Raises :class:`~kapula.errors.KapulaError` for columns that are not there, hold text for numbers, infinite values or no dates.
    """
    touchpoint = [columns.touchpoint] if columns.touchpoint else []
    keys = [columns.unit, *([columns.time] if columns.time else [])]
    theirs = _prepared(
        checked(customers, [columns.customer], others=[*keys, *touchpoint], filters=filters), columns, timezone
    )
    ours = _scored(_prepared(checked(staff, columns.staff, others=keys), columns, timezone), columns.staff)
    theirs = theirs.mutate(
        **{TOUCHPOINT: theirs[touchpoint[0]].cast("string") if touchpoint else ibis.literal(EVERYWHERE)}
    )
    found = fetch(_grouped(theirs, columns.customer, [columns.unit, PERIOD, TOUCHPOINT], (columns.customer,)))
    mine = fetch(_grouped(ours, SCORE, [columns.unit, PERIOD], columns.staff))
    kind = found[columns.unit].type
    both = pa.chunked_array([*found[columns.unit].chunks, *mine[columns.unit].cast(kind).chunks], kind)
    codes, units = labels(both)
    times = _ordinals([*found[PERIOD].to_pylist(), *mine[PERIOD].to_pylist()], columns.period)
    places, touchpoints = labels(found[TOUCHPOINT])
    periods = int(times.max()) + 1 if times.size else 0
    if periods * len(units) > MOST_CELLS:
        raise ParameterError(
            f"{len(units)} units by {periods} periods are too many to hold.",
            hint="Use longer periods, or check the dates.",
            parameter="period",
            value=columns.period,
        )
    cut = found.num_rows
    dated = pa.types.is_date(found[PERIOD].type)
    return Cells(
        tuple(units), tuple(touchpoints), periods, YEAR[columns.period] if dated else None,
        _side(found, codes[:cut], times[:cut], places), _side(mine, codes[cut:], times[cut:], np.zeros(mine.num_rows, np.int64)),
    )  # fmt: skip


def _prepared(table: ir.Table, columns: Columns, timezone: str) -> ir.Table:
    """The table with its period: a date, a bare whole number, or 0 for all rows when there is no time."""
    if columns.time is None:
        return table.mutate(**{PERIOD: ibis.literal("0").cast("int64")})
    column = table[columns.time]
    kind = column.type()
    if kind.is_numeric():
        return table.mutate(**{PERIOD: _whole(table, columns.time)})
    if kind.is_string():
        column = column.try_cast("timestamp")
        wrong = fetch(table.aggregate(wrong=(column.isnull() & table[columns.time].notnull()).sum()))["wrong"][
            0
        ].as_py()
        if wrong:
            raise wrong_type(table, columns.time, f"ISO dates ({wrong} rows hold other text)")
    elif not (kind.is_date() or kind.is_timestamp()):
        raise wrong_type(table, columns.time, "a date, a timestamp, ISO text or whole numbers of periods")
    return table.mutate(**{PERIOD: period_start(column, columns.period, timezone).cast("date")})


def _whole(table: ir.Table, time: str) -> Any:
    """Bare numbers of periods; a NaN is a blank. Raises :class:`~kapula.errors.ColumnTypeError` for parts of a period."""
    number = table[time].cast("float64")
    number = number.isnan().ifelse(ibis.null("float64"), number)
    broken = (number != number.round()) | (number.abs() > 1e9)
    if fetch(table.aggregate(broken=broken.sum()))["broken"][0].as_py():
        raise wrong_type(table, time, "a date, a timestamp, ISO text or whole numbers of periods")
    return number.round().cast("int64")


def _scored(table: ir.Table, items: Sequence[str]) -> ir.Table:
    """With the row's staff score: the mean of its items, blank when one is."""
    return table.mutate(**{SCORE: functools.reduce(operator.add, (table[item] for item in items)) / len(items)})


def _grouped(table: ir.Table, score: str, keys: Sequence[str], items: Sequence[str]) -> ir.Table:
    whole = table.filter(table[score].notnull(), *(table[key].notnull() for key in keys))
    spread = functools.reduce(operator.add, (whole[item].var(how="sample") for item in items)) / len(items)
    return whole.group_by(list(keys)).aggregate(
        n=whole.count(), mean=whole[score].mean(), ss=whole[score].var(how="pop") * whole.count(), spread=spread
    )


def _ordinals(periods: Sequence[Any], period: str) -> Codes:
    """Periods as numbers from 0, one apart."""
    if not periods:
        return np.zeros(0, np.int64)
    if isinstance(periods[0], date):
        if period in ("day", "week"):
            found = np.array([day.toordinal() // (7 if period == "week" else 1) for day in periods], dtype=np.int64)
        else:
            months = {"month": 1, "quarter": 3, "year": 12}[period]
            found = np.array([(day.year * 12 + day.month - 1) // months for day in periods], dtype=np.int64)
    else:
        found = np.array(periods, dtype=np.int64)
    return np.asarray(found - found.min())


def _side(table: pa.Table, unit: NDArray[np.int64], period: Codes, touchpoint: Codes) -> Side:
    """Sorted, so that the engine's order of groups never shows in a figure's last digit."""
    names = ("n", "mean", "ss", "spread")
    figures = [np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in names]
    order = np.lexsort((touchpoint, period, unit))
    return Side(unit[order], period[order], touchpoint[order], *(column[order] for column in figures))


def require_two_sides(cells: Cells, columns: Columns) -> None:
    """Raises :class:`~kapula.errors.TableError` when a side has no answer at all."""
    for side, name in ((cells.customer, columns.customer), (cells.staff, ", ".join(columns.staff))):
        if not side.n.size:
            raise TableError(
                f"The column {name!r} has no answer in a row with unit and time.",
                hint="Both customers and staff must have answered.",
                column=name,
            )
