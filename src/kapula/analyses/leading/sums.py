"""Sum and weight of every figure by segment, unit and time, taken where the data is."""

from __future__ import annotations

import math
from sys import float_info
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from kapula.analyses.columns import checked
from kapula.analyses.leading.request import Request
from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_start
from kapula.schema import require
from kapula.tables import as_table, fetch
from kapula.trends.periods import label_of
from kapula.trends.written import READERS, kind_of


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
    table = checked(
        source, figures, others=roles, weight=request.weight, filters=request.filters, largest=float_info.max
    )
    if request.weight:
        _require_weights(table, request.weight)
    time = table["__time"]
    if time.type().is_timestamp() or (request.period and time.type().is_date()):
        table = table.mutate(__time=period_start(time, request.period or "day", request.timezone).cast("date"))
    weight = table[request.weight].fill_null(0.0) if request.weight else ibis.literal(1.0)
    found = {"rows": table.count()}
    for place, name in enumerate(figures):
        known, share = table[name].notnull(), ibis.literal(1.0) if place else weight
        found[f"s{place}"] = known.ifelse(table[name] * share, 0.0).sum()
        found[f"w{place}"] = known.ifelse(share, 0.0).sum()
    return _written(fetch(table.group_by(roles).aggregate(**found)), request.time)


def _require_weights(table: ir.Table, weight: str) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for negative weights: an average would then lie outside its figures."""
    count = int(fetch(table.aggregate(count=(table[weight] < 0).cast("int64").sum()))["count"][0].as_py() or 0)
    if count:
        raise ParameterError(
            f"The weight {weight!r} is negative in {count} rows.",
            hint="Weights are zero or more.",
            parameter="weight",
            value=weight,
        )


def _written(sums: pa.Table, column: str) -> pa.Table:
    """Times that are months or days as written (202301) as ISO months or days: as plain numbers a year would have 100 months."""
    times = sums["__time"]
    if not (pa.types.is_integer(times.type) or pa.types.is_floating(times.type) or pa.types.is_decimal(times.type)):
        return sums
    values = [float(value) if value is not None else math.nan for value in times.to_pylist()]
    kind = kind_of({value for value in values if math.isfinite(value)}, column)
    if kind is None:
        return sums
    days = [READERS[kind](int(value)) if math.isfinite(value) else None for value in values]
    names = [None if day is None else label_of(day, kind) for day in days]
    return sums.set_column(sums.column_names.index("__time"), "__time", pa.array(names, pa.string()))
