"""Shapley's shares of a log-likelihood: over all subsets up to twelve drivers, beyond over a sample of orders and their reversals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.trials import Bools

EVERY: Final = 12
"""Players whose 2^p subsets are all fitted."""
ORDERS: Final = 256


@dataclass(frozen=True, slots=True)
class Subsets:
    """``taken``: (subsets, players). ``coefficients``: (subsets, players): a player's share is their sum with the subsets' worth."""

    taken: Bools
    coefficients: Floats
    orders: int | None


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
