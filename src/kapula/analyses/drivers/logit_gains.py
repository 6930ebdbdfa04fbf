"""What each player adds to the log-likelihood, in all and row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.logit import CELLS, fit, log_chances
from kapula.analyses.drivers.logit_bends import Bends
from kapula.analyses.drivers.logit_orders import Subsets
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.trials import Bools, Trials


@dataclass(frozen=True, slots=True)
class Gains:
    """In log-likelihood. ``shares``, ``first``, ``last``: (players,). ``hit``, ``miss``: (players, distinct rows), the part of a row
    with the outcome and of one without it in each share: their weighted sum is the share, and by the envelope theorem they are its
    influence. ``bent``: (players, resamples), :class:`~kapula.analyses.drivers.logit_bends.Bends`."""

    shares: Floats
    first: Floats
    last: Floats
    hit: Floats
    miss: Floats
    bent: Floats


def gains(data: Trials, sizes: tuple[int, ...], asked: Subsets, bends: Bends, progress: Progress) -> Gains:
    """``sizes``: how many columns each player has."""
    players = len(sizes)
    columns = np.repeat(asked.taken, sizes, axis=1)
    hit, miss = np.zeros((players, len(data.hits))), np.zeros((players, len(data.hits)))
    worth = np.zeros(len(columns))
    wide = max(1, CELLS // len(data.hits))
    for first in range(0, len(columns), wide):
        part = slice(first, first + wide)
        found = fit(data, columns[part])
        worth[part] = found.likelihood
        chances = log_chances(found.odds)
        hit += asked.coefficients[part].T @ chances[0]
        miss += asked.coefficients[part].T @ chances[1]
        bends.add(columns[part], asked.coefficients[part], found.odds)
        progress(min(first + wide, len(columns)), len(columns))
    size = asked.taken.sum(axis=1)
    one, all_but = (_of_size(asked.taken, worth, size, count) for count in (1, players - 1))
    whole, none = worth[size == players][0], worth[size == 0][0]
    left_out = np.logical_not(all_but[0])
    last = np.array([whole - all_but[1][left_out[:, player]][0] for player in range(players)])
    alone = np.array([one[1][one[0][:, player]][0] - none for player in range(players)])
    return Gains(asked.coefficients.T @ worth, alone, np.maximum(last, 0.0), hit, miss, bends.bent)


def _of_size(taken: Bools, worth: Floats, size: Any, count: int) -> tuple[Bools, Floats]:
    return taken[size == count], worth[size == count]
