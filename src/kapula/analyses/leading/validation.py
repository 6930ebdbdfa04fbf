"""Would it have helped? Forecasts from a rolling origin, with and without the candidate, each made only from what was known.

For each stretch of periods the models are fitted on everything before it: the target on its own past, with and
without the candidate at
the lag that fitted those earlier periods best.

Source: Tashman (2000), Int. J. Forecasting 16 (rolling origin).
"""

from __future__ import annotations

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.leading.choice import chosen
from kapula.analyses.leading.known import as_known
from kapula.analyses.leading.losses import Losses, forecast
from kapula.analyses.leading.memory import lags
from kapula.analyses.leading.prepare import Group

FOLDS = 8
LEAST = 24
"""Fewest figures a model is first fitted on, over the units."""
AHEAD = 6
"""Fewest periods that are forecast."""


def shortest(units: int, longest: int) -> int:
    """Periods without which nothing can be forecast from a past of one period and lags up to ``longest``."""
    return 1 + longest - (-LEAST // units) + AHEAD


def origins(periods: int, first: int) -> list[tuple[int, int]]:
    """The stretches that are forecast: (first, past the last), from half way on."""
    start = max(first, periods // 2)
    if periods - start < AHEAD:
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
    target = as_known(group, group.raw.target[None], start)[0]
    leaders = as_known(group, group.raw.candidates, start)
    past = lags(target, horizon, order)
    use = np.isfinite(target)
    use[:, : order + horizon - 1] = False
    fit, ahead = use.copy(), use.copy()
    fit[:, start:] = False
    ahead[:, :start] = False
    ahead[:, end:] = False
    if fit.sum() < LEAST or not ahead.any():
        return
    choice = chosen(target, leaders, past, group.weights, fit, steps)
    for step in np.unique(choice.step):
        who = np.flatnonzero(choice.step == step)
        forecast(target, leaders[who], past, group.weights, ahead, int(step), choice.of(who), who, into)
