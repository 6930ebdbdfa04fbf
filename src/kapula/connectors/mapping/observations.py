"""Operational series into ``observations``: a measure's value for a unit and a period.

One value column with a measure column beside it, or several value columns that are a measure each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell, Number, Period
from kapula.connectors.mapping.responses import question_code
from kapula.connectors.mapping.table import Columns, Reason, TableMapper
from kapula.schema import OBSERVATIONS, PERIODS

SCHEMA = pa.schema([("external_id", pa.string()), *[f for f in OBSERVATIONS if f.name != "id"]])
PLACES = ("measure", "touchpoint", "team")


class ObservationsMapper(TableMapper):
    """Options: ``grain`` (day, week, month, quarter, year; default day), ``measure`` for a file that names none."""

    table = "observations"

    def __init__(self, bound: Bound) -> None:
        self._values = list(bound.all("value"))
        super().__init__(bound)

    def cells(self) -> Sequence[Cell]:
        bound, reading, engine = self.bound, self.bound.reading, self.engine
        found: list[Cell] = self.texts(("external_id", *PLACES))
        found += period_cells(bound, self)
        found += [Number(plan, _output(plan), reading, engine) for plan in self._values]
        if plan := bound.one("n"):
            found.append(Number(plan, "n", reading, engine))
        return found

    def row_reasons(self, columns: Columns) -> Sequence[Reason]:
        nothing = np.logical_and.reduce(
            [columns.null(_output(plan)) & ~columns.wrong(_output(plan)) for plan in self._values]
        )
        column = self._values[0].column
        return [*missing_period(self.bound, columns), (column, "missing_value", nothing)]

    def keys(self, columns: Columns) -> pa.Array | None:
        """One value for a unit and a period, or the series contradicts itself."""
        parts = [pc.fill_null(columns.get(place), "") for place in PLACES]
        return pc.binary_join_element_wise(*parts, pc.cast(columns.get("period", pa.date32()), pa.string()), "\x1f")

    def named(self, columns: Columns) -> pa.Array:
        return pc.coalesce(columns.get("external_id"), self.engine.hashed(self.keys(columns)))

    def rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        parts = [self._series(plan, columns, ids, keep) for plan in self._values]
        return pa.concat_tables(parts), None

    def _series(self, plan: ColumnPlan, columns: Columns, ids: pa.Array, keep: pa.Array) -> pa.Table:
        values = columns.get(_output(plan), pa.float64())
        name = str(self.bound.options.get("measure") or question_code(plan))
        several = len(self._values) > 1
        named = pc.fill_null(columns.get("measure"), name)
        suffix = pa.scalar(question_code(plan))
        if several and self.bound.one("measure"):
            named = pc.binary_join_element_wise(named, suffix, "_")
        elif several:
            named = pa.array([question_code(plan)] * columns.size, pa.string())
        made = {
            "external_id": pc.binary_join_element_wise(ids, suffix, "-") if several else ids,
            "measure": named,
            "value": values,
            "grain": pa.array([grain(self.bound)] * columns.size, pa.string()),
            "n": pc.cast(pc.round(columns.get("n", pa.float64())), pa.int64()),
        }
        arrays = [made[f.name] if f.name in made else columns.get(f.name, f.type) for f in SCHEMA]
        return pa.table(arrays, schema=SCHEMA).filter(pc.and_(keep, values.is_valid()))


def _output(plan: ColumnPlan) -> str:
    return f"value_{question_code(plan)}"


def grain(bound: Bound) -> str:
    chosen = str(bound.options.get("grain") or "day")
    return chosen if chosen in PERIODS else "day"


def period_cells(bound: Bound, mapper: TableMapper) -> list[Cell]:
    plan = bound.one("period")
    if plan is None:
        return []
    cell = Period(plan, "period", bound.reading, mapper.engine)
    cell.grain = grain(bound)
    return [cell]


def missing_period(bound: Bound, columns: Columns) -> list[Reason]:
    plan = bound.one("period")
    return [(plan.column if plan else "", "missing_date", columns.null("period") & ~columns.wrong("period"))]
