"""Which columns say nothing of their own, and whether the rows are enough."""

from __future__ import annotations

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.gathering import standardised
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.twins import Twins

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
    left, found = _correlations(rows, names), []
    for place, name in enumerate(names):
        pivot = float(left[place, place])
        if pivot < TOLERANCE:
            found.append(name)
            continue
        left = left - np.outer(left[:, place], left[place]) / pivot
    return tuple(found)


def copied(rows: Rows, names: tuple[str, ...], told: tuple[str, ...]) -> tuple[Twins, ...]:
    """Each of ``told`` that is a copy of one of ``names``, turned (a mirror) or on another scale too, with the first such."""
    if not names:
        return ()
    r = np.clip(_correlations(rows, (*names, *told))[: len(names), len(names) :], -1, 1)
    exact = 1 - r**2 < TOLERANCE
    return tuple(
        Twins(names[place], told[column], *(float(r[place, column]),) * 3)
        for column, place in enumerate(exact.argmax(axis=0))
        if exact[place, column]
    )


def _correlations(rows: Rows, names: tuple[str, ...]) -> Floats:
    z = standardised(rows.columns(names), rows.weight) * np.sqrt(rows.weight / rows.weight.sum())[:, None]
    return np.asarray(z.T @ z)


def needed(rows: Rows, columns: int) -> int | None:
    """How many whole rows are needed, None when there are enough: 50 + 8 for each column of the model, and 30 independent units.

    Source: Green (1991), Multivariate Behavioral Research 26(3), 499–510.
    """
    least = 50 + 8 * columns
    if rows.units < LEAST_UNITS:
        least = max(least, -(-rows.n * LEAST_UNITS // max(rows.units, 1)))
        return max(least, rows.n + 1)
    return least if rows.n < least else None
