"""Series as they were known at an origin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.deterministic import basis, differences, without_shocks
from kapula.analyses.leading.prepare import Group

Floats = NDArray[np.float64]
_RIDGE = 1e-9


def as_known(group: Group, values: Floats, start: int) -> Floats:
    """The series less level, trend and season as they were known at ``start``, and less each period's own mean over units."""
    if group.differenced:
        values = differences(values)
    periods = values.shape[-1]
    columns = basis(periods, group.season if start >= 1.9 * (group.season or np.inf) else None)
    if group.differenced:
        columns = columns[:, [0, *range(2, columns.shape[1])]]
    seen = np.isfinite(values)
    early = seen.copy()
    early[..., start:] = False
    q = columns.shape[1]
    products = (columns[:, :, None] * columns[:, None, :]).reshape(periods, -1)
    gram = (early.reshape(-1, periods) @ products).reshape(-1, q, q) + _RIDGE * np.eye(q)
    cross = np.where(early, values, 0.0).reshape(-1, periods) @ columns
    fitted = np.linalg.solve(gram, cross[..., None])[..., 0] @ columns.T
    enough = (early.sum(axis=-1) >= q + 4)[..., None]
    left = np.where(enough, values - fitted.reshape(values.shape), np.nan)
    return without_shocks(left) if group.raw.shocks else left
