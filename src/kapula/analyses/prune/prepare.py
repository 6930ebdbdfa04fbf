"""From a table to whole rows: figures, weights, independent units, their time, and which columns say nothing of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import Floats, labels, read
from kapula.analyses.prune.moments import Ints, standardised
from kapula.analyses.prune.settings import Settings
from kapula.statistics.weights import kish_n

LEAST_UNITS = 30
TOLERANCE = 1e-8
"""Variance left of a standardised column beside the columns before it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Whole rows. ``figures``: (rows, columns) by ``names``. ``weight``: mean 1. ``unit``: codes of independent units. ``order``: each
    row's place in time, or None. ``seconds``: whole response times, or None. ``given``: rows before those with blanks were left out."""

    names: tuple[str, ...]
    figures: Floats
    weight: Floats
    unit: Ints
    order: Floats | None
    seconds: Floats | None
    given: int

    @property
    def n(self) -> int:
        return len(self.figures)

    @property
    def units(self) -> int:
        return int(self.unit.max()) + 1 if self.n else 0

    @property
    def effective(self) -> float:
        return min(kish_n(self.weight), float(self.units))

    def columns(self, names: tuple[str, ...]) -> Floats:
        return self.figures[:, [self.names.index(name) for name in names]]

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """These rows only."""
        return Rows(
            self.names,
            self.figures[kept],
            _mean_one(self.weight[kept]),
            np.unique(self.unit[kept], return_inverse=True)[1].astype(np.int64),
            None if self.order is None else self.order[kept],
            None if self.seconds is None else self.seconds[kept],
            self.given,
        )


def prepare(table: Any, settings: Settings, filters: Any) -> Rows:
    """The rows with every figure and a weight above zero. Raises as :func:`kapula.analyses.columns.read`."""
    timed = (settings.seconds,) if isinstance(settings.seconds, str) else ()
    others = tuple(name for name in (settings.cluster, settings.time) if name)
    found = read(table, (*settings.figures, *timed), others=others, weight=settings.weight, filters=filters)
    figures = found.figures[:, : len(settings.figures)]
    whole: NDArray[np.bool_] = np.logical_not(np.isnan(figures).any(axis=1))
    if found.weight is not None:
        whole &= found.weight > 0
    if settings.time:
        whole &= np.logical_not(found.others[settings.time].is_null().to_numpy(zero_copy_only=False))
    return Rows(
        settings.figures,
        figures,
        np.ones(found.rows) if found.weight is None else found.weight,
        _units(found.others[settings.cluster]) if settings.cluster else np.arange(found.rows),
        labels(found.others[settings.time])[0].astype(np.float64) if settings.time else None,
        found.figures[:, -1] if timed else None,
        found.rows,
    ).where(whole)


def constant(rows: Rows) -> tuple[str, ...]:
    """Columns that are the same on every row."""
    spread = np.ptp(rows.figures, axis=0)
    size = np.maximum(1.0, np.abs(rows.figures).max(axis=0))
    return tuple(name for name, one, scale in zip(rows.names, spread, size, strict=True) if one <= 1e-12 * scale)


def collinear(rows: Rows, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``names`` that the ones before them tell exactly. None of them is constant."""
    z = standardised(rows.columns(names), rows.weight) * np.sqrt(rows.weight / rows.weight.sum())[:, None]
    left, found = z.T @ z, []
    for place, name in enumerate(names):
        pivot = float(left[place, place])
        if pivot < TOLERANCE:
            found.append(name)
            continue
        left = left - np.outer(left[:, place], left[place]) / pivot
    return tuple(found)


def needed(rows: Rows, columns: int) -> int | None:
    """How many whole rows are needed, None when there are enough: 50 + 8 for each column of the model, and 30 independent units.

    Source: Green (1991), Multivariate Behavioral Research 26(3), 499–510.
    """
    least = 50 + 8 * columns
    if rows.units < LEAST_UNITS:
        least = max(least, -(-rows.n * LEAST_UNITS // max(rows.units, 1)))
        return max(least, rows.n + 1)
    return least if rows.n < least else None


def _units(column: pa.ChunkedArray) -> Ints:
    """Codes of clusters; a row without one stands for itself."""
    codes, values = labels(column)
    alone = codes < 0
    return np.where(alone, len(values) + np.cumsum(alone) - 1, codes)


def _mean_one(weight: Floats) -> Floats:
    return weight / weight.mean() if len(weight) else weight
