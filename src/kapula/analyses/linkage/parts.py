"""The part of a link within units over time. The part between units is another question and may have another answer.

Hybrid (Mundlak) form: ȳ_ut = a + β_W·(x_u,t−k − x̄_u) + β_B·x̄_u + controls + u_u + e_ut. In the random-intercept model the two are
orthogonal, so each is estimated on its own with the inference that suits its sample. Sources: Mundlak (1978), Econometrica 46, 69–85;
Bell & Jones (2015), Polit. Sci. Res. Methods 3, 133–153.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.linkage.panel import Panel, centre
from kapula.analyses.linkage.robust import Codes, Estimate, Floats, clustered

FEWEST_UNITS: Final = 6
"""Below this many units the within part is clustered by stretches of time, and speaks of these units only."""
FEWEST_BLOCKS: Final = 8
MOST_BLOCKS: Final = 12
BLOCK: Final = 5
"""Stretches of time as clusters: at least 8 of at least 5 periods (Bester, Conley & Hansen, J. Econometrics 165, 2011)."""
FEWEST_BETWEEN: Final = 5
"""Units that a slope between units takes, and cells that a slope within takes for each of them at the least."""
ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Within:
    """``estimate`` alone, and ``beside`` the other lags in one model; both None when they cannot be told. ``scope``: "units" when it
    speaks of units like these, "these_units" when of these only."""

    estimate: Estimate | None
    beside: Estimate | None
    scope: str
    cells: int
    units: int
    answers: int


def within(data: Panel, column: int, level: float) -> Within:
    """The slope within units at one lag, alone and beside the other lags."""
    alone = _slope(data, [column], level)
    others = [column, *(place for place in range(data.x.shape[1]) if place != column)]
    beside = _slope(data, others, level) if len(others) > 1 else alone
    rows = ~np.isnan(data.x[:, column])
    units = len(np.unique(data.unit[rows]))
    scope = "units" if units >= FEWEST_UNITS else "these_units"
    return Within(alone, beside, scope, int(rows.sum()), units, int(data.n[rows].sum()))


def _slope(data: Panel, columns: list[int], level: float) -> Estimate | None:
    """CR2 over units when there are enough of them, else over stretches of time that hold all units."""
    rows = ~np.isnan(data.x[:, columns]).any(axis=1)
    unit = np.unique(data.unit[rows], return_inverse=True)[1]
    units = int(unit.max()) + 1 if unit.size else 0
    x = np.column_stack([data.x[rows][:, columns], data.controls[rows]])
    if not units or rows.sum() < units + x.shape[1] + FEWEST_BETWEEN:
        return None
    clusters = unit if units >= FEWEST_UNITS else _stretches(data.period[rows])
    if clusters is None:
        return None
    weight = data.weight[rows]
    root = np.sqrt(weight)
    design, y = centre(unit, x, weight)[0], centre(unit, data.y[rows][:, None], weight)[0][:, 0]
    if flat(design[:, 0], x[:, 0]) or flat(y, data.y[rows]):
        return None
    if units < FEWEST_UNITS:  # the units' own levels share every stretch, so they stand in the design openly
        design = np.column_stack([x - x.mean(axis=0), np.eye(units)[unit]])
        y = data.y[rows]
    return clustered(design * root[:, None], y * root, clusters, 0, level=level)


def flat(left: Floats, figures: Floats) -> bool:
    """Whether what is ``left`` of the figures is rounding alone, whatever their unit."""
    return float(np.abs(left).max()) <= ROUNDING * float(np.abs(figures).max())


def _stretches(period: Codes) -> Codes | None:
    """Consecutive periods in stretches of one length; None when there are too few."""
    span = int(period.max() - period.min()) + 1
    count = min(MOST_BLOCKS, span // BLOCK)
    if count < FEWEST_BLOCKS:
        return None
    blocks = (period - period.min()) * count // span
    return blocks if len(np.unique(blocks)) >= FEWEST_BLOCKS else None
