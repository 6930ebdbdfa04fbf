"""Each unit's crossproducts: all that a two-level model needs of the rows, so that they are read once."""

from __future__ import annotations

from dataclasses import dataclass

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


def crossproducts(y: Floats, x: Floats, z: Floats, unit: Codes) -> Crossproducts:
    """``unit``: 0 … J − 1."""
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(unit[order]) != 0])
    y, x, z = y[order], x[order], z[order]
    zz = np.add.reduceat(z[:, :, None] * z[:, None, :], starts, axis=0)
    zx = np.add.reduceat(z[:, :, None] * x[:, None, :], starts, axis=0)
    zy = np.add.reduceat(z * y[:, None], starts, axis=0)
    return Crossproducts(zz, zx, zy, x.T @ x, x.T @ y, float(y @ y), len(y))


def triangle(q: int) -> tuple[Codes, Codes]:
    """(rows, columns) of Λ's lower triangle, column by column."""
    columns, rows = np.triu_indices(q)
    return rows, columns
