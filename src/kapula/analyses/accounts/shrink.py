"""Drawing few answers towards the usual, with the uncertainty of how far to draw.

d_i ~ N(θ_i, v_i) and θ_i ~ N(μ, τ²), with flat priors on μ and on τ²: the posterior of τ² is summed over a grid, so no single guess of
it (often zero, with few accounts) makes the intervals too narrow. Source: Morris & Tang (2011), Stat. Sci. 26, 271–287: the flat prior on
τ² is the one whose intervals hold their level over repeated samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
GRID: Final = 80


@dataclass(frozen=True, slots=True)
class Drawn:
    """One entry a unit: the posterior ``mean`` and ``sd``, and the ``share`` of the unit's own figure in it. ``usual``: μ;
    ``between``: τ², the posterior's median."""

    mean: Floats
    sd: Floats
    share: Floats
    usual: float
    between: float


def drawn(d: Floats, v: Floats) -> Drawn:
    """``d``: figures, ``v``: their sampling variances above zero; four units at least, as a flat prior on τ² asks."""
    top = 4 * float(np.var(d, ddof=1)) + 4 * float(np.median(v)) * 10 / len(d)
    tau = np.linspace(0, 1, GRID) ** 2 * top
    tau = (tau[1:] + tau[:-1]) / 2
    step = np.diff(np.linspace(0, 1, GRID) ** 2) * top
    w = 1 / (v[:, None] + tau[None, :])
    total = w.sum(axis=0)
    usual = (w * d[:, None]).sum(axis=0) / total
    fit = np.log(w).sum(axis=0) - np.log(total) - (w * (d[:, None] - usual) ** 2).sum(axis=0)
    chance = np.exp((fit - fit.max()) / 2) * step
    chance /= chance.sum()
    share = tau * w
    mean = usual + share * (d[:, None] - usual)
    variance = share * v[:, None] + (1 - share) ** 2 / total
    centre = mean @ chance
    spread = variance @ chance + ((mean - centre[:, None]) ** 2) @ chance
    median = float(tau[int(np.searchsorted(np.cumsum(chance), 0.5))])
    return Drawn(centre, np.sqrt(spread), share @ chance, float(usual @ chance), median)
