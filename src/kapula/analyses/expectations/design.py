"""The performance and the mix as columns of a regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_LEVELS: Final = 11
"""An answer scale of 0–10 is taken level by level."""
KNOTS: Final = (0.05, 0.35, 0.65, 0.95)
"""Harrell's places for four knots (Regression Modeling Strategies, 2nd ed., 2.4.6)."""
LEAST_IN_LEVEL: Final = 5


def performance_columns(values: Floats) -> Floats:
    """One measured performance as columns, (rows, k): a column for each level but the first where it takes few values, else a natural cubic
    spline of four knots. No column where it never varies. Levels of fewer than five answers join the next."""
    levels, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    if len(levels) < 2:
        return np.empty((len(values), 0))
    if len(levels) > MOST_LEVELS:
        return _spline(values)
    return _dummies(_joined(counts)[place])


def mix_columns(codes: Sequence[NDArray[np.int64]], rows: int) -> Floats:
    """Each control's values as columns, (rows, k), the most common left out; a blank (−1) is a value of its own."""
    return np.column_stack([np.empty((rows, 0)), *(_dummies(one + 1) for one in codes)])


def _dummies(codes: NDArray[np.int64]) -> Floats:
    counts = np.bincount(codes)
    kept = [code for code in np.flatnonzero(counts) if code != int(counts.argmax())]
    return np.asarray(codes[:, None] == np.array(kept, dtype=np.int64), dtype=np.float64)


def _joined(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which column each level goes to, so that each holds enough answers."""
    place, found, held = 0, [], 0
    for count in counts:
        found.append(place)
        held += int(count)
        if held >= LEAST_IN_LEVEL:
            place, held = place + 1, 0
    return np.asarray(np.minimum(np.array(found), max(place - 1, 0)), dtype=np.int64)


def _spline(values: Floats) -> Floats:
    """Restricted cubic spline: linear beyond the outer knots (Stone & Koo 1985)."""
    centre, spread = values.mean(), values.std()
    z = (values - centre) / spread
    knots = np.unique(np.quantile(z, KNOTS))
    columns = [z]
    if len(knots) >= 3:
        last, before = knots[-1], knots[-2]
        for knot in knots[:-2]:
            tail = (
                _cube(z - knot)
                - _cube(z - before) * (last - knot) / (last - before)
                + _cube(z - last) * (before - knot) / (last - before)
            )
            columns.append(tail / (last - knots[0]) ** 2)
    return np.column_stack(columns)


def _cube(x: Floats) -> Floats:
    found: Floats = np.maximum(x, 0.0) ** 3
    return found
