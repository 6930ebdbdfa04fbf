"""One side's answers counted by unit and period: equal answers once in the engine, then summed to cells in one order."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.linkage.cells import Side
from kapula.analyses.linkage.robust import Codes, Floats

TIMES: Final = "kapula_times"


def grouped(table: ir.Table, keys: Sequence[str], items: Sequence[str]) -> ir.Table:
    """Rows with every key and item, equal ones counted once. Nothing is summed yet: an engine adds in the order of its rows and
    threads, which would show in a figure's last digit."""
    whole = table.filter(*(table[name].notnull() for name in (*keys, *items)))
    return whole.group_by([*keys, *items]).aggregate(**{TIMES: whole.count()})


def side_of(table: pa.Table, items: Sequence[str], unit: Codes, period: Codes, touchpoint: Codes) -> Side:
    """The cells of what :func:`grouped` gave. An answer's score is the mean of its items; sums run in the order of unit, period,
    touchpoint and answers, whatever the order of the rows was."""
    answers = [_floats(table[item]) for item in items]
    order = np.lexsort((*answers, touchpoint, period, unit))
    unit, period, touchpoint = unit[order], period[order], touchpoint[order]
    answers, times = [column[order] for column in answers], _floats(table[TIMES])[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (np.diff(unit) != 0) | (np.diff(period) != 0) | (np.diff(touchpoint) != 0)
    cell = np.cumsum(begins) - 1
    n: Floats = np.bincount(cell, times).astype(np.float64)
    mean, ss = _spread(cell, n, times, functools.reduce(operator.add, answers) / len(items))
    squares = functools.reduce(operator.add, (_spread(cell, n, times, column)[1] for column in answers)) / len(items)
    spread = np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan)
    return Side(unit[begins], period[begins], touchpoint[begins], n, mean, ss, spread)


def _spread(cell: NDArray[np.int64], n: Floats, times: Floats, answers: Floats) -> tuple[Floats, Floats]:
    """Each cell's mean, and the sum of squares around it."""
    mean = np.bincount(cell, times * answers) / n
    return mean, np.bincount(cell, times * (answers - mean[cell]) ** 2).astype(np.float64)


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
