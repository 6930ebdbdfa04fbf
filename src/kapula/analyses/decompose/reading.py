"""The units read from the data.

The engine counts equal answers first (of one customer, where a cluster ties them together), so what is fetched does not grow with the
rows of a survey of few answers.
"""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from kapula.analyses.decompose.sides import SIDE
from kapula.analyses.decompose.units import Floats, Ints, Units
from kapula.measures.engine.collect import Contribution, one
from kapula.measures.engine.request import Request
from kapula.tables import fetch


def read_units(request: Request, row: Contribution, segments: tuple[str, ...]) -> Units:
    """The units of a checked request over rows that carry SIDE. Rows without an answer or of no weight are left out."""
    wide = usable_rows(request, row, segments)
    names = [f"g{place}" for place in range(len(segments))]
    keys = [*([] if request.cluster is None else ["_c"]), *names, "_s", "_y", "_x"]
    table = fetch(wide.group_by(keys).aggregate(_times=wide.count()).order_by(keys))
    found = _counted(table, names)
    if request.cluster is None:
        return found
    codes = table["_c"].combine_chunks().dictionary_encode().indices
    return _tied(found, codes.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64))


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


def _counted(table: pa.Table, names: list[str]) -> Units:
    """Each different answer, with how often it occurs."""
    segments, place = _coded(table, names)
    side, times = (table[name].to_numpy().astype(np.int64) for name in ("_s", "_times"))
    cell = 2 * place + side
    y, x = (np.asarray(table[name].to_numpy(), dtype=np.float64) for name in ("_y", "_x"))
    return Units(segments, cell, np.arange(len(table)), y, x, times, times, clustered=False)


def _coded(table: pa.Table, names: list[str]) -> tuple[tuple[tuple[Any, ...], ...], Ints]:
    """The different keys in order, and each row's place among them."""
    code, values = np.zeros(len(table), dtype=np.int64), []
    for name in names:
        encoded = table[name].combine_chunks().dictionary_encode()
        known = [*encoded.dictionary.to_pylist(), None]
        index = encoded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
        code = code * len(known) + index
        values.append(known)
    different, place = np.unique(code, return_inverse=True)
    places = np.unravel_index(different, [len(known) for known in values])
    keys = [tuple(known[at] for known, at in zip(values, one, strict=True)) for one in zip(*places, strict=True)]
    order = sorted(range(len(keys)), key=lambda one: _order(keys[one]))
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys))
    return tuple(keys[one] for one in order), rank[place]


def _tied(found: Units, cluster: Ints) -> Units:
    """The answers summed by ``cluster`` (codes, −1 for an answer that is alone) within each segment and period; those that are alone
    beside them, each a unit of its own. They are added up here and not in the engine, which adds in the order that rows come."""
    tied, times = cluster >= 0, found.times
    cells = 2 * max(1, len(found.segments))
    entry, place = np.unique(cluster[tied] * cells + found.cell[tied], return_inverse=True)
    single = np.repeat(np.flatnonzero(~tied), times[~tied])
    alone = np.ones(len(single), dtype=np.int64)

    def both(values: Floats) -> Floats:
        return np.concatenate([np.bincount(place, (values * times)[tied], len(entry)), values[single]])

    return Units(
        found.segments,
        np.concatenate([entry % cells, found.cell[single]]),
        np.concatenate([entry // cells, cluster.max(initial=-1) + 1 + np.arange(len(single))]),
        both(found.y),
        both(found.x),
        np.ones(len(entry) + len(single), dtype=np.int64),
        np.concatenate([np.bincount(place, times[tied], len(entry)).astype(np.int64), alone]),
        clustered=True,
    )


def _order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        (value is None, str(type(value)), value if isinstance(value, int | float) else str(value)) for value in key
    )
