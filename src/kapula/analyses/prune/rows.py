"""Whole rows: figures, weights, independent units and their time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Floats
from kapula.analyses.prune.moments import Ints
from kapula.statistics.weights import kish_n


@dataclass(frozen=True, slots=True)
class Rows:
    """Whole rows. ``figures``: (rows, columns) by ``names``. ``weight``: mean 1. ``unit``: codes of independent units. ``order``: each
    row's place in time, or None. ``seconds``: whole response times, or None. ``given``: rows before those with blanks were left out."""

    names: tuple[str, ...]
    figures: Floats
    weight: Floats
    unit: Ints
    order: Floats | None
    seconds: Floats | None
    given: int

    @property
    def n(self) -> int:
        return len(self.figures)

    @property
    def units(self) -> int:
        return int(self.unit.max()) + 1 if self.n else 0

    @property
    def effective(self) -> float:
        return min(kish_n(self.weight), float(self.units))

    def columns(self, names: tuple[str, ...]) -> Floats:
        return self.figures[:, [self.names.index(name) for name in names]]

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """These rows only."""
        return Rows(
            self.names,
            self.figures[kept],
            _mean_one(self.weight[kept]),
            np.unique(self.unit[kept], return_inverse=True)[1].astype(np.int64),
            None if self.order is None else self.order[kept],
            None if self.seconds is None else self.seconds[kept],
            self.given,
        )


def _mean_one(weight: Floats) -> Floats:
    return weight / weight.mean() if len(weight) else weight
