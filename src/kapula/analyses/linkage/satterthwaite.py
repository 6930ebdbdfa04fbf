"""Satterthwaite's degrees of freedom, from the curvature of the profiled deviance."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from kapula.analyses.linkage.crossproducts import Crossproducts, triangle
from kapula.analyses.linkage.profile import solved
from kapula.analyses.linkage.robust import Floats


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
    rows, columns = triangle(q)
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
