"""Shapley's shares of a log-likelihood: over all subsets up to twelve drivers, beyond over a sample of orders and their reversals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.logit import CELLS, Bools, Trials, fit, log_chances
from kapula.analyses.drivers.moments import Floats

EVERY: Final = 12
"""Players whose 2^p subsets are all fitted."""
ORDERS: Final = 256


@dataclass(frozen=True, slots=True)
class Subsets:
    """``taken``: (subsets, players). ``coefficients``: (subsets, players): a player's share is their sum with the subsets' worth."""

    taken: Bools
    coefficients: Floats
    orders: int | None


@dataclass(frozen=True, slots=True)
class Gains:
    """In log-likelihood. ``shares``, ``first``, ``last``: (players,). ``hit``, ``miss``: (players, distinct rows), the part of a row
    with the outcome and of one without it in each share: their weighted sum is the share, and by the envelope theorem they are its
    influence."""

    shares: Floats
    first: Floats
    last: Floats
    hit: Floats
    miss: Floats


def subsets(players: int, seed: int) -> Subsets:
    if players <= EVERY:
        taken = (np.arange(1 << players)[:, None] >> np.arange(players)) & 1 > 0
        sizes = taken.sum(axis=1)
        weights = [
            math.factorial(k) * math.factorial(players - k - 1) / math.factorial(players) for k in range(players)
        ]
        with_it, without = np.array([0.0, *weights])[sizes], np.array([*weights, 0.0])[sizes]
        return Subsets(taken, np.where(taken, with_it[:, None], -without[:, None]), None)
    random = np.random.default_rng([seed, 2])
    half = [random.permutation(players) for _ in range(ORDERS // 2)]
    chains = [chain for order in half for chain in (order, order[::-1])]
    found: dict[bytes, int] = {}
    masks: list[Bools] = []
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for order in chains:
        taken = np.zeros(players, dtype=bool)
        before = _known(found, masks, taken)
        for player in order:
            taken = taken.copy()
            taken[player] = True
            after = _known(found, masks, taken)
            rows += [after, before]
            columns += [int(player)] * 2
            signs += [1.0, -1.0]
            before = after
    for player in range(players):
        for ends in (np.eye(players, dtype=bool)[player], np.logical_not(np.eye(players, dtype=bool)[player])):
            _known(found, masks, ends)
    coefficients = np.zeros((len(masks), players))
    np.add.at(coefficients, (rows, columns), np.array(signs) / len(chains))
    return Subsets(np.array(masks), coefficients, len(chains))


def _known(found: dict[bytes, int], masks: list[Bools], taken: Bools) -> int:
    key = taken.tobytes()
    if key not in found:
        found[key] = len(masks)
        masks.append(taken)
    return found[key]


def gains(data: Trials, sizes: tuple[int, ...], asked: Subsets, progress: Progress) -> Gains:
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
        progress(min(first + wide, len(columns)), len(columns))
    size = asked.taken.sum(axis=1)
    one, all_but = (_of_size(asked.taken, worth, size, count) for count in (1, players - 1))
    whole, none = worth[size == players][0], worth[size == 0][0]
    left_out = np.logical_not(all_but[0])
    last = np.array([whole - all_but[1][left_out[:, player]][0] for player in range(players)])
    alone = np.array([one[1][one[0][:, player]][0] - none for player in range(players)])
    return Gains(asked.coefficients.T @ worth, alone, np.maximum(last, 0.0), hit, miss)


def _of_size(taken: Bools, worth: Floats, size: Any, count: int) -> tuple[Bools, Floats]:
    return taken[size == count], worth[size == count]
