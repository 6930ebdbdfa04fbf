"""A source read by a plan: the mapper of its shape, fed batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from kapula.connectors.contract import Batch, Plan
from kapula.connectors.errors import NoRowsError
from kapula.connectors.mapping.binding import Bound, bind
from kapula.connectors.mapping.events import EventsMapper
from kapula.connectors.mapping.long import WideSource, widened
from kapula.connectors.mapping.observations import ObservationsMapper
from kapula.connectors.mapping.outcomes import OutcomesMapper
from kapula.connectors.mapping.responses import ResponsesMapper
from kapula.connectors.mapping.table import TableMapper
from kapula.connectors.source import RawBatch, Source, numbers_from, text_table

MAPPERS: dict[str, type[TableMapper]] = {
    "wide": ResponsesMapper,
    "observations": ObservationsMapper,
    "events": EventsMapper,
    "outcomes": OutcomesMapper,
}
"""The mapper of each shape; ``long`` is pivoted to wide first."""


def map_source(source: Source, plan: Plan, file: str, batch_rows: int) -> Iterator[Batch]:
    """Raises :class:`~kapula.errors.SourceError` before the first batch where it can be known by then."""
    if plan.shape == "long":
        source, plan = WideSource(source, plan, file), widened(plan)
    bound = bind(plan, [field.name for field in source.fields], file)
    mapper = MAPPERS[plan.shape](bound)
    seen = 0
    try:
        for raw in source.batches(batch_rows):
            seen += raw.table.num_rows + len(raw.rejected)
            yield mapper.batch(raw)
    finally:
        mapper.close()
    if not seen:
        raise NoRowsError(f"{file} has no rows under its header.", hint="Export it with its rows.", file=file)


def read_rows(
    rows: Sequence[dict[str, Any]],
    plan: Plan,
    external_ids: Sequence[str | None] | None = None,
    file: str = "corrections",
) -> Batch:
    """Corrected rows through the same checks as the file's own. ``rows``: cells by column name, as in ``RejectedRow.raw``.

    ``external_ids``: the ids the rejected rows had, so that a corrected row without an id of its own keeps its identity.
    """
    if plan.shape == "long":
        plan = widened(plan)
    names = list(dict.fromkeys([*(c.column for c in plan.columns), *(name for row in rows for name in row)]))
    columns = {name: [_cell(row.get(name)) for row in rows] for name in names}
    bound: Bound = bind(plan, names, file)
    mapper = MAPPERS[plan.shape](bound)
    given = None if external_ids is None else pa.array([i or None for i in external_ids], pa.string())
    try:
        raw = RawBatch(text_table(columns), numbers_from(1, len(rows)), (), len(rows), len(rows))
        return mapper.batch(raw, given)
    finally:
        mapper.close()


def _cell(value: Any) -> str | None:
    return None if value is None else str(value)
