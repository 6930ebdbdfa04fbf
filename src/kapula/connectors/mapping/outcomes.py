"""Outcome files into ``outcomes``: a customer's or an account's period, its revenue and whether it stayed."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.mapping.attributes import as_json
from kapula.connectors.mapping.cell import Cell, Number, Word
from kapula.connectors.mapping.observations import grain, missing_period, period_cells
from kapula.connectors.mapping.responses import attribute_cells
from kapula.connectors.mapping.table import Columns, Reason, TableMapper
from kapula.connectors.mapping.vocabulary import NO, YES
from kapula.schema import OUTCOMES

SCHEMA = pa.schema([("external_id", pa.string()), *[f for f in OUTCOMES if f.name != "id"]])


class OutcomesMapper(TableMapper):
    """Options: ``grain``; ``default_date`` for a file without periods; ``active_means`` = "left" when yes says the customer left."""

    table = "outcomes"

    def cells(self) -> Sequence[Cell]:
        bound, reading, engine = self.bound, self.bound.reading, self.engine
        found: list[Cell] = [*self.texts(("external_id", "customer", "account")), *period_cells(bound, self)]
        if plan := bound.one("revenue"):
            found.append(Number(plan, "revenue", reading, engine))
        if plan := bound.one("active"):
            left = bound.options.get("active_means") == "left"
            words = {True: NO if left else YES, False: YES if left else NO}
            found.append(Word(plan, "active", reading, engine, words, "not_a_flag", pa.bool_()))
        return [*found, *attribute_cells(self)]

    def row_reasons(self, columns: Columns) -> Sequence[Reason]:
        nobody = columns.null("customer") & columns.null("account")
        found: list[Reason] = [("", "missing_customer", nobody)]
        if not self.bound.options.get("default_date"):
            found += missing_period(self.bound, columns)
        return found

    def keys(self, columns: Columns) -> pa.Array | None:
        """One outcome for a customer and a period."""
        who = [pc.fill_null(columns.get(role), "") for role in ("customer", "account")]
        return pc.binary_join_element_wise(*who, pc.cast(self._periods(columns), pa.string()), "\x1f")

    def named(self, columns: Columns) -> pa.Array:
        return pc.coalesce(columns.get("external_id"), self.engine.hashed(self.keys(columns)))

    def rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        made = {
            "external_id": ids,
            "period": self._periods(columns),
            "grain": pa.array([grain(self.bound)] * columns.size, pa.string()),
            "attributes": as_json(self.bound, columns),
        }
        arrays = [made[f.name] if f.name in made else columns.get(f.name, f.type) for f in SCHEMA]
        return pa.table(arrays, schema=SCHEMA).filter(keep), None

    def _periods(self, columns: Columns) -> pa.Array:
        found = columns.get("period", pa.date32())
        day = self.bound.options.get("default_date")
        if not day:
            return found
        start = self.engine.period_starts(pa.array([str(day)], pa.string()), None, grain(self.bound))
        return pc.fill_null(found, start[0])
