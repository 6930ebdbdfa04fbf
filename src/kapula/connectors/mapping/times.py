"""When a row happened: its own date, else the time of receipt, else the file's ``default_date``."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.errors import PlanError
from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.cell import Cell, Time
from kapula.connectors.mapping.engine import Engine
from kapula.connectors.mapping.table import Columns, Reason

_KIND = pa.timestamp("us", tz="UTC")
ROLES = ("occurred_at", "received_at")


def time_cells(bound: Bound, engine: Engine) -> list[Cell]:
    return [Time(plan, role, bound.reading, engine) for role in ROLES if (plan := bound.one(role))]


def occurred_at(bound: Bound, columns: Columns) -> pa.Array:
    found = pc.coalesce(columns.get("occurred_at", _KIND), columns.get("received_at", _KIND))
    day = bound.options.get("default_date")
    return pc.fill_null(found, pa.scalar(_moment(str(day)), _KIND)) if day else found


def missing_date(bound: Bound, columns: Columns) -> list[Reason]:
    """A blank date is a reason of its own; an unreadable one has been said already."""
    if bound.options.get("default_date"):
        return []
    column = next((plan.column for role in ROLES if (plan := bound.one(role))), "")
    missing = np.asarray(pc.is_null(occurred_at(bound, columns)).to_numpy(zero_copy_only=False))
    for role in ROLES:
        missing &= ~columns.wrong(role)
    return [(column, "missing_date", missing)]


def _moment(day: str) -> datetime:
    try:
        moment = datetime.fromisoformat(day)
    except ValueError as error:
        raise PlanError(
            f"The default date {day!r} is not a date.",
            hint="Write it as 2026-01-31.",
            role="default_date",
            columns=[day],
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
