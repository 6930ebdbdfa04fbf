"""Would it have helped? Forecasts from a rolling origin, with and without the candidate, each made only from what was known.

For each stretch of periods the models are fitted on everything before it: the target on its own past, with and
without the candidate at
the lag that fitted those earlier periods best. The gain is 1 − Σ squared errors with ÷ Σ squared errors without.

Sources: Tashman (2000), Int. J. Forecasting 16 (rolling origin); Diebold & Mariano (1995), JBES 13 (the interval
of the loss difference);
Clark & West (2007), J. Econometrics 138 (nested models).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.contract import Progress
from kapula.analyses.leading.deterministic import basis, differences, without_shocks
from kapula.analyses.leading.memory import lags
from kapula.analyses.leading.prepare import Group

Floats = NDArray[np.float64]

FOLDS = 8
LEAST = 24
"""Fewest figures a model is first fitted on, over the units."""
_RIDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Losses:
    """Squared errors, weighted and summed over units: (candidates, periods), 0 where nothing was forecast. ``moved``: error of the
    baseline × what the candidate changed, whose mean is zero when the candidate adds nothing. ``n``: forecasts of
    each candidate."""

    without: Floats
    given: Floats
    moved: Floats
    n: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gains:
    """(candidates,): the gain with its interval, the realised gain, and the number of forecasts; NaN where there were none."""

    value: Floats
    low: Floats
    high: Floats
    realised: Floats
    n: NDArray[np.int64]


def origins(periods: int, first: int) -> list[tuple[int, int]]:
    """The stretches that are forecast: (first, past the last), from half way on."""
    start = max(first, periods // 2)
    if periods - start < 6:
        return []
    edges = np.unique(np.linspace(start, periods, FOLDS + 1).round().astype(int))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def rolled(group: Group, steps: range, horizon: int, progress: Progress) -> Losses:
    """Forecasts ``horizon`` periods ahead with the lags ``steps``."""
    shape = (len(group.leaders), group.target.shape[-1])
    found = Losses(np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape[0], dtype=np.int64))
    order = max(1, int(group.target_memory.order[0]))
    stretches = origins(shape[1], order + steps[-1] + -(-LEAST // len(group.raw.target)))
    for place, (start, end) in enumerate(stretches):
        progress(place, len(stretches))
        _stretch(group, steps, horizon, order, start, end, found)
    return found


def _stretch(group: Group, steps: range, horizon: int, order: int, start: int, end: int, into: Losses) -> None:
    target = _known(group, group.raw.target[None], start)[0]
    leaders = _known(group, group.raw.candidates, start)
    past = lags(target, horizon, order)
    use = np.isfinite(target)
    use[:, : order + horizon - 1] = False
    fit, ahead = use.copy(), use.copy()
    fit[:, start:] = False
    ahead[:, :start] = False
    ahead[:, end:] = False
    if fit.sum() < LEAST or not ahead.any():
        return
    choice = _chosen(target, leaders, past, group.weights, fit, steps)
    for step in np.unique(choice.step):
        who = np.flatnonzero(choice.step == step)
        _forecast(target, leaders[who], past, group.weights, ahead, int(step), choice.of(who), who, into)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Each candidate's lag and weight, and the past's weights without it (order,) and their change with it (candidates, order)."""

    step: NDArray[np.int64]
    weight: Floats
    base: Floats
    change: Floats

    def of(self, who: NDArray[np.int64]) -> _Choice:
        return _Choice(self.step[who], self.weight[who], self.base, self.change[who])


def _chosen(
    target: Floats, leaders: Floats, past: Floats, weights: Floats, fit: NDArray[np.bool_], steps: range
) -> _Choice:
    root = np.sqrt(weights[fit])
    q, r = np.linalg.qr(past[fit] * root[:, None])
    now = target[fit] * root
    known = q.T @ now
    now = now - q @ known
    best = np.full(len(leaders), -1.0)
    step_of, weight = np.full(len(leaders), steps[0], dtype=np.int64), np.zeros(len(leaders))
    shared = np.zeros((len(leaders), q.shape[1]))
    for step in steps:
        column = np.nan_to_num(_back(leaders, step)[:, fit]) * root
        along = column @ q
        size = np.maximum((column**2).sum(axis=1) - (along**2).sum(axis=1), 0.0)
        size = np.where(size > 1e-9 * np.maximum((column**2).sum(axis=1), 1e-300), size, np.inf)
        cross = column @ now
        better = cross**2 / size > best
        best = np.where(better, cross**2 / size, best)
        step_of, weight = np.where(better, step, step_of), np.where(better, cross / size, weight)
        shared = np.where(better[:, None], along, shared)
    inverse = np.linalg.pinv(r)
    return _Choice(step_of, weight, inverse @ known, shared @ inverse.T)


