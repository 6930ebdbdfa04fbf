"""Which columns say nothing of their own, and whether the rows are enough."""

from __future__ import annotations

import numpy as np

from kapula.analyses.prune.gathering import standardised
from kapula.analyses.prune.rows import Rows

LEAST_UNITS = 30
TOLERANCE = 1e-8
"""Variance left of a standardised column beside the columns before it."""


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
