"""Both sides' answers as cells of unit and period, on the same units and periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kapula.analyses.linkage.robust import Codes, Floats

EVERYWHERE: Final = "kapula_all"


@dataclass(frozen=True, slots=True)
class Side:
    """One side's cells, one entry each: ``unit`` and ``touchpoint`` codes, ``period`` counted from 0, ``n`` answers with ``mean`` and
    ``ss``, the sum of squares around it. ``spread``: the mean of the items' sample variances, NaN below two answers."""

    unit: Codes
    period: Codes
    touchpoint: Codes
    n: Floats
    mean: Floats
    ss: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Cells:
    """Both sides on the same units and periods. ``year``: how many periods a year has, None where periods are bare numbers.
    ``period``: how long one is."""

    units: tuple[Any, ...]
    touchpoints: tuple[Any, ...]
    periods: int
    year: float | None
    customer: Side
    staff: Side
    period: str = "week"

    def staff_grid(self) -> Floats:
        """Staff means, (units, periods), NaN where nobody answered."""
        grid = np.full((len(self.units), self.periods), np.nan)
        grid[self.staff.unit, self.staff.period] = self.staff.mean
        return grid
