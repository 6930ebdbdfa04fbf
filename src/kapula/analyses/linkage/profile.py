"""The profiled deviance of a two-level model, from each unit's crossproducts: the rows are read once.

With Σ = σ²ΛΛᵀ and Λ lower triangular (θ: its entries by column), Mᵢ = ΛᵀZᵢᵀZᵢΛ + I, β̂ and the penalised residual r² in closed form:
REML −2ℓ = Σ log|Mᵢ| + log|R_X|² + (n − p)(1 + log(2πr²/(n − p))). Source: Bates et al. (2015), equations 34 and 41.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.linkage.crossproducts import Crossproducts, triangle
from kapula.analyses.linkage.robust import Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """At one θ: ``factor`` Λ, ``beta``, its ``covariance``, σ² as ``variance`` and −2ℓ as ``deviance``; ``logs``: the two
    determinants."""

    factor: Floats
    beta: Floats
    covariance: Floats
    variance: float
    deviance: float
    logs: float
    residual: float


def solved(parts: Crossproducts, theta: Floats, reml: bool) -> Solved:
    """Everything that θ settles."""
    q, p = parts.zz.shape[1], len(parts.xy)
    factor = np.zeros((q, q))
    rows, columns = triangle(q)
    factor[rows, columns] = theta
    inner = factor.T @ parts.zz @ factor + np.eye(q)
    scaled = factor.T @ np.concatenate([parts.zx, parts.zy[:, :, None]], axis=2)
    half = np.linalg.solve(np.linalg.cholesky(inner), scaled)
    taken = np.einsum("jqa,jqb->ab", half, half)
    xx, xy = parts.xx - taken[:p, :p], parts.xy - taken[:p, p]
    beta = np.linalg.solve(xx, xy)
    residual = parts.yy - float(taken[p, p]) - float(beta @ xy)
    free = parts.n - p if reml else parts.n
    variance = max(residual, 1e-300) / free
    logs = float(np.linalg.slogdet(inner)[1].sum()) + (float(np.linalg.slogdet(xx)[1]) if reml else 0.0)
    deviance = logs + free * (1 + math.log(2 * math.pi * variance))
    return Solved(factor, beta, variance * np.linalg.inv(xx), variance, deviance, logs, residual)


def minimum(parts: Crossproducts, reml: bool) -> Floats:
    """θ of the least deviance: by gradients within the bounds, then polished without them."""
    from scipy import optimize

    q = parts.zz.shape[1]
    rows, columns = triangle(q)
    scale = np.sqrt(np.maximum(parts.zz[:, range(q), range(q)].sum(axis=0) / parts.n, 1e-300))
    start = np.where(rows == columns, 1.0 / scale[rows], 0.0)
    bounds = [(0.0, None) if row == column else (None, None) for row, column in zip(rows, columns, strict=True)]

    def cost(theta: Any) -> float:
        return solved(parts, np.asarray(theta), reml).deviance

    rough = optimize.minimize(cost, start, method="L-BFGS-B", bounds=bounds).x
    fine = optimize.minimize(
        cost, rough, method="Nelder-Mead", bounds=bounds,
        options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000},
    ).x  # fmt: skip
    found = np.asarray(min((rough, fine), key=cost))
    zero = np.where(rows == columns, 0.0, found)
    return zero if cost(zero) <= cost(found) else found
