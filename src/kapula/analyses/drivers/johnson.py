"""Johnson's relative weights: the outcome on the orthogonal columns nearest to the drivers, carried back to the drivers.

With R the drivers' correlations and r theirs with the outcome, Λ = R^½ and β = Λ⁻¹ r; driver j's weight is Σₖ Λ²ⱼₖ β²ₖ. The weights sum
to R². One eigendecomposition whatever the number of drivers. A group's weight is the sum of its columns'.

Source: Johnson (2000), Multivariate Behavioral Research 35(1), 1–19.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.sweep import COLLINEAR


def relative_weights(matrix: Floats, sizes: Sequence[int]) -> Floats:
    """(players, batch). ``matrix`` and ``sizes`` as in :func:`~kapula.analyses.drivers.subsets.lmg`."""
    stacked = np.moveaxis(matrix[:-1, :-1], 2, 0)
    outcome = np.moveaxis(matrix[:-1, -1], 1, 0)
    values, vectors = np.linalg.eigh(stacked)
    kept = values > COLLINEAR * values[:, -1:]
    roots = np.sqrt(np.where(kept, values, 0.0))
    inverse = np.divide(1.0, roots, out=np.zeros_like(roots), where=kept)
    beta = ((vectors * inverse[:, None]) @ (np.swapaxes(vectors, 1, 2) @ outcome[:, :, None]))[:, :, 0]
    half = (vectors * roots[:, None]) @ np.swapaxes(vectors, 1, 2)
    weights = (half**2 @ (beta**2)[:, :, None])[:, :, 0]
    return np.add.reduceat(weights, np.cumsum([0, *sizes[:-1]]), axis=1).T
