"""Percentiles inside the engine: the distribution of each group as steps, read at wanted weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from kapula.measures.engine.collect import Key, keys, one
from kapula.measures.engine.request import Request
from kapula.tables import fetch

_EXACT = 1e-9
"""Weights that differ by less than this share of the total are taken as the same."""


def steps(request: Request, y: Any) -> ir.Table:
    """One row for each different value of each group: _key, the group's keys, value, and the weight at or below it."""
    groups = keys(request)
    weight = one(y) if request.weight is None else request.table[request.weight].cast("float64")
    rows = request.table.select(**groups, _value=y, _weight=weight)
    rows = rows.filter(rows["_value"].notnull() & (rows["_weight"] > 0))
    counted = rows.group_by([*groups, "_value"]).aggregate(_weight=rows["_weight"].sum())
    window = ibis.cumulative_window(group_by=list(groups) or None, order_by="_value")
    return counted.mutate(_key=_key(counted, list(groups)), _cumulated=counted["_weight"].sum().over(window))


def at_targets(
    request: Request, table: ir.Table, targets: Mapping[Key, list[float | None]], *, middle: bool
) -> dict[Key, list[float | None]]:
    """The value of each group where the weight at or below reaches each target; with ``middle`` averaged with the
    next value where the target is hit exactly."""
    if not targets:
        return {}
    groups, parameters = _parameters(request, targets)
    joined = table.join(parameters, table["_key"] == parameters["_pkey"])
    wanted: dict[str, Any] = {}
    for place in range(len(next(iter(targets.values())))):
        target, value = joined[f"_p{place}"], joined["_value"]
        slack = target * _EXACT
        wanted[f"v{place}"] = value.min(where=joined["_cumulated"] >= target - slack)
        if middle:
            wanted[f"u{place}"] = value.min(where=joined["_cumulated"] > target + slack)
    found: dict[Key, list[float | None]] = {}
    for row in fetch(joined.group_by("_group").aggregate(**wanted)).to_pylist():
        values = []
        for place in range(len(next(iter(targets.values())))):
            value, upper = row[f"v{place}"], row.get(f"u{place}")
            values.append(value if upper is None or value is None else (value + upper) / 2)
        found[groups[int(row["_group"])]] = values
    return found


def join_parameters(request: Request, targets: Mapping[Key, list[float | None]], y: Any) -> tuple[ir.Table, str]:
    """The request's rows with ``_answer`` (= y) and the group's first parameter joined on; rows of other groups fall
    out."""
    _, parameters = _parameters(request, targets)
    groups = keys(request)
    rows = request.table.mutate(_answer=y, **{f"_k{name}": value for name, value in groups.items()})
    rows = rows.mutate(_key=_key(rows, [f"_k{name}" for name in groups]))
    return rows.join(parameters, rows["_key"] == parameters["_pkey"]), "_p0"


def _parameters(request: Request, targets: Mapping[Key, list[float | None]]) -> tuple[list[Key], ir.Table]:
    """The targets as a small table with the groups' keys written as text, as the engine itself writes them."""
    groups = list(targets)
    names = list(keys(request))
    columns = {name: pa.array([group[place] for group in groups]) for place, name in enumerate(names)}
    columns["_group"] = pa.array(range(len(groups)), pa.int64())
    for place in range(len(targets[groups[0]])):
        columns[f"_p{place}"] = pa.array([targets[group][place] for group in groups], pa.float64())
    table = ibis.memtable(pa.table(columns))
    kinds = {name: value.type() for name, value in keys(request).items()}
    table = table.mutate(**{name: table[name].cast(kind) for name, kind in kinds.items()})
    kept = [name for name in table.columns if name.startswith("_")]
    return groups, table.mutate(_pkey=_key(table, names)).select("_pkey", *kept)


def _key(table: ir.Table, names: list[str]) -> Any:
    """One text for the group's keys, blanks included: engines join on equality, and a blank equals nothing."""
    text: Any = ibis.literal("")
    for name in names:
        value = table[name]
        written = (
            value.strftime("%Y-%m-%d") if name.endswith("t") and value.type().is_temporal() else value.cast("string")
        )
        text = text + written.fill_null("\u2205") + ibis.literal("\u241f")
    return text
