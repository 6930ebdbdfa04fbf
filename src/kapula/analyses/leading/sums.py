"""Sum and weight of every figure by segment, unit and time, taken where the data is."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from kapula.analyses.columns import checked
from kapula.analyses.leading.request import Request
from kapula.measures.engine.periods import period_start
from kapula.schema import require
from kapula.tables import as_table, fetch


def summed(data: Any, request: Request) -> pa.Table:
    """Sum and weight of every figure by segment, unit and time; the weight is of the target alone."""
    named = {"segment": request.segment, "unit": request.unit, "time": request.time}
    others = [name for name in dict.fromkeys(named.values()) if name is not None]
    figures = [request.target, *request.candidates]
    source = as_table(data)
    require(source.columns, [*figures, *others])
    # A column may be both a figure and a name (a year, say), so the names are set beside the figures before these
    # become numbers.
    source = source.mutate(**{f"__{role}": source[name] for role, name in named.items() if name is not None})
    roles = [f"__{role}" for role, name in named.items() if name is not None]
    table = checked(source, figures, others=roles, weight=request.weight, filters=request.filters)
    time = table["__time"]
    if time.type().is_timestamp() or (request.period and time.type().is_date()):
        table = table.mutate(__time=period_start(time, request.period or "day", request.timezone).cast("date"))
    weight = table[request.weight].fill_null(0.0) if request.weight else ibis.literal(1.0)
    found = {"rows": table.count()}
    for place, name in enumerate(figures):
        known, share = table[name].notnull(), ibis.literal(1.0) if place else weight
        found[f"s{place}"] = known.ifelse(table[name] * share, 0.0).sum()
        found[f"w{place}"] = known.ifelse(share, 0.0).sum()
    return fetch(table.group_by(roles).aggregate(**found))
