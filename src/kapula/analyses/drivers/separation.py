"""Whether the drivers tell the outcome apart without error, so that a logit model has no finite fit."""

from __future__ import annotations

from typing import Final

import numpy as np

from kapula.analyses.drivers.logit import fit
from kapula.analyses.drivers.trials import Codes, Trials

STEEP: Final = 15.0
"""A log-odds beyond this in the full model: look whether the drivers separate the outcome."""


def separating(data: Trials) -> Codes:
    """Columns along which the outcomes can be told apart without error, completely or but for ties; empty when the full fit exists.

    A linear programme finds a direction that is never wrong and somewhere right. Source: Konis (2007), thesis, Oxford; Albert & Anderson
    (1984), Biometrika 71, 1–10. A subset of the columns can only separate when they all do.
    """
    full = fit(data, np.ones((1, data.design.shape[1] - 1), dtype=bool))
    if full.arrived[0] and np.abs(full.odds).max() < STEEP:
        return np.empty(0, dtype=np.int64)
    from scipy.optimize import linprog

    hit, miss = data.design[data.hits > 0], data.design[data.all - data.hits > 0]
    signed = np.concatenate([hit, -miss])
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs")
    if found.status != 0 or -found.fun <= 1e-7 * len(signed):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.abs(found.x[1:]) > 1e-9)
