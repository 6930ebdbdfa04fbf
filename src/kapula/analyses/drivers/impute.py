"""Blanks drawn from a normal model: EM on a resample, then each blank from its distribution given the row's answers.

The parameters of each imputation come from their own bootstrap resample, so that imputations differ as much as the parameters are
unsure (Honaker & King 2010, American Journal of Political Science 54(2)). Drawn values are not rounded to the scale: rounding biases
(Horton, Lipsitz & Parzen 2003, The American Statistician 57(4)).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.moments import Floats

ROUNDS: Final = 200
CLOSE: Final = 1e-5


def patterns(rows: Floats) -> list[tuple[NDArray[np.bool_], NDArray[np.int64]]]:
    """Each pattern of blanks, and the rows that have it."""
    blank = np.isnan(rows)
    kinds, place = np.unique(blank, axis=0, return_inverse=True)
    place = place.reshape(-1)
    order = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[order], np.arange(len(kinds) + 1))
    return [(kind, order[ends[row] : ends[row + 1]]) for row, kind in enumerate(kinds)]


def fitted(rows: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Mean and covariance by EM (Dempster, Laird & Rubin 1977). ``rows``: standardised, NaN where blank; every column has answers."""
    groups = patterns(rows)
    filled = np.nan_to_num(rows)
    total = float(weight.sum())
    known = np.logical_not(np.isnan(rows)) * weight[:, None]
    mean = (known * filled).sum(axis=0) / np.maximum(known.sum(axis=0), 1e-12)
    square = np.diag(
        np.maximum((known * (filled - mean) ** 2).sum(axis=0) / np.maximum(known.sum(axis=0), 1e-12), 1e-6)
    )
    for _ in range(ROUNDS):
        extra = np.zeros_like(square)
        for blank, own in groups:
            if not blank.any():
                continue
            slope, spread = _given(square, blank)
            filled[np.ix_(own, np.flatnonzero(blank))] = (
                mean[blank] + (filled[np.ix_(own, np.flatnonzero(~blank))] - mean[~blank]) @ slope
            )
            extra[np.ix_(blank, blank)] += weight[own].sum() * spread
        new = weight @ filled / total
        gap = filled - new
        again = (gap * weight[:, None]).T @ gap / total + extra / total
        moved = max(float(np.abs(again - square).max()), float(np.abs(new - mean).max()))
        mean, square = new, again
        if moved < CLOSE:
            break
    return mean, square


def _given(square: Floats, blank: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Of the blank columns on the known ones: (known, blank) slopes and what is left of their covariance."""
    known = np.logical_not(blank)
    inverse = np.linalg.pinv(square[np.ix_(known, known)], rcond=1e-10, hermitian=True)
    slope = inverse @ square[np.ix_(known, blank)]
    spread = square[np.ix_(blank, blank)] - square[np.ix_(blank, known)] @ slope
    return slope, (spread + spread.T) / 2


def imputed(
    rows: Floats, weight: Floats, unit: NDArray[np.int64] | None, times: int, random: np.random.Generator
) -> Iterator[Floats]:
    """``times`` completed copies of ``rows`` (standardised). Units (rows or clusters) are resampled for each."""
    groups = patterns(rows)
    answered = np.logical_not(np.isnan(rows))
    for _ in range(times):
        drawn = _drawn(answered, unit, random)
        chosen = drawn > 0
        mean, square = fitted(rows[chosen], (weight * drawn)[chosen])
        whole = rows.copy()
        for blank, own in groups:
            if blank.any():
                slope, spread = _given(square, blank)
                values, vectors = np.linalg.eigh(spread)
                root = vectors * np.sqrt(np.maximum(values, 0.0))
                noise = random.normal(size=(len(own), int(blank.sum()))) @ root.T
                known = rows[np.ix_(own, np.flatnonzero(~blank))] - mean[~blank]
                whole[np.ix_(own, np.flatnonzero(blank))] = mean[blank] + known @ slope + noise
        yield whole


def _drawn(
    answered: NDArray[np.bool_], unit: NDArray[np.int64] | None, random: np.random.Generator
) -> NDArray[np.int64]:
    """How often each row is in a resample of units. Where a few clusters alone were asked a question, none of them may be drawn: such a
    resample tells nothing of its answers, and another is drawn."""
    units = len(answered) if unit is None else int(unit.max()) + 1
    told = answered.any(axis=0)
    while True:
        counts = np.bincount(random.integers(0, units, size=units), minlength=units).astype(np.int64)
        drawn = counts if unit is None else counts[unit]
        if np.array_equal(answered[drawn > 0].any(axis=0), told):
            return drawn
