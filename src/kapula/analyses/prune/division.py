"""One division into folds: what dropping costs on the fold left out, and how many a choice inside the others would drop."""

from __future__ import annotations

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.bounds import Rules, bounds
from kapula.analyses.prune.elimination import backward
from kapula.analyses.prune.moments import Ints, Moments
from kapula.analyses.prune.ranking import agreements
from kapula.analyses.prune.twins import Bools
from kapula.analyses.prune.variance import second_order, squared_errors

PATH_COUNTED = 0.5
"""How much of the bootstrap's excess over the linearised variance counts along the path. Bootstrap samples choose among nearly equal
questions with the data's noise and their own, so all of it covers too often and none too seldom (measured: docs/analyses/prune.md)."""


def judged_once(moments: Moments, rules: Rules, alike: Bools, fold: Ints, redone: Floats) -> tuple[Floats, Floats]:
    """One division into folds: squared errors by step, and those of the cut chosen inside each training part by the same rules."""
    count = int(fold.max()) + 1
    parts = np.stack([moments.sums[fold == k].sum(axis=0) for k in range(count)])
    training = moments.total - parts
    outer = backward(training, moments.fixed)
    errors = squared_errors(moments.sums, outer.coefficients[fold])
    pairs = [(k, j) for k in range(count) for j in range(k)]
    inner = backward(np.stack([training[k] - parts[j] for k, j in pairs]), moments.fixed)
    place = np.zeros((count, count), dtype=np.int64)
    for number, (k, j) in enumerate(pairs):
        place[k, j] = place[j, k] = number
    agreement = agreements(training, outer.order, moments.leading, alike)
    chosen, wider = np.empty(moments.batches), count / (count - 1)
    for k in range(count):
        here = fold != k
        seen = squared_errors(moments.sums[here], inner.coefficients[place[k, fold[here]]])
        extra = second_order(moments.sums[here], moments.fixed, outer, k)
        losses = bounds(seen - seen[:, :1], moments.spread[here], extra, rules.level, redone * wider, PATH_COUNTED)
        chosen[~here] = errors[~here, rules.steps(losses.as_if(wider), agreement[k])]
    return errors, chosen
