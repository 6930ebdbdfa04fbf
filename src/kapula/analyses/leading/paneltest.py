"""Dumitrescu and Hurlin's panel test, from each unit's Granger test.

Source: Dumitrescu & Hurlin (2012), Economic Modelling 29, 1450–1460 (Z-bar: equation 10, Z-bar tilde: 24; for
unbalanced panels 33).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from kapula.analyses.leading.wald import Walds


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
