"""The parts of a loss's variance that its batches do not show: what nothing predicts, and the choice redone."""

from __future__ import annotations

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.elimination import Paths, backward, inverse
from kapula.analyses.prune.moments import Ints, Moments


def second_order(sums: Floats, fixed: int, paths: Paths, which: int) -> Floats:
    """The variance of the loss at each step that is left when what was dropped predicts nothing: 2·tr((AV)²) of the quadratic form bᵀAb
    of the dropped coefficients, V their variance robust to clusters and unequal spread.

    The first-order variance vanishes there, and an interval from it alone would be too narrow.
    """
    k = sums.shape[1] - 1
    inv = inverse(sums.sum(axis=0)[:k, :k])
    scores = sums[:, :k, :] @ paths.coefficients[which, 0]
    v = inv @ (scores.T @ scores) @ inv * len(sums) / (len(sums) - 1)
    found = np.zeros(k - fixed + 1)
    for step in range(1, len(found)):
        out = paths.order[which, :step]
        av = np.linalg.solve(inv[np.ix_(out, out)], v[np.ix_(out, out)])
        found[step] = 2 * float(np.einsum("ij,ji->", av, av))
    return np.asarray(found / float(sums[:, k, k].sum()) ** 2)


def resampled(moments: Moments, divisions: Ints, count: int, rng: np.random.Generator) -> Floats:
    """The variance of the loss at each step when the whole procedure, choice included, is redone on ``count`` bootstrap samples of
    batches, whose copies stay in their fold of one of the ``divisions`` (many, batches), so that nothing is both fitted and judged."""
    flat = moments.sums.reshape(moments.batches, -1)
    losses = np.empty((count, moments.droppable + 1))
    for sample in range(count):
        fold = divisions[sample % len(divisions)]
        times = rng.multinomial(moments.batches, np.full(moments.batches, 1 / moments.batches))
        shares = (fold[None, :] == np.arange(fold.max() + 1)[:, None]) * times
        parts = (shares @ flat).reshape(-1, *moments.sums.shape[1:])
        paths = backward(parts.sum(axis=0) - parts, moments.fixed)
        errors = squared_errors(parts, paths.coefficients).sum(axis=0)
        losses[sample] = (errors - errors[0]) / parts[:, -1, -1].sum()
    return np.asarray(losses.var(axis=0, ddof=1))


def squared_errors(sums: Floats, coefficients: Floats) -> Floats:
    """(batches, steps): cᵀGc of each batch's moments under its own models ``coefficients`` (batches, steps, q)."""
    return np.asarray(np.einsum("bsi,bsi->bs", coefficients @ sums, coefficients))
