"""Cluster-robust inference for a handful of clusters: the bias-reduced sandwich (CR2) with Satterthwaite degrees of freedom."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.laws import t_quantile, t_tail

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient: ``value`` with ``se``, ``df``, the interval ``low`` … ``high`` and the two-sided ``p``."""

    value: float
    se: float
    df: float
    low: float
    high: float
    p: float


def of(value: float, se: float, df: float, level: float) -> Estimate:
    """The estimate with its t interval. A standard error of zero has an interval of no width and p 0."""
    half = t_quantile((1 + level) / 2, df) * se
    p = 2 * t_tail(abs(value) / se, df) if se > 0 else 0.0
    return Estimate(value, se, df, value - half, value + half, p)


def clustered(x: Floats, y: Floats, clusters: Codes, place: int, *, level: float) -> Estimate | None:
    """Least squares of y on the columns of x, and the CR2 interval of the coefficient at ``place``.

    ``x``: (n, p) of full column rank, ``clusters``: (n,) any whole numbers. Each cluster's residuals are multiplied by
    (I − H_gg)^(−1/2), so the variance is unbiased under the working model of independent errors; the degrees of freedom match the
    first two
    moments of that variance estimator. None when x has not full rank or a coefficient rests on a single cluster.

    Source: Bell & McCaffrey (2002), Survey Methodology 28, 169–181; Imbens & Kolesár (2016), Rev. Econ. Stat. 98, 701–712;
    Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36, 672–683.
    """
    # Columns of one length: a staff score in euros or in points is the same question, and has the same answer.
    size = np.sqrt((x**2).sum(axis=0))
    if not (size > 0).all():
        return None
    x = x / size
    gram = x.T @ x
    if np.linalg.cond(gram) > 1e12:
        return None
    bread = np.linalg.inv(gram)
    root = np.linalg.cholesky(bread)
    beta = bread @ (x.T @ y)
    residual = y - x @ beta
    order = np.argsort(clusters, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(clusters[order]) != 0, True])
    scores, lengths, leans = [], [], []
    for first, last in itertools.pairwise(starts):
        rows = order[first:last]
        a = _adjusted(x[rows] @ root, x[rows] @ bread[:, place])
        scores.append(float(a @ residual[rows]))
        lengths.append(float(a @ a))
        leans.append(x[rows].T @ a)
    lean = np.array(leans)
    spread = np.diag(lengths) - lean @ bread @ lean.T
    variance = float(np.sum(np.square(scores)))
    square = float(np.sum(spread**2))
    if square <= 0 or not math.isfinite(square):
        return None
    length = float(size[place])
    return of(float(beta[place]) / length, math.sqrt(variance) / length, float(np.trace(spread)) ** 2 / square, level)


def _adjusted(z: Floats, v: Floats) -> Floats:
    """(I − z zᵀ)^(−1/2) v by the eigenvectors of the small side; directions the cluster alone decides are left out."""
    values, vectors = np.linalg.eigh(z.T @ z)
    kept = values > 1e-10
    left = (z @ vectors[:, kept]) / np.sqrt(values[kept])
    rest = 1 - values[kept]
    factor = np.where(rest > 1e-8, 1 / np.sqrt(np.maximum(rest, 1e-8)), 0.0)
    return np.asarray(v + left @ ((factor - 1) * (left.T @ v)))
