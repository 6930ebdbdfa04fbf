"""What dropping questions costs on answers that neither the choice of the questions nor the fit has seen.

The choice is made anew in every training part, so that its optimism is measured and not believed: the loss at step s is that of *the
procedure that drops s questions*. How many to drop is chosen inside the training part too, by a cross-validation of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.elimination import Paths, backward, inverse
from kapula.analyses.prune.moments import Ints, Moments, folds_of
from kapula.analyses.prune.ranking import agreements
from kapula.statistics.laws import t_quantile

PATH_COUNTED = 0.5
"""How much of the bootstrap's excess over the linearised variance counts along the path. Bootstrap samples choose among nearly equal
questions with the data's noise and their own, so all of it covers too often and none too seldom (measured: docs/analyses/prune.md)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When a question may go: the upper limit of the loss of R² at most ``max_loss``, and the rank agreement at least
    ``min_agreement``."""

    max_loss: float
    min_agreement: float
    level: float

    def steps(self, losses: Bounds, agreement: Floats) -> int:
        """The largest number of drops that the rules allow; the first entry is dropping nothing."""
        allowed = (losses.high <= self.max_loss) & ~(agreement < self.min_agreement)
        allowed[0] = True
        return int(np.flatnonzero(allowed)[-1])


@dataclass(frozen=True, slots=True)
class Bounds:
    """Values with their standard errors and limits; arrays of one shape."""

    value: Floats
    se: Floats
    low: Floats
    high: Floats

    def as_if(self, more: float) -> Bounds:
        """As wide as they would be on so many times the answers."""
        by = more**-0.5
        return Bounds(
            self.value,
            self.se * by,
            self.value + (self.low - self.value) * by,
            self.value + (self.high - self.value) * by,
        )

    def at(self, place: int) -> tuple[float, float, float]:
        return float(self.value[place]), float(self.low[place]), float(self.high[place])


@dataclass(frozen=True, slots=True)
class Validated:
    """``r2``: of all questions. ``path``: the loss after 0, 1, … drops. ``chosen``: the loss of the recommended cut, the choice of how
    many included. Shares of the outcome's variance."""

    r2: Bounds
    path: Bounds
    chosen: Bounds


def validate(
    moments: Moments,
    rules: Rules,
    twins: Floats,
    *,
    folds: int,
    repeats: int,
    n_boot: int,
    rng: np.random.Generator,
    told: Callable[[int], None],
) -> Validated:
    """Nested, repeated cross-validation of backward elimination. ``told`` hears of each repeat done."""
    steps = moments.droppable + 1
    spread, whole = moments.spread, backward(moments.total[None], moments.fixed)
    fixed = second_order(moments.sums, moments.fixed, whole, 0)
    divisions = np.stack([folds_of(moments, folds, repeat, rng) for repeat in range(repeats)])
    redone = resampled(moments, divisions, n_boot, rng)
    errors, chosen = np.zeros((moments.batches, steps)), np.zeros(moments.batches)
    for repeat in range(repeats):
        of_path, of_choice = _once(moments, rules, twins, divisions[repeat], redone)
        errors += of_path / repeats
        chosen += of_choice / repeats
        told(repeat + 1)
    cut = bounds(errors - errors[:, :1], spread, fixed, rules.level, redone, PATH_COUNTED)
    left = bounds(errors[:, :1], spread, np.zeros(1), rules.level)
    most = [rules.steps(cut, np.ones(steps))]
    return Validated(
        r2=Bounds(1 - left.value, left.se, 1 - left.high, 1 - left.low),
        path=cut,
        chosen=bounds((chosen - errors[:, 0])[:, None], spread, fixed[most], rules.level, redone[most], 1.0),
    )


def bounds(
    gains: Floats, spread: Floats, extra: Floats, level: float, redone: Floats | None = None, counted: float = 0.0
) -> Bounds:
    """Σ gains ÷ Σ spread over batches, linearised: batches are independent. ``extra``: a variance to add (see :func:`second_order`).
    ``redone``: the procedure's variance on bootstrap samples (see :func:`resampled`); what it exceeds the linearised one by is ``counted``
    in that part."""
    count, total = len(gains), spread.sum()
    value = gains.sum(axis=0) / total
    influence = (gains - value * spread[:, None]) / total
    variance = count / (count - 1) * (influence**2).sum(axis=0) + extra
    if redone is not None:
        variance = variance + counted * np.maximum(0.0, redone - variance)
    half = t_quantile((1 + level) / 2, count - 1) * np.sqrt(variance)
    return Bounds(value, np.sqrt(variance), value - half, value + half)


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


def _once(moments: Moments, rules: Rules, twins: Floats, fold: Ints, redone: Floats) -> tuple[Floats, Floats]:
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
    agreement = agreements(training, outer.order, moments.leading, twins)
    chosen, wider = np.empty(moments.batches), count / (count - 1)
    for k in range(count):
        here = fold != k
        seen = squared_errors(moments.sums[here], inner.coefficients[place[k, fold[here]]])
        extra = second_order(moments.sums[here], moments.fixed, outer, k)
        losses = bounds(seen - seen[:, :1], moments.spread[here], extra, rules.level, redone * wider, PATH_COUNTED)
        chosen[~here] = errors[~here, rules.steps(losses.as_if(wider), agreement[k])]
    return errors, chosen
