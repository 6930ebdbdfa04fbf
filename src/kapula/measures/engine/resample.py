"""What the bootstrap resamples: each group's units, equal ones counted once, aggregated in the engine."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import Any

import numpy as np

from kapula.errors import ParameterError
from kapula.measures.engine.collect import Contribution, Key, keys, one
from kapula.measures.engine.request import Request
from kapula.measures.families.base import Design, Family
from kapula.statistics.bootstrap import bootstrap_ratio
from kapula.tables import fetch

MOST_UNITS = 1_000_000


def bootstrap_bounds(request: Request, kind: Family, design: Design) -> dict[Key, tuple[float, float] | None]:
    """BCa bounds of every group's ratio (see :func:`~kapula.statistics.bootstrap.bootstrap_ratio`); None for a single
    unit."""
    answers = kind.read(request)
    row = kind.contribution(request, answers)
    groups = keys(request)
    units = _units(request, row, groups)
    count = int(fetch(units.count().as_table()).column(0)[0].as_py())
    if count > MOST_UNITS:
        raise ParameterError(
            f"The bootstrap would resample {count} different units; it takes {MOST_UNITS} at most.",
            hint="Leave interval out: with so many the linearised interval is the same.",
            parameter="interval",
            value="bootstrap",
            allowed=list(kind.intervals),
        )
    table = fetch(units)
    places: dict[Key, list[int]] = {}
    for place, group in enumerate(table.select(list(groups)).to_pylist()) if groups else enumerate([{}] * len(table)):
        places.setdefault(tuple(group.values()), []).append(place)
    y, x, times = (table[name].to_numpy() for name in ("_ty", "_tx", "_times"))
    found: dict[Key, tuple[float, float] | None] = {}
    for key, rows in places.items():
        if int(times[rows].sum()) < 2:
            found[key] = None
            continue
        low, high = bootstrap_ratio(
            y[rows].astype(np.float64),
            x[rows].astype(np.float64),
            times[rows].astype(np.int64),
            level=design.level,
            replicates=design.replicates,
            seed=zlib.crc32(f"{design.seed}|{_text(key)}".encode()),
        )
        found[key] = (low + row.shift, high + row.shift)
    return found


def _text(key: Key) -> str:
    """The group in writing, the same from every engine: each group gets draws of its own, whatever other groups there are."""
    return "|".join(v.isoformat()[:10] if isinstance(v, dt.date) else repr(v) for v in key)


def _units(request: Request, row: Contribution, groups: Any) -> Any:
    """One row for each different (y, x) with how often it occurs, or for each cluster. Ordered, so a seed gives one
    answer."""
    table = request.table
    y = row.y.cast("float64")
    x = one(y) if row.x is None else row.x.cast("float64")
    weight = one(y) if request.weight is None else table[request.weight].cast("float64")
    cluster = {} if request.cluster is None else {"_c": table[request.cluster]}
    wide = table.select(**groups, **cluster, _ty=y * weight, _tx=x * weight, _w=weight)
    wide = wide.filter(wide["_ty"].notnull() & wide["_tx"].notnull() & (wide["_w"] > 0))
    if request.cluster is not None:
        alone = wide.filter(wide["_c"].isnull()).drop("_c", "_w")
        whole = wide.filter(wide["_c"].notnull()).group_by([*groups, "_c"])
        whole = whole.aggregate(_ty=wide["_ty"].sum(), _tx=wide["_tx"].sum()).drop("_c")
        wide = alone.union(whole)
    names = [*groups, "_ty", "_tx"]
    return wide.group_by(names).aggregate(_times=lambda t: t.count()).order_by(names)