def _forecast(
    target: Floats, leaders: Floats, past: Floats, weights: Floats, ahead: NDArray[np.bool_],
    step: int, choice: _Choice, who: NDArray[np.int64], into: Losses,
) -> None:  # fmt: skip
    moved = _back(leaders, step)
    there = ahead & np.isfinite(moved)
    base = past @ choice.base
    change = choice.weight[:, None, None] * (np.nan_to_num(moved) - np.tensordot(choice.change, past, axes=(1, 2)))
    error = np.where(ahead, target - base, 0.0)
    for name, loss in (("without", error**2), ("given", (error - change) ** 2), ("moved", error * change)):
        getattr(into, name)[who] += (np.where(there, loss, 0.0) * weights).sum(axis=1)
    into.n[who] += there.sum(axis=(1, 2))


def _back(values: Floats, step: int) -> Floats:
    """The series ``step`` periods before, NaN at the start."""
    found = np.full(values.shape, np.nan)
    found[..., step:] = values[..., : values.shape[-1] - step]
    return found


def _known(group: Group, values: Floats, start: int) -> Floats:
    """The series less level, trend and season as they were known at ``start``, and less each period's own mean over units."""
    if group.differenced:
        values = differences(values)
    periods = values.shape[-1]
    columns = basis(periods, group.season if start >= 1.9 * (group.season or np.inf) else None)
    if group.differenced:
        columns = columns[:, [0, *range(2, columns.shape[1])]]
    seen = np.isfinite(values)
    early = seen.copy()
    early[..., start:] = False
    q = columns.shape[1]
    products = (columns[:, :, None] * columns[:, None, :]).reshape(periods, -1)
    gram = (early.reshape(-1, periods) @ products).reshape(-1, q, q) + _RIDGE * np.eye(q)
    cross = np.where(early, values, 0.0).reshape(-1, periods) @ columns
    fitted = np.linalg.solve(gram, cross[..., None])[..., 0] @ columns.T
    enough = (early.sum(axis=-1) >= q + 4)[..., None]
    left = np.where(enough, values - fitted.reshape(values.shape), np.nan)
    return without_shocks(left) if group.raw.shocks else left


def gains(losses: Losses, level: float, overlap: int) -> Gains:
    """Gains with intervals from the spread of the periods' losses; ``overlap`` neighbouring periods may resemble each other.

    With e the baseline's error and s what the candidate adds to the forecast, the realised gain is Σ(2es − s²) ÷
    Σe². Its mean is below
    zero when the candidate is worth nothing, by the noise of its estimated weight. The correlation r = Σes ÷
    √(Σe²Σs²) has mean zero then,
    and r² is the gain at the right weight otherwise (negative when r is). The interval is made for Fisher's z of r
    and squared; it
    is above zero when Clark and West's test, which is Σes against its spread, says so.
    """
    counted = losses.without > 0
    periods = counted.sum(axis=1)
    errors, added = losses.without, losses.given - losses.without + 2 * losses.moved
    error, move, both = (part.sum(axis=1) for part in (errors, added, losses.moved))
    some = (periods >= 6) & (error > 0) & (move > 0)
    error, move = np.where(some, error, 1.0), np.where(some, move, 1.0)
    r = both / np.sqrt(error * move)
    halves = (errors / error[:, None] + added / move[:, None]) / 2
    spread = _spread(np.where(counted, losses.moved - both[:, None] * halves, 0.0), periods, overlap)
    r = np.clip(r, -0.999999, 0.999999)
    wobble = spread / np.sqrt(error * move) / (1 - r**2)
    half = special.stdtrit(np.maximum(periods - 1, 1), (1 + level) / 2) * wobble
    low, high = np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)
    realised = 1 - losses.given.sum(axis=1) / error

    def told(figure: Floats) -> Floats:
        return np.asarray(np.where(some, figure, np.nan))

    squared = [told(bound * np.abs(bound)) for bound in (r, low, high)]
    return Gains(squared[0], squared[1], squared[2], told(realised), losses.n)


def _spread(deviations: Floats, periods: NDArray[np.int64], overlap: int) -> Floats:
    """Standard error of a sum over periods, Bartlett weights over ``overlap`` neighbours."""
    total = (deviations**2).sum(axis=1)
    for lag in range(1, overlap + 1):
        total = total + 2 * (1 - lag / (overlap + 1)) * (deviations[:, lag:] * deviations[:, :-lag]).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(total, 0.0) * periods / np.maximum(periods - 1, 1)))
