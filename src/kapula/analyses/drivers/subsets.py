"""LMG: every subset of players from one covariance matrix, and what each player adds on average over all orders.

A player is taken or left, one after another. Leaving it drops its rows; taking it is a Schur complement of what remains. After the last
player only the outcome's residual variance is left, for all 2^p subsets at once, so the work is c·2^p and not 2^p regressions. The
batch (subsets × resamples) is the last axis, and stays in the processor's cache: the first players are expanded for all, the rest in
chunks.

Source: Lindeman, Merenda & Gold (1980); Grömping (2006), J. Stat. Softw. 17(1); the weights are Shapley's (1953).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.sweep import Floats, taken_or_left

CACHED: Final = 1 << 17
"""Numbers of one chunk's last array: 1 MB, which a core's own cache holds (measured: 1 << 17 was the quickest of 1 << 14 … 1 << 17)."""


def lmg(matrix: Floats, sizes: Sequence[int]) -> Floats:
    """The players' average gains in explained variance over all orders.

    ``matrix``: (q, q, batch) correlations or covariances whose last row is the outcome's; the rows before it are the players' columns
    in order, ``sizes`` columns each. Columns have variance 1 or 0. Returns (players, batch) in the units of the outcome's variance;
    over the players they sum to what all columns explain.
    """
    players, batch = len(sizes), matrix.shape[2]
    depth = _prefix(players, batch)
    for size in sizes[:depth]:
        matrix = taken_or_left(matrix, size)
    rest, states = sizes[depth:], 1 << depth
    wide = 1 << max(0, min(depth, int(math.log2(CACHED / batch)) - len(rest)))
    gains = np.zeros((players, batch))
    lowest = np.zeros(batch)
    folded = np.empty((states, batch))
    for first in range(0, states, wide):
        part = matrix[:, :, first * batch : (first + wide) * batch]
        for size in rest:
            part = taken_or_left(part, size)
        residual = part[0, 0].reshape(1 << len(rest), wide, batch)
        joined, without = _weights(players, len(rest), wide, first)
        lowest -= np.einsum("tsb,ts->b", residual, without)
        folded[first : first + wide] = _fold(residual * -joined[:, :, None], gains, depth)
    _fold(folded[:, None, :], gains, 0)
    return gains - lowest


def _prefix(players: int, batch: int) -> int:
    """How many players to expand for all before the rest goes chunk by chunk: half of what the cache cannot hold."""
    over = max(0, players + int(math.log2(batch)) - int(math.log2(CACHED)))
    return min(players, over + max(0, (players - over) // 3)) if over else 0


def _weights(players: int, rest: int, wide: int, first: int) -> tuple[Floats, Floats]:
    """Shapley's weights of the chunk's subsets: of a subset as the one with the player plus as the one without, and as the one without."""
    count = np.bitwise_count if hasattr(np, "bitwise_count") else _ones
    sizes = count(np.arange(1 << rest))[:, None].astype(np.int64) + count(np.arange(first, first + wide))[None, :]
    orders = math.factorial(players)
    before = [math.factorial(k) * math.factorial(players - k - 1) / orders for k in range(players)]
    with_it = np.array([0.0, *before])
    without = np.array([*before, 0.0])
    return (with_it + without)[sizes], without[sizes]


def _ones(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many bits are set (NumPy 1 has no ``bitwise_count``)."""
    found = np.zeros_like(numbers)
    while numbers.any():
        found += numbers & 1
        numbers = numbers >> 1
    return found


def _fold(worth: Floats, gains: Floats, start: int) -> Floats:
    """(2^k, s, batch) summed over the subsets that hold each of the k players from ``start`` on, into ``gains``; the rest (s, batch)."""
    for place in range(int(math.log2(len(worth))) - 1, -1, -1):
        half = len(worth) // 2
        taken = worth[half:]
        gains[start + place] += taken.sum(axis=(0, 1))
        worth = worth[:half] + taken
    rest: Floats = worth[0]
    return rest
