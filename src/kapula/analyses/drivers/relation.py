"""Whether a driver, or any of them, is related to the outcome at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import Floats
from kapula.statistics.laws import f_tail

Bools = NDArray[np.bool_]


def could_be_zero(point: Explained, draws: Explained, model: Model, level: float, units: int) -> Bools:
    """(players,) true where neither end of what a driver may explain is surely off zero. Two tests, each at half the error."""
    found = [
        min(
            unrelated(point.alone[own], draws.alone[own], units), unrelated(point.beside[own], draws.beside[own], units)
        )
        for own in model.places
    ]
    return np.asarray(np.array(found) > (1 - level) / 2)


def unrelated(point: Floats, draws: Floats, units: int) -> float:
    """p of Hotelling's T² that all correlations ``point`` (columns, 1) are zero, with the resamples' covariance of their Fisher
    transforms (whose spread does not shrink as they grow), set right for leverage as HC3 does. A direction
    that never varies is off zero for certain, or left out when it is zero."""
    point, draws = (np.arctanh(np.clip(one, -0.999999, 0.999999)) for one in (point, draws))
    covariance = np.atleast_2d(np.cov(draws))
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * max(float(values[-1]), 1e-300)
    rank, resamples = int(kept.sum()), draws.shape[1]
    if np.abs(vectors[:, np.logical_not(kept)].T @ point[:, 0]).max(initial=0.0) > 1e-3:
        return 0.0
    if not values[-1] > 0 or units - rank < 1 or resamples - rank < 2:
        return 1.0
    square = float(((vectors[:, kept].T @ point[:, 0]) ** 2 / values[kept]).sum())
    square *= (resamples - rank - 1) / (resamples - 1) * (1 - (rank + 1) / units) ** 2
    return f_tail(square * (units - rank) / (rank * max(1, units - 1)), rank, units - rank)
