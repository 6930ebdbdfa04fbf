"""Event files into ``events``: something a customer did, or that was done."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from kapula.connectors.mapping.attributes import as_json
from kapula.connectors.mapping.cell import Cell
from kapula.connectors.mapping.responses import attribute_cells
from kapula.connectors.mapping.table import Columns, Reason, TableMapper
from kapula.connectors.mapping.times import missing_date, occurred_at, time_cells
from kapula.schema import EVENTS

SCHEMA = pa.schema([("external_id", pa.string()), *[f for f in EVENTS if f.name != "id"]])


class EventsMapper(TableMapper):
    table = "events"

    def cells(self) -> Sequence[Cell]:
        found = self.texts(("external_id", "customer", "account", "kind", "touchpoint"))
        return [*found, *time_cells(self.bound, self.engine), *attribute_cells(self)]

    def row_reasons(self, columns: Columns) -> Sequence[Reason]:
        kind = self.bound.one("kind")
        missing = columns.null("kind") & ~columns.wrong("kind")
        return [*missing_date(self.bound, columns), (kind.column if kind else "", "missing_kind", missing)]

    def rows(self, columns: Columns, ids: pa.Array, keep: pa.Array) -> tuple[pa.Table, pa.Table | None]:
        made = {
            "external_id": ids,
            "occurred_at": occurred_at(self.bound, columns),
            "attributes": as_json(self.bound, columns),
        }
        arrays = [made[f.name] if f.name in made else columns.get(f.name, f.type) for f in SCHEMA]
        return pa.table(arrays, schema=SCHEMA).filter(keep), None
