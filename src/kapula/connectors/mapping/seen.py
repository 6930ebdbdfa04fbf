"""Which keys a file has already given, in eight bytes each: a 2 GB file's keys fit in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]


class Seen:
    """Counts of 64-bit keys, kept as a few sorted runs that are merged when they grow many."""

    def __init__(self, most_runs: int = 8) -> None:
        self._runs: list[tuple[Keys, Counts]] = []
        self._most = most_runs

    def count(self, keys: Keys) -> Counts:
        """How often each key was seen before."""
        total = np.zeros(len(keys), dtype=np.int64)
        for known, counts in self._runs:
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            total += np.where(known[at] == keys, counts[at], 0)
        return total

    def add(self, keys: Keys) -> None:
        if not len(keys):
            return
        self._runs.append(_counted(keys, np.ones(len(keys), dtype=np.int64)))
        if len(self._runs) > self._most:
            merged = np.concatenate([run[0] for run in self._runs])
            self._runs = [_counted(merged, np.concatenate([run[1] for run in self._runs]))]

    def occurrence(self, keys: Keys) -> Counts:
        """Each key's turn, 1 for the first in the file, counting those of this call too; the keys are then remembered."""
        turns = self.count(keys) + _turn_within(keys)
        self.add(keys)
        return turns


def _counted(keys: Keys, counts: Counts) -> tuple[Keys, Counts]:
    known, place = np.unique(keys, return_inverse=True)
    return known, np.bincount(place, weights=counts).astype(np.int64)


def _turn_within(keys: Keys) -> Counts:
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    turn = np.arange(len(keys)) - np.repeat(starts, np.diff(np.r_[starts, len(keys)])) + 1
    result = np.empty(len(keys), dtype=np.int64)
    result[order] = turn
    return result
