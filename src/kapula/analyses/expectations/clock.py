"""When each answer was given: a period and a number of years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_PERIODS: Final = 400


@dataclass(frozen=True, slots=True)
class Clock:
    """``code``: the period of each row, 0, 1, … in time order, −1 where blank. ``years``: each row's time.
    ``labels``: the periods' names."""

    code: NDArray[np.int64]
    years: NDArray[np.float64]
    labels: tuple[str, ...]
    grain: str | None
