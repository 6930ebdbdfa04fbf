"""Sums of products of standardised columns: all that a linear model of the data needs, for the data or for many resamples of it.

Sums are taken of values from which each column's mean has been taken and which have been divided by its standard deviation, so that
nothing is lost to cancellation. With a column of ones in front, one packed row of products holds Σw, Σwx and Σwxy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standard:
    """How columns were standardised: ``centre`` and ``spread`` (columns,). A constant column has its own size as
    spread (1 where it is zero), so that what rounding leaves of it stays rounding."""

    centre: Floats
    spread: Floats


def standard_of(rows: Floats, weight: Floats) -> Standard:
    """From rows in memory. A column that varies by rounding alone is constant. Squares are taken of figures divided by the column's
    largest, so that a figure's unit never makes them overflow or vanish."""
    most = np.abs(rows).max(axis=0, initial=0.0)
    size = np.where(most > 0, most, 1.0)
    rows, total = rows / size, weight.sum()
    centre = weight @ rows / total
    spread = np.sqrt(weight @ (rows - centre) ** 2 / total)
    return Standard(centre * size, usable(centre, spread) * size)


def usable(centre: Floats, spread: Floats) -> Floats:
    """Spreads to divide by: 1 for a column that varies by rounding alone."""
    return np.where(spread > 1e-12 * np.abs(centre), spread, 1.0)


def width(columns: int) -> int:
    """Length of a packed row of products."""
    return (columns + 1) * (columns + 2) // 2


def products(rows: Floats, weight: Floats, standard: Standard) -> Floats:
    """(rows, width): each row's weighted products, packed by upper rows."""
    ones = np.column_stack([np.ones(len(rows)), (rows - standard.centre) / standard.spread])
    found = np.empty((len(rows), width(rows.shape[1])))
    at = 0
    for place in range(ones.shape[1]):
        wide = ones.shape[1] - place
        np.multiply(ones[:, place:], (ones[:, place] * weight)[:, None], out=found[:, at : at + wide])
        at += wide
    return found


def summed_products(rows: Floats, weight: Floats, standard: Standard) -> Floats:
    """The sum of :func:`products` over the rows, by one matrix product."""
    ones = np.column_stack([np.ones(len(rows)), (rows - standard.centre) / standard.spread])
    return packed(ones.T @ (ones * weight[:, None]))


def packed(square: Floats) -> Floats:
    """(columns + 1, columns + 1) sums with ones first, packed as :func:`products` packs."""
    return square[np.triu_indices(len(square))]


def covariances(sums: Floats, columns: int) -> tuple[Floats, Floats]:
    """(batch, width) sums to means (columns, batch) and covariances (columns, columns, batch), both of standardised columns. NaN where
    no weight was drawn."""
    upper = np.triu_indices(columns + 1)
    square = np.empty((columns + 1, columns + 1, len(sums)))
    square[upper] = sums.T
    square[upper[1], upper[0]] = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        square = square / square[0, 0]
    means = square[0, 1:]
    return means, square[1:, 1:] - means[:, None] * means[None, :]
