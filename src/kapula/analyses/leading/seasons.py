"""How long a season is, from the calendar or, where periods are only numbered, from the target itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.leading.calendar import SEASONS
from kapula.analyses.leading.deterministic import basis, detrended
from kapula.analyses.leading.remembering import remember

Floats = NDArray[np.float64]

LOOKED_FOR = (4, 7, 12, 52)
LEVEL = 0.001


def season_of(target: Floats, grain: str, given: float | None, window: int) -> float | None:
    """Periods in a season: as given (0: none), by the calendar, or found; in counted periods when a survey window thins them."""
    if given is not None:
        return given / window if given else None
    if grain != "period":
        length = SEASONS.get(grain)
        return length / window if length else None
    return _found(target)


def _found(target: Floats) -> float | None:
    """The length whose harmonics surely move the shocks of the units' mean, of those there are at least two of."""
    own = detrended(target, basis(target.shape[-1], None))
    seen = np.isfinite(own)
    count = seen.sum(axis=0)
    mean = np.where(count > 0, np.where(seen, own, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)
    # One lag of memory only: a longer memory would draw the season itself.
    shocks = remember(mean[None, None], 1).shocks(mean[None, None])[0, 0]
    use = np.isfinite(shocks)
    best, length = LEVEL / len(LOOKED_FOR), None
    for season in LOOKED_FOR:
        columns = basis(len(shocks), season)[:, 2:]
        spare = int(use.sum()) - columns.shape[1] - 1
        if columns.shape[1] == 0 or spare < 10:
            continue
        now = shocks[use] - shocks[use].mean()
        q = np.linalg.qr(columns[use] - columns[use].mean(axis=0))[0]
        explained = float(((q.T @ now) ** 2).sum())
        f = explained / columns.shape[1] / max((float(now @ now) - explained) / spare, 1e-300)
        p = float(special.fdtrc(columns.shape[1], spare, f))
        if p < best:
            best, length = p, float(season)
    return length
