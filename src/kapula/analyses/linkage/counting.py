"""One side's answers counted by unit and period in the engine, as a table and then as cells."""

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
from kapula.analyses.linkage.robust import Codes

SCORE: Final = "kapula_staff"


def scored(table: ir.Table, items: Sequence[str]) -> ir.Table:
    """With the row's staff score: the mean of its items, blank when one is."""
    return table.mutate(**{SCORE: functools.reduce(operator.add, (table[item] for item in items)) / len(items)})


def grouped(table: ir.Table, score: str, keys: Sequence[str], items: Sequence[str]) -> ir.Table:
    """Rows with a score, counted by the keys: how many, their mean, the squares around it and the items' usual variance."""
    whole = table.filter(table[score].notnull(), *(table[key].notnull() for key in keys))
    spread = functools.reduce(operator.add, (whole[item].var(how="sample") for item in items)) / len(items)
    return whole.group_by(list(keys)).aggregate(
        n=whole.count(), mean=whole[score].mean(), ss=whole[score].var(how="pop") * whole.count(), spread=spread
    )


def side_of(table: pa.Table, unit: NDArray[np.int64], period: Codes, touchpoint: Codes) -> Side:
    """Sorted, so that the engine's order of groups never shows in a figure's last digit."""
    names = ("n", "mean", "ss", "spread")
    figures = [np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in names]
    order = np.lexsort((touchpoint, period, unit))
    return Side(unit[order], period[order], touchpoint[order], *(column[order] for column in figures))
