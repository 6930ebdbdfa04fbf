"""How much a figure of n answers weighs: the spread of a target's figures is part real, the same for all, and part
sampling, as 1/n."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def precision(values: Floats, n: Floats, differenced: bool) -> Floats:
    """Weights (units, periods) with mean 1 over the figures: 1 ÷ (a + b/n), a and b ≥ 0 from the least-squares
    line of the squared figures on
    1/n (of both periods, where figures are differences). Equal when n does not vary or is not known."""
    share = np.where(n > 0, 1 / np.where(n > 0, n, 1.0), np.nan)
    if differenced:
        share = share + np.concatenate([np.full((len(n), 1), np.nan), share[:, :-1]], axis=1)
    use = np.isfinite(values) & np.isfinite(share)
    if use.sum() < 20 or np.ptp(share[use]) <= 1e-9:
        return np.ones(values.shape)
    x, y = share[use], values[use] ** 2
    slope = max(0.0, float(np.cov(x, y)[0, 1] / x.var(ddof=1)))
    base = float(y.mean() - slope * x.mean())
    if base < 0:
        base, slope = 0.0, float(y.mean() / x.mean())
    variance = base + slope * np.where(np.isfinite(share), share, np.nanmean(share))
    found = 1 / np.maximum(variance, 1e-3 * float(y.mean()))
    return np.asarray(found / found[use].mean())
