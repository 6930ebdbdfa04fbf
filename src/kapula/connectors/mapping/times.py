"""When a row happened, as a cell of the mapping."""

from __future__ import annotations

from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell
from kapula.connectors.mapping.cells import is_blank, literal
from kapula.connectors.mapping.dates import timestamp


def occurred_at(bound: Bound) -> Cell:
    """``occurred_at``: its own column, else the time of receipt, else the file's ``default_date``."""
    work: dict[str, str] = {}
    parsed, reasons, column, source = [], [], "", "NULL"
    for role in ("occurred_at", "received_at"):
        if (plan := bound.one(role)) is None:
            continue
        cell = bound.cell(plan)
        work[f"d_{cell}"] = timestamp(cell, plan.date_format, bound.reading.timezone)
        absent = is_blank(cell, (*bound.reading.blanks, *plan.missing))
        parsed.append(f"CASE WHEN NOT {absent} THEN d_{cell} END")
        reasons.append(f"WHEN d_{cell} IS NULL AND NOT {absent} THEN 'not_a_date'")
        if not column:
            column, source = plan.column, cell
    if default := bound.options.get("default_date"):
        parsed.append(f"TRY_CAST({literal(str(default))} AS TIMESTAMPTZ)")
    value = f"coalesce({', '.join(parsed)})" if parsed else "NULL::TIMESTAMPTZ"
    reason = f"CASE {' '.join(reasons)} WHEN {value} IS NULL THEN 'missing_date' END"
    return Cell("occurred_at", value, reason, column, source, work)
