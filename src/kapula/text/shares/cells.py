"""The comments of one group and period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.suppression import suppress
from kapula.text.shares.read import Comments


@dataclass(frozen=True, slots=True)
class Cell:
    """The comments of one group and period. ``hidden``: the warning that says why nothing is told, or empty."""

    group: Any
    period: str | None
    rows: NDArray[np.int64]
    versions: frozenset[int]
    hidden: str = ""

    @property
    def mixed(self) -> bool:
        return len(self.versions) > 1

    def comparable(self, other: Cell) -> bool:
        """Whether both are told, and were made by one and the same version."""
        seen = len(self.rows) and len(other.rows) and not self.hidden and not other.hidden
        return bool(seen) and not self.mixed and self.versions == other.versions

    def rest(self, comments: Comments) -> Cell:
        """The comments of all other groups."""
        others = np.setdiff1d(np.arange(len(comments.has)), self.rows, assume_unique=True)
        return Cell(None, self.period, others, frozenset(comments.version[others].tolist()))

    @classmethod
    def all_of(cls, comments: Comments, minimum_n: int) -> list[Cell]:
        """Every group's periods in order, from its first to its last; small ones hidden, also against subtraction."""
        places = {
            (group, period): np.nonzero((comments.group == group) & (comments.period == period))[0]
            for group in range(len(comments.groups))
            for period in range(len(comments.periods))
        }
        primary, second = suppress({key: len(rows) for key, rows in places.items() if len(rows)}, minimum_n)
        return [
            cls(
                comments.groups[key[0]],
                comments.periods[key[1]],
                rows,
                frozenset(comments.version[rows].tolist()),
                "suppressed" if key in primary else "suppressed_complement" if key in second else "",
            )
            for key, rows in places.items()
            if len(rows)
        ]
