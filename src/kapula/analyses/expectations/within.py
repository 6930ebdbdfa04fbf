"""What performance and mix are worth, from differences within periods only.

score_i = μ_t + f(performance_i) + mix_i γ + error_i with a level of its own for every period, so that neither a
drift nor what happened to a period can pass for performance. The periods' means then split exactly: ȳ_t = μ_t + mean f_t + mean (mix γ)_t.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.expectations.rows import Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING: Final = 1e-12
"""Share of a column's variance that within periods is as good as none."""


@dataclass(frozen=True, slots=True)
class Within:
    """By period, shape (T,): ``score`` its mean, ``performance`` and ``mix`` the means of their parts (centred on
    all answers), ``level`` the
    score at average performance and mix, ``variance`` of level and ``score_variance`` of score by clusters.
    ``covariance``: of the coefficients;
    ``means``: the periods' mean columns, (T, k). ``index``: each row's performance part. ``places``: where the
    performance's columns are."""

    n: Ints
    weight: Floats
    score: Floats
    performance: Floats
    mix: Floats
    level: Floats
    variance: Floats
    score_variance: Floats
    covariance: Floats
    means: Floats
    index: Floats
    residual: Floats
    performance_columns: int


def fit(rows: Rows, y: Floats, performance: Floats, mix: Floats) -> Within:
    """Weighted least squares of ``y`` with period effects. Collinear columns share their effect (least norm)."""
    x, w, period = np.column_stack([performance, mix]), rows.w, rows.period
    mean_y, mean_x = means_of(y[:, None], w, period)[:, 0], means_of(x, w, period)
    inner_y, inner_x = y - mean_y[period], x - mean_x[period]
    inner_x[:, nested(x, inner_x, w)] = (
        0.0  # rounding is no variation: divided by its own size it would be worth anything
    )
    bread = _inverse((inner_x * w[:, None]).T @ inner_x)
    beta = bread @ (inner_x.T @ (w * inner_y))
    residual = inner_y - inner_x @ beta
    scores = _by_cluster(inner_x * (w * residual)[:, None], rows.cluster)
    count = len(scores)
    covariance = bread @ (scores.T @ scores) @ bread * (count / max(count - 1, 1))
    # Columns that the periods leave something of; those of rounding are zero by now.
    used = int((w @ inner_x**2 > 0).sum())
    if rows.series:
        covariance = bread * pooled(residual, rows, used)
    split = performance.shape[1]
    centre = (w @ x) / w.sum()
    parts = (mean_x[:, :split] - centre[:split]) @ beta[:split], (mean_x[:, split:] - centre[split:]) @ beta[split:]
    return Within(
        n=np.bincount(period), weight=np.bincount(period, w).astype(np.float64), score=mean_y, performance=parts[0], mix=parts[1],
        level=mean_y - parts[0] - parts[1], variance=variance_of(residual, rows, used), score_variance=variance_of(inner_y, rows),
        covariance=covariance, means=mean_x, index=(x[:, :split] - centre[:split]) @ beta[:split], residual=residual,
        performance_columns=split,
    )  # fmt: skip


def nested(x: Floats, inner: Floats, w: Floats) -> NDArray[np.bool_]:
    """Which columns, (rows, k), differ between periods only: ``inner``, what is left of them within periods, is rounding."""
    whole = w @ (x - (w @ x) / w.sum()) ** 2
    return np.asarray(w @ inner**2 <= ROUNDING * whole)


def _inverse(cross: Floats) -> Floats:
    """Of standardised columns, so that the tolerance means the same for every unit."""
    scale = np.sqrt(np.maximum(np.diag(cross), 1e-300))
    if not len(scale):
        return cross
    return np.asarray(
        np.linalg.pinv(cross / np.outer(scale, scale), rcond=1e-10, hermitian=True) / np.outer(scale, scale)
    )


def means_of(x: Floats, w: Floats, period: Ints) -> Floats:
    """Weighted means by period, (T, columns)."""
    total = np.bincount(period, w)
    return np.column_stack([np.empty((len(total), 0)), *(np.bincount(period, w * column) / total for column in x.T)])


def _by_cluster(x: Floats, cluster: Ints) -> Floats:
    return np.column_stack([np.empty((int(cluster.max()) + 1, 0)), *(np.bincount(cluster, column) for column in x.T)])


def pooled(residual: Floats, rows: Rows, used: int) -> float:
    """The variance of a row of weight one, from all periods together; ``used``: coefficients estimated."""
    return float(rows.w @ residual**2) / max(len(residual) - rows.periods - used, 1)


def variance_of(residual: Floats, rows: Rows, used: int = 0) -> Floats:
    """Of each period's weighted mean of the residual, its clusters as units. A series has too few rows a period to tell it of each."""
    total = np.bincount(rows.period, rows.w)
    if rows.series:
        return np.asarray(np.maximum(pooled(residual, rows, used) / total, 1e-12))
    keys, place = np.unique(np.column_stack([rows.period, rows.cluster]), axis=0, return_inverse=True)
    sums = np.bincount(place.ravel(), rows.w * residual)
    units = np.bincount(keys[:, 0], minlength=len(total))
    found = np.bincount(keys[:, 0], sums**2, len(total)) / total**2
    return np.maximum(found * units / np.maximum(units - 1, 1), 1e-12)
