"""Which keys a file has already given: a few recent ones in memory, the others in sorted runs on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]

RUN_KEYS = 1_000_000
"""Keys that stay in memory (8 MB) before they become a run on disk; a run is also what is in memory when it is searched."""
MOST_SMALL = 16
"""Sorted pieces of the recent keys before they are made one: each is a search."""


class Seen:
    """How often 64-bit keys were met, in bounded memory whatever the length of the file.

    A small file never touches the disk. The runs stand in a temporary folder that goes with :meth:`close` (or with the object).
    """

    def __init__(self, run_keys: int = RUN_KEYS) -> None:
        self._run_keys = run_keys
        self._recent: list[Keys] = []
        self._held = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []

    def occurrence(self, keys: Keys) -> Counts:
        """Each key's turn, 1 for the first in the file, counting those of this call too; the keys are then remembered."""
        if not len(keys):
            return np.zeros(0, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        lengths = np.diff(np.r_[starts, len(ordered)])
        before = self._counts(ordered[starts])
        turns = np.empty(len(keys), dtype=np.int64)
        turns[order] = np.arange(1, len(keys) + 1) - np.repeat(starts - before, lengths)
        self._remember(ordered)
        return turns

    def close(self) -> None:
        self._recent, self._runs, self._held = [], [], 0
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _counts(self, wanted: Keys) -> Counts:
        """How often each of the ascending, distinct ``wanted`` stands in what is remembered."""
        total = np.zeros(len(wanted), dtype=np.int64)
        for run in self._pieces():
            left = np.searchsorted(run, wanted)
            found = np.flatnonzero(run[np.minimum(left, len(run) - 1)] == wanted)
            if len(found):
                total[found] += np.searchsorted(run, wanted[found], side="right") - left[found]
        return total

    def _pieces(self) -> Iterator[Keys]:
        yield from self._recent
        for path in self._runs:
            yield np.fromfile(path, dtype=np.uint64)

    def _remember(self, ordered: Keys) -> None:
        self._recent.append(ordered)
        self._held += len(ordered)
        if self._held >= self._run_keys:
            self._spill()
        elif len(self._recent) > MOST_SMALL:
            self._recent = [np.sort(np.concatenate(self._recent))]

    def _spill(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kapula-keys-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / str(len(self._runs))
        np.sort(np.concatenate(self._recent)).tofile(path)
        self._runs.append(path)
        self._recent, self._held = [], 0
