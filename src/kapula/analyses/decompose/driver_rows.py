"""The rows from which the drivers' part is told: complete ones, and the drivers that can be told apart in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from kapula.analyses.columns import labels
from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.reading import usable_rows
from kapula.analyses.decompose.units import Floats, Ints
from kapula.analyses.row_order import row_order
from kapula.tables import fetch

TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True)
class Rows:
    """Complete rows: ``side``, weight ``w``, outcome ``y`` as a ratio, drivers ``x`` (rows, drivers) and the unit each belongs to."""

    side: Floats
    w: Floats
    y: Floats
    x: Floats
    unit: Ints
    clustered: bool


def read_rows(asked: Asked, drivers: Sequence[str]) -> Rows:
    table = fetch(usable_rows(asked.request, asked.row, (), *drivers))
    x = np.column_stack([_floats(table[name]) for name in drivers])
    whole = ~np.isnan(x).any(axis=1)
    table, x = table.filter(pa.array(whole)), x[whole]
    w, y, side = (_floats(table[name]) for name in ("_w", "_y", "_s"))
    tied = asked.request.cluster is not None
    unit = labels(table["_c"])[0] if tied else np.zeros(len(w), dtype=np.int64)
    order = row_order((unit, side, y, *x.T, w), len(w))  # a seed gives one answer, however rows come
    unit = unit[order]
    alone = np.flatnonzero(unit < 0) if tied else np.arange(len(w))
    unit[alone] = unit.max(initial=-1) + 1 + np.arange(len(alone))
    unit = np.unique(unit, return_inverse=True)[1].astype(np.int64)
    return Rows(side[order], w[order], (y / w)[order], x[order], unit, tied)


def usable(rows: Rows, drivers: Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """Places of the drivers that vary in both periods and are no sum of those before them."""
    kept: list[int] = []
    warnings: list[str] = []
    for k in range(len(drivers)):
        sides = [rows.x[rows.side == side][:, [*kept, k]] for side in (0, 1)]
        if any(len(side) < 2 or np.ptp(side[:, -1]) == 0 for side in sides):
            warnings.append("driver_constant")
        elif any(_collinear(side) for side in sides):
            warnings.append("driver_collinear")
        else:
            kept.append(k)
    return kept, tuple(dict.fromkeys(warnings))


def _collinear(x: Floats) -> bool:
    """Whether the last column is a linear combination of the others (tolerance 1 − R² < 1e-8)."""
    scaled = (x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-300)
    if x.shape[1] == 1:
        return False
    residual = scaled[:, -1] - scaled[:, :-1] @ np.linalg.lstsq(scaled[:, :-1], scaled[:, -1], rcond=None)[0]
    return float(residual @ residual) < TOLERANCE * len(x)


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
