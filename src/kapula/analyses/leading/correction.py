"""One correction over the whole scan, whatever its shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def q_values(p: Floats, *, dependent: bool) -> Floats:
    """The q of every p that is not NaN, by Benjamini & Hochberg (1995); ``dependent``: by Benjamini & Yekutieli
    (2001), which holds under any
    dependence at the price of a factor Σ 1/i. The shape stays.

    Sources: J. R. Statist. Soc. B 57, 289–300; Annals of Statistics 29, 1165–1188.
    """
    found = np.full(p.size, np.nan)
    flat = p.ravel()
    tested = np.flatnonzero(~np.isnan(flat))
    if tested.size:
        order = tested[np.argsort(flat[tested], kind="stable")]
        ranks = np.arange(1, tested.size + 1)
        factor = float((1 / ranks).sum()) if dependent else 1.0
        steps = flat[order] * tested.size * factor / ranks
        found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return found.reshape(p.shape)
