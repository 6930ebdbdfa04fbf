"""The units read from the data.

The engine aggregates first: equal answers are counted once where they are independent, and a customer's answers are summed where a cluster
ties them together, so what is fetched does not grow with the rows of a survey of few answers.
"""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from kapula.analyses.decompose.sides import SIDE
from kapula.analyses.decompose.units import Ints, Units
from kapula.measures.engine.collect import Contribution, one
from kapula.measures.engine.request import Request
from kapula.tables import fetch


def read_units(request: Request, row: Contribution, segments: tuple[str, ...]) -> Units:
    """The units of a checked request over rows that carry SIDE. Rows without an answer or of no weight are left out."""
    wide = usable_rows(request, row, segments)
    names = [f"g{place}" for place in range(len(segments))]
    if request.cluster is None:
        counted = wide.group_by([*names, "_s", "_y", "_x"]).aggregate(_times=wide.count())
        table = fetch(counted.order_by([*names, "_s", "_y", "_x"]))
        return _units(table, names, np.arange(len(table)), clustered=False)
    alone = wide.filter(wide["_c"].isnull())
    alone = alone.group_by([*names, "_s", "_y", "_x"]).aggregate(_times=alone.count())
    tied = wide.filter(wide["_c"].notnull())
    tied = tied.group_by(["_c", *names, "_s"]).aggregate(_y=tied["_y"].sum(), _x=tied["_x"].sum(), _times=tied.count())
    table, rest = fetch(tied.order_by(["_c", *names, "_s"])), fetch(alone.order_by([*names, "_s", "_y", "_x"]))
    encoded = table["_c"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    found = _units(table.drop_columns(["_c"]), names, encoded, clustered=True)
    return found if not len(rest) else _joined(table.drop_columns(["_c"]), rest, names, encoded)


def usable_rows(request: Request, row: Contribution, segments: tuple[str, ...], *others: str) -> ir.Table:
    """Rows that count: segment keys g0, g1 …, the side _s, weighted numerator _y and denominator _x, the cluster _c, and ``others``."""
    table = request.table
    y = row.y.cast("float64")
    x = one(y) if row.x is None else row.x.cast("float64")
    weight = one(y) if request.weight is None else table[request.weight].cast("float64")
    keys = {f"g{place}": table[name] for place, name in enumerate(segments)}
    cluster = {} if request.cluster is None else {"_c": table[request.cluster]}
    more = {name: table[name].cast("float64") for name in others}
    wide = table.select(**keys, **cluster, **more, _s=table[SIDE], _y=y * weight, _x=x * weight, _w=weight)
    nan = ibis.literal(float("nan"))
    wide = wide.filter(wide["_y"].notnull(), wide["_x"].notnull(), wide["_w"] > 0, wide["_w"] != nan)
    return wide if others else wide.drop("_w")


def _units(table: pa.Table, names: list[str], unit: Ints, *, clustered: bool) -> Units:
    keys = list(zip(*(table[name].to_pylist() for name in names), strict=True))
    segments = tuple(sorted(set(keys), key=_order))
    place = {key: position for position, key in enumerate(segments)}
    side = table["_s"].to_numpy().astype(np.int64)
    times = table["_times"].to_numpy().astype(np.int64)
    cell = 2 * np.array([place[key] for key in keys], dtype=np.int64) + side
    y, x = (np.asarray(table[name].to_numpy(), dtype=np.float64) for name in ("_y", "_x"))
    return Units(segments, cell, unit, y, x, np.ones_like(times) if clustered else times, times, clustered)


def _joined(table: pa.Table, rest: pa.Table, names: list[str], encoded: Ints) -> Units:
    """Clusters, and beside them the answers that belong to none, each a unit of its own."""
    single = rest.take(np.repeat(np.arange(len(rest)), rest["_times"].to_numpy()))
    single = single.set_column(
        single.column_names.index("_times"), "_times", pa.array(np.ones(len(single), dtype=np.int64))
    )
    whole = pa.concat_tables([table, single.select(table.column_names).cast(table.schema)])
    first = int(encoded.max()) + 1 if len(encoded) else 0
    return _units(whole, names, np.concatenate([encoded, first + np.arange(len(single))]), clustered=True)


def _order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        (value is None, str(type(value)), value if isinstance(value, int | float) else str(value)) for value in key
    )
