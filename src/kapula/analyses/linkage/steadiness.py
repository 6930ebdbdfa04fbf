"""How steady a unit's figure of one period is, beside what it moves by."""

from __future__ import annotations

import numpy as np

from kapula.analyses.linkage.cells import Cells
from kapula.analyses.linkage.robust import Floats


def steadiness(cells: Cells) -> float | None:
    """1 − sampling variance ÷ variance of a unit's staff figure between periods; None where it does not vary or no cell has two
    answers."""
    side = cells.staff
    free = float(np.maximum(side.n - 1, 0).sum())
    usual = np.bincount(side.unit, side.mean) / np.maximum(np.bincount(side.unit), 1)
    moved: Floats = side.mean - usual[side.unit]
    spare = len(side.n) - len(np.unique(side.unit))
    if free <= 0 or spare < 1 or float(moved @ moved) <= 0:
        return None
    noise = float(side.ss.sum()) / free * float(np.mean(1 / side.n))
    return max(0.0, 1 - noise / (float(moved @ moved) / spare))
