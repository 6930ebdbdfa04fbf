"""What dropping questions costs on answers that neither the choice of the questions nor the fit has seen.

The choice is made anew in every training part, so that its optimism is measured and not believed: the loss at step s is that of *the
procedure that drops s questions*. How many to drop is chosen inside the training part too, by a cross-validation of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kapula.analyses.prune.bounds import Bounds, Rules, bounds
from kapula.analyses.prune.division import PATH_COUNTED, judged_once
from kapula.analyses.prune.elimination import backward
from kapula.analyses.prune.moments import Moments, folds_of
from kapula.analyses.prune.twins import Bools
from kapula.analyses.prune.variance import resampled, second_order


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
    alike: Bools,
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
        of_path, of_choice = judged_once(moments, rules, alike, divisions[repeat], redone)
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
