"""The profiled deviance of a two-level model, from each unit's crossproducts: the rows are read once.

With Σ = σ²ΛΛᵀ and Λ lower triangular (θ: its entries by column), Mᵢ = ΛᵀZᵢᵀZᵢΛ + I, β̂ and the penalised residual r² in closed form:
REML −2ℓ = Σ log|Mᵢ| + log|R_X|² + (n − p)(1 + log(2πr²/(n − p))). Source: Bates et al. (2015), equations 34 and 41.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.linkage.robust import Codes, Floats


@dataclass(frozen=True, slots=True)
class Crossproducts:
    """``zz`` (units, q, q), ``zx`` (units, q, p), ``zy`` (units, q) by unit; ``xx`` (p, p), ``xy`` (p,), ``yy`` and ``n`` over all."""

    zz: Floats
    zx: Floats
    zy: Floats
    xx: Floats
    xy: Floats
    yy: float
    n: int


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


def crossproducts(y: Floats, x: Floats, z: Floats, unit: Codes) -> Crossproducts:
    """``unit``: 0 … J − 1."""
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(unit[order]) != 0])
    y, x, z = y[order], x[order], z[order]
    zz = np.add.reduceat(z[:, :, None] * z[:, None, :], starts, axis=0)
    zx = np.add.reduceat(z[:, :, None] * x[:, None, :], starts, axis=0)
    zy = np.add.reduceat(z * y[:, None], starts, axis=0)
    return Crossproducts(zz, zx, zy, x.T @ x, x.T @ y, float(y @ y), len(y))


def solved(parts: Crossproducts, theta: Floats, reml: bool) -> Solved:
    """Everything that θ settles."""
    q, p = parts.zz.shape[1], len(parts.xy)
    factor = np.zeros((q, q))
    rows, columns = _places(q)
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
    rows, columns = _places(q)
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


def satterthwaite(parts: Crossproducts, theta: Floats, variance: float, reml: bool) -> Floats:
    """Degrees of freedom of each coefficient, 2V² / gᵀAg, with A twice the inverse Hessian of −2ℓ in (θ, σ), g the gradient of V.

    Directions in which the deviance is flat, as at a variance of zero, are left out.
    """
    reference = np.r_[theta, math.sqrt(variance)]
    free = parts.n - (len(parts.xy) if reml else 0)

    def deviance(at: Floats) -> float:
        one = solved(parts, at[:-1], reml)
        sigma = float(at[-1])
        return one.logs + free * math.log(2 * math.pi * sigma**2) + one.residual / sigma**2

    def variances(at: Floats) -> Floats:
        one = solved(parts, at[:-1], reml)
        return np.asarray(np.diag(one.covariance) / one.variance * at[-1] ** 2)

    moving = np.r_[_diagonal_or_free(theta, parts.zz.shape[1]), True]
    step = np.where(moving, 1e-4 * np.maximum(np.abs(reference), 1e-2), 0.0)
    places = np.flatnonzero(moving)
    hessian = _hessian(deviance, reference, step, places)
    gradient = np.stack(
        [
            (variances(reference + one) - variances(reference - one)) / (2 * step[place])
            for place, one in _steps(step, places)
        ]
    )
    values, vectors = np.linalg.eigh(hessian)
    kept = values > 1e-8 * max(float(values.max()), 1e-300)
    turned = vectors[:, kept].T @ gradient
    spread = (2 / values[kept]) @ turned**2
    at = variances(reference)
    return np.where(spread > 0, 2 * at**2 / np.maximum(spread, 1e-300), float(free))


def _diagonal_or_free(theta: Floats, q: int) -> Any:
    """Which entries of θ may move both ways: a diagonal entry at zero stays there, and so does its column."""
    rows, columns = _places(q)
    dead = {int(row) for row, column, value in zip(rows, columns, theta, strict=True) if row == column and value < 1e-6}
    return np.array([int(column) not in dead for column in columns])


def _steps(step: Floats, places: Any) -> list[tuple[int, Floats]]:
    return [(int(place), np.where(np.arange(len(step)) == place, step, 0.0)) for place in places]


def _hessian(function: Callable[[Floats], float], at: Floats, step: Floats, places: Any) -> Floats:
    """Central second differences."""
    moves = _steps(step, places)
    found = np.empty((len(moves), len(moves)))
    for i, (a, first) in enumerate(moves):
        for j, (b, second) in enumerate(moves[: i + 1]):
            four = function(at + first + second) - function(at + first - second)
            four -= function(at - first + second) - function(at - first - second)
            found[i, j] = found[j, i] = four / (4 * step[a] * step[b])
    return found


def _places(q: int) -> tuple[Codes, Codes]:
    """(rows, columns) of Λ's lower triangle, column by column."""
    columns, rows = np.triu_indices(q)
    return rows, columns
