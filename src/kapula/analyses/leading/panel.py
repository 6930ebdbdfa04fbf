"""From rows to a panel: one figure for each unit and period, summed up where the data is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.analyses.leading.calendar import Grid, grid_of
from kapula.analyses.leading.request import Request
from kapula.measures.engine.periods import period_start
from kapula.schema import require
from kapula.tables import as_table, fetch

Floats = NDArray[np.float64]

ALL = "all"


@dataclass(frozen=True, slots=True)
class Panel:
    """``target``: (units, periods); ``candidates``: (candidates, units, periods); ``n``: answers behind the
    target's figures; NaN or 0 where
    there is none. ``rows`` used, ``set_aside`` rows without a unit or a time, ``averaged``: cells that held several rows."""

    segment: Any
    units: tuple[Any, ...]
    grid: Grid
    target: Floats
    candidates: Floats
    n: Floats
    rows: int
    set_aside: int
    averaged: int

    @property
    def periods(self) -> int:
        """Periods with a figure of the target in some unit."""
        return int(np.isfinite(self.target).any(axis=0).sum())


def panels(data: Any, request: Request) -> list[Panel]:
    """A panel for each segment, or one."""
    sums = _sums(data, request)
    segment, names = _coded(sums, "segment", request.segment)
    rows = sums["rows"].to_numpy()
    lost = int(rows[segment < 0].sum()) if request.segment else 0
    if request.segment is None:
        return [_panel(sums, request, ALL, 0)]
    return [_panel(sums.filter(pa.array(segment == place)), request, name, lost) for place, name in enumerate(names)]


def _sums(data: Any, request: Request) -> pa.Table:
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


def _coded(sums: pa.Table, role: str, name: str | None) -> tuple[NDArray[np.int64], list[Any]]:
    if name is None:
        return np.zeros(sums.num_rows, dtype=np.int64), [ALL]
    return labels(sums[f"__{role}"])


def _panel(sums: pa.Table, request: Request, segment: Any, lost: int) -> Panel:
    unit, units = _coded(sums, "unit", request.unit)
    times = sums["__time"].to_pylist()
    rows = sums["rows"].to_numpy().astype(np.int64)
    kept = np.array([time is not None and time == time for time in times], dtype=bool) & (unit >= 0)
    grid = grid_of([time for time, keep in zip(times, kept, strict=True) if keep], request.period, request.time)
    shape = (len(units), len(grid.labels))
    cell = unit[kept] * shape[1] + grid.places
    count = np.bincount(cell, rows[kept], shape[0] * shape[1]) if kept.any() else np.zeros(0)
    means, weights = [], []
    for place in range(1 + len(request.candidates)):
        total = np.bincount(cell, sums[f"s{place}"].to_numpy()[kept], shape[0] * shape[1]).reshape(shape)
        weight = np.bincount(cell, sums[f"w{place}"].to_numpy()[kept], shape[0] * shape[1]).reshape(shape)
        means.append(np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), np.nan))
        weights.append(weight)
    return Panel(
        segment, tuple(units), grid, means[0], np.stack(means[1:]), weights[0].astype(np.float64),
        rows=int(rows[kept].sum()), set_aside=lost + int(rows[~kept].sum()), averaged=int((count > 1).sum()),
    )  # fmt: skip
