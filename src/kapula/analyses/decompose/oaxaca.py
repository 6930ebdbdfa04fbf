"""The twofold split from sums: means, coefficients, levels and change of each period, for the data or its resamples."""

from __future__ import annotations

import numpy as np

from kapula.analyses.decompose.driver_rows import Rows
from kapula.analyses.decompose.units import Floats, Units


def moments(rows: Rows, kept: list[int]) -> tuple[Units, Floats]:
    """Each row's weighted products of (1, drivers, outcome), flattened, and the rows as units of one segment."""
    wide = np.column_stack([np.ones(len(rows.y)), rows.x[:, kept], rows.y])
    values = ((rows.w[:, None] * wide)[:, :, None] * wide[:, None, :]).reshape(len(wide), -1)
    ones = np.ones(len(wide), dtype=np.int64)
    cell = rows.side.astype(np.int64)
    return Units(((),), cell, rows.unit.astype(np.int64), rows.y, rows.w, ones, ones, rows.clustered), values


def solve(moments: Floats, size: int) -> tuple[Floats, Floats, Floats, Floats]:
    """From (batch, 2, size²) moments: means (batch, 2, drivers), mean coefficients, levels (batch, drivers), and the change (batch,)."""
    cross = moments.reshape(len(moments), 2, size, size)
    cross = cross / cross[..., :1, :1]
    means = cross[..., 0, 1:-1]
    outcome = cross[..., 0, -1]
    centred = cross[..., 1:-1, 1:-1] - means[..., :, None] * means[..., None, :]
    joint = cross[..., 1:-1, -1] - means * outcome[..., None]
    coefficients = (np.linalg.pinv(centred, hermitian=True) @ joint[..., None])[..., 0].mean(axis=1)
    levels = (means[:, 1] - means[:, 0]) * coefficients
    return means, coefficients, levels, outcome[:, 1] - outcome[:, 0]
