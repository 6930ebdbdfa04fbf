"""Covariances given a column: what is left of the others once it is known."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COLLINEAR: Final = 1e-10
"""A column of which less than this share is left beside the columns before it adds nothing."""


def taken_or_left(matrix: Floats, size: int) -> Floats:
    """(m, m, b), upper part, to (m − size, m − size, 2b): first without the leading ``size`` columns, then given them."""
    kept, batch = len(matrix) - size, matrix.shape[2]
    found = np.empty((kept, kept, 2 * batch))
    for row in range(kept):
        found[row, row:, :batch] = matrix[size + row, size + row :]
    given = matrix
    for _ in range(size - 1):
        given = swept(given)
    row = given[0]
    scale = _inverse(row[0])
    for place in range(kept):
        out = found[place, place:, batch:]
        np.multiply(row[1 + place :], row[1 + place] * scale, out=out)
        np.subtract(given[1 + place, 1 + place :], out, out=out)
    return found


def swept(matrix: Floats) -> Floats:
    """(m, m, b), upper part, to (m − 1, m − 1, b): given the first column. A column with nothing left of it changes nothing."""
    row = matrix[0]
    factor = row[1:] * _inverse(row[0])
    found = np.empty((len(matrix) - 1, len(matrix) - 1, matrix.shape[2]))
    for place in range(len(found)):
        found[place, place:] = matrix[1 + place, 1 + place :] - row[1 + place :] * factor[place]
    return found


def _inverse(pivot: Floats) -> Floats:
    return np.divide(1.0, pivot, out=np.zeros_like(pivot), where=pivot > COLLINEAR)
