"""The Granger test of each unit, and Dumitrescu and Hurlin's panel test from them.

Sources: Granger (1969), Econometrica 37; Dumitrescu & Hurlin (2012), Economic Modelling 29, 1450–1460 (Z-bar:
equation 10, Z-bar tilde: 24;
for unbalanced panels 33).
"""

from __future__ import annotations

import math
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


@dataclass(frozen=True, slots=True)
class PanelTest:
    """``w``: mean of the units' Wald statistics; ``z_bar`` for long panels, ``z_tilde`` for short ones, each with
    its two-sided p; None where
    the panel is too short."""

    order: int
    units: int
    w: float
    z_bar: float
    p_bar: float
    z_tilde: float | None
    p_tilde: float | None


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


def panel_test(found: Walds) -> PanelTest | None:
    """Over the units (units,) of one test; None when no unit could be tested."""
    known = np.isfinite(found.wald)
    units, order = int(known.sum()), found.order
    if not units:
        return None
    w = float(found.wald[known].mean())
    z_bar = math.sqrt(units / (2 * order)) * (w - order)
    length = found.spare[known] + 2 * order + 1
    z_tilde = None
    if (length > 5 + 2 * order).all():
        ratio = (length - 2 * order - 1) / (length - 2 * order - 3)
        mean = float((order * ratio).mean())
        variance = float((2 * order * ratio**2 * (length - order - 3) / (length - 2 * order - 5)).mean())
        z_tilde = math.sqrt(units) * (w - mean) / math.sqrt(variance)
    return PanelTest(
        order, units, w, z_bar, _two_sided(z_bar), z_tilde, None if z_tilde is None else _two_sided(z_tilde)
    )


def _two_sided(z: float) -> float:
    return float(2 * special.ndtr(-abs(z)))
