"""From covariances to what each player explains, for the data or for a batch of resamples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from kapula.analyses.drivers.johnson import relative_weights
from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.relation import Bools
from kapula.analyses.drivers.subsets import lmg
from kapula.analyses.drivers.sweep import COLLINEAR, swept

SHARES: Final[dict[str, Callable[[Floats, Sequence[int]], Floats]]] = {"lmg": lmg, "johnson": relative_weights}


def explained(covariance: Floats, model: Model) -> Explained:
    """``covariance``: (columns, columns, batch) in the model's order."""
    total = covariance[-1, -1]
    matrix, left = _correlations(covariance, model.always)
    part = np.minimum(left / np.where(total > 0, total, np.nan), 1.0)
    # Rounding may leave a share a hair below nothing, or all of them a hair above everything.
    shares = np.maximum(SHARES[model.method](matrix, model.sizes), 0.0)
    whole = shares.sum(axis=0)
    shares = np.where(idle(matrix, model), 0.0, shares / np.maximum(whole, 1.0))
    ends = [_ends(matrix, own) for own in model.places]
    return Explained(
        shares=shares * part,
        first=np.array([end[0] for end in ends]) * part,
        last=np.array([end[1] for end in ends]) * part,
        r2=np.minimum(shares.sum(axis=0), 1.0) * part,
        r2_always=1 - part,
        alone=matrix[:-1, -1] + 0.0,  # no −0 of a column without variance
        beside=np.concatenate([end[2] for end in ends]),
    )


def idle(covariance: Floats, model: Model) -> Bools:
    """(players, batch) which players' columns have no variance (left): what never varies adds nothing in any order, so that its share is 0
    and not what rounding leaves of it. Source: Shapley (1953), the axiom of the null player."""
    variance = np.einsum("iib->ib", covariance)[:-1]
    return np.array([(variance[own] <= COLLINEAR).all(axis=0) for own in model.places])


def together(parts: Sequence[Explained]) -> Explained:
    """Batches side by side."""
    names = Explained.__slots__
    return Explained(*(np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names))


def _correlations(covariance: Floats, always: int) -> tuple[Floats, Floats]:
    """Correlations given the always (zeros for a column they leave nothing of), and the outcome's variance that they leave."""
    variance = np.maximum(np.einsum("iib->ib", covariance), 0.0)  # rounding leaves a constant a hair below nothing
    scale = np.divide(1.0, np.sqrt(variance), out=np.zeros_like(variance), where=variance > COLLINEAR)
    matrix = covariance * scale[:, None] * scale[None, :]
    for _ in range(always):
        matrix = swept(matrix)
    if always:
        upper = np.triu_indices(len(matrix), 1)
        matrix[upper[1], upper[0]] = matrix[upper]
    remaining = np.einsum("iib->ib", matrix).copy()
    left = remaining[-1] * variance[-1]
    again = np.divide(1.0, np.sqrt(np.abs(remaining)), out=np.zeros_like(remaining), where=remaining > COLLINEAR)
    return matrix * again[:, None] * again[None, :], left


def _ends(matrix: Floats, own: list[int]) -> tuple[Floats, Floats, Floats]:
    """What a player's columns explain alone, what they add to all the others, and their correlations with the outcome given the others."""
    others = [place for place in range(len(matrix) - 1) if place not in own]
    alone = matrix[np.ix_([*own, -1], [*own, -1])]
    for _ in own:
        alone = swept(alone)
    beside = matrix[np.ix_([*others, *own, -1], [*others, *own, -1])]
    for _ in others:
        beside = swept(beside)
    before, remaining = beside[-1, -1], np.einsum("iib->ib", beside)[:-1]
    scale = np.divide(1.0, np.sqrt(np.abs(remaining)), out=np.zeros_like(remaining), where=remaining > COLLINEAR)
    correlations = beside[:-1, -1] * scale
    for _ in own:
        beside = swept(beside)
    return matrix[-1, -1] - alone[0, 0], np.maximum(before - beside[0, 0], 0.0), correlations
