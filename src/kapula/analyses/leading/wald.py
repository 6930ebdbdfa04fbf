"""The Granger test of each unit.

Source: Granger (1969), Econometrica 37.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Walds:
    """Each unit's test that ``order`` lags of x add nothing to ``order`` lags of y: (…, units). ``wald`` = order ·
    F; ``spare``: the F's second
    degrees of freedom; NaN where a unit cannot be tested."""

    wald: Floats
    spare: Floats
    order: int

    @property
    def f(self) -> Floats:
        return self.wald / self.order

    @property
    def p(self) -> Floats:
        return np.asarray(special.fdtrc(self.order, np.maximum(self.spare, 1), np.maximum(self.f, 0)))


def walds(y: Floats, x: Floats, order: int) -> Walds:
    """``y``, ``x``: (…, units, periods), NaN where missing; only periods with all lags are used, and a constant for each unit."""
    y, x = np.broadcast_arrays(y, x)
    periods = y.shape[-1]
    columns = [np.ones(y.shape)[..., order:]]
    for series in (y, x):
        columns += [series[..., order - lag : periods - lag] for lag in range(1, order + 1)]
    design = np.stack(columns, axis=-1)
    now = y[..., order:]
    use = np.isfinite(now) & np.isfinite(design).all(axis=-1)
    design, now = np.where(use[..., None], design, 0.0), np.where(use, now, 0.0)
    n = use.sum(axis=-1)
    spare = n - 2 * order - 1
    # Columns on one scale: levels in the hundred thousands beside levels of one would cost digits.
    design = design / np.maximum(np.sqrt((design**2).sum(axis=-2, keepdims=True)), 1e-300)
    q, r = np.linalg.qr(design)
    along = (np.swapaxes(q, -1, -2) @ now[..., None])[..., 0]
    left = np.maximum((now**2).sum(axis=-1) - (along**2).sum(axis=-1), 0.0)
    explained = (along[..., order + 1 :] ** 2).sum(axis=-1)
    diagonal = np.abs(np.diagonal(r, axis1=-2, axis2=-1))
    usable = (spare >= 1) & (diagonal.min(axis=-1) > 1e-10) & (left > 1e-14 * (now**2).sum(axis=-1))
    wald = explained * spare / np.where(usable, left, 1.0)
    return Walds(np.where(usable, wald, np.nan), np.where(usable, spare, np.nan).astype(float), order)
