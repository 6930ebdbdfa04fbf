"""What the decomposition adds up and the bootstrap draws: each independent unit's sums by segment and period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """One entry for each unit × segment × period (or, without clusters, for each different answer). ``cell``: 2 × segment + period;
    ``unit``: which unit, 0 to ``count`` − 1; ``y``, ``x``: its sums; ``times``: how often it occurs (1 with
    clusters); ``answers``: answers in
    each entry. ``segments``: the keys in order, tuples of the segment columns' values."""

    segments: tuple[tuple[Any, ...], ...]
    cell: Ints
    unit: Ints
    y: Floats
    x: Floats
    times: Ints
    answers: Ints
    clustered: bool

    @property
    def count(self) -> int:
        return int(self.unit.max()) + 1 if len(self.unit) else 0

    def sums(self, values: Any) -> Floats:
        """Values added up by segment and period, shape (segments, 2)."""
        added = np.bincount(self.cell, values, minlength=2 * len(self.segments))
        return np.asarray(added, dtype=np.float64).reshape(-1, 2)

    def grouped(self, groups: Ints, segments: tuple[tuple[Any, ...], ...]) -> Units:
        """The same units by coarser segments: ``groups`` gives each old segment's place among the new."""
        cell = 2 * groups[self.cell // 2] + self.cell % 2
        return Units(segments, cell, self.unit, self.y, self.x, self.times, self.answers, self.clustered)
