"""One order for the same rows, however they came: what is drawn by a seed is then drawn from the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def row_order(columns: Iterable[NDArray[Any]], rows: int) -> NDArray[np.int64]:
    """The places of the ``rows`` sorted by the first column, ties by the next, and so on; blanks (NaN) last. As np.lexsort, but later
    columns are looked at only where rows are still alike: of figures that hardly repeat, one sort does."""
    order = np.arange(rows, dtype=np.int64)
    place, run = order.copy(), np.zeros(rows, dtype=np.int64)
    for column in columns:
        if not len(place):
            break
        values = column[order[place]]
        again = np.lexsort((values, run))
        order[place], values = order[place][again], values[again]
        later, former = values[1:], values[:-1]
        alike = (later == former) | ((later != later) & (former != former))
        run = np.concatenate([[0], np.cumsum((run[1:] != run[:-1]) | np.logical_not(alike))])
        tied = np.bincount(run)[run] > 1
        place, run = place[tied], run[tied]
    return order
