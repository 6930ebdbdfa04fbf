"""From rows to a panel: one figure for each unit and period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import labels
from kapula.analyses.leading.calendar import Grid, grid_of
from kapula.analyses.leading.density import longer_than_days
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.sums import summed
from kapula.measures.engine.infinite import LARGEST, SMALLEST, wrong_size

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
    sums = summed(data, request)
    _require_sized(sums, (request.target, *request.candidates))
    segment, names = _coded(sums, "segment", request.segment)
    rows = sums["rows"].to_numpy()
    lost = int(rows[segment < 0].sum()) if request.segment else 0
    longer = _longer(sums, request, segment)
    if request.segment is None:
        return [_panel(sums, request, ALL, 0, longer)]
    return [
        _panel(sums.filter(pa.array(segment == place)), request, name, lost, longer) for place, name in enumerate(names)
    ]


def _require_sized(sums: pa.Table, names: tuple[str, ...]) -> None:
    """Refuses figures so large or so small that their squares cannot be held."""
    for place, name in enumerate(names):
        most = float(np.abs(sums[f"s{place}"].to_numpy()).max(initial=0.0))
        if most > LARGEST or 0 < most < SMALLEST:
            raise wrong_size(name, most)


def _coded(sums: pa.Table, role: str, name: str | None) -> tuple[NDArray[np.int64], list[Any]]:
    if name is None:
        return np.zeros(sums.num_rows, dtype=np.int64), [ALL]
    return labels(sums[f"__{role}"])


def _longer(sums: pa.Table, request: Request, segment: NDArray[np.int64]) -> str | None:
    """The period that days of a figure here and there are gathered into, one for all segments; None when there is nothing to choose."""
    unit, units = _coded(sums, "unit", request.unit)
    times = sums["__time"].to_pylist()
    told = _known(times) & (unit >= 0) & (segment >= 0)
    if request.period is not None or not told.any():
        return None
    series = segment * len(units) + unit
    return longer_than_days(
        [time for time, keep in zip(times, told, strict=True) if keep], series[told], sums["w0"].to_numpy()[told] > 0,
        request.time,
    )  # fmt: skip


def _known(times: list[Any]) -> NDArray[np.bool_]:
    return np.array([time is not None and time == time for time in times], dtype=bool)


def _panel(sums: pa.Table, request: Request, segment: Any, lost: int, longer: str | None) -> Panel:
    unit, units = _coded(sums, "unit", request.unit)
    times = sums["__time"].to_pylist()
    rows = sums["rows"].to_numpy().astype(np.int64)
    kept = _known(times) & (unit >= 0)
    there = [time for time, keep in zip(times, kept, strict=True) if keep]
    grid = grid_of(there, longer or request.period, request.time, unit[kept])
    grid = replace(grid, chosen=longer is not None)
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
