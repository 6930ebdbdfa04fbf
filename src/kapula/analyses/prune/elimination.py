"""Backward elimination from moment matrices, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints

RIDGE = 1e-10
"""Of the mean diagonal: keeps a column that happens to be constant in a fold from dividing by zero."""


@dataclass(frozen=True, slots=True)
class Paths:
    """``order``: (many, d), which column went at each step. ``coefficients``: (many, d + 1, q), residual weights (−b, 1) after so many
    steps, 0 for columns that are out, so that the squared error of a moment matrix G is cᵀGc."""

    order: Ints
    coefficients: Floats


def inverse(moments: Floats) -> Floats:
    """(…, k, k) inverses, a hair of ridge added."""
    k = moments.shape[-1]
    ridge = RIDGE * np.trace(moments, axis1=-2, axis2=-1)[..., None, None] / k
    return np.asarray(np.linalg.inv(moments + ridge * np.eye(k)))


def backward(moments: Floats, fixed: int) -> Paths:
    """Drop at each step the column whose loss of explained sum of squares, b²ⱼ ÷ (G⁻¹)ⱼⱼ, is least; never the first ``fixed``.

    ``moments``: (many, q, q), the outcome last. Source: Miller (2002), Subset Selection in Regression, 3.3.
    """
    many, q, _ = moments.shape
    k, steps = q - 1, q - 1 - fixed
    inv = inverse(moments[:, :k, :k])
    b = np.einsum("mij,mj->mi", inv, moments[:, :k, k])
    alive = np.zeros((many, k), dtype=bool)
    alive[:, fixed:] = True
    order = np.empty((many, steps), dtype=np.int64)
    coefficients = np.empty((many, steps + 1, q))
    coefficients[:, :, k] = 1.0
    coefficients[:, 0, :k] = -b
    row = np.arange(many)
    for step in range(steps):
        pivots = np.einsum("mii->mi", inv)
        losses = np.where(alive, b * b / np.where(alive, pivots, 1.0), np.inf)
        out = losses.argmin(axis=1)
        column = inv[row, :, out]
        pivot = pivots[row, out].copy()
        b = b - column * (b[row, out] / pivot)[:, None]
        inv = inv - column[:, :, None] * column[:, None, :] / pivot[:, None, None]
        b[row, out] = 0.0
        inv[row, out, :] = 0.0
        inv[row, :, out] = 0.0
        alive[row, out] = False
        order[:, step] = out
        coefficients[:, step + 1, :k] = -b
    return Paths(order, coefficients)
