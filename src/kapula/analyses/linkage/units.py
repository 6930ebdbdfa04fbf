"""The units side by side: each one's two means, withheld where few answers would tell of people."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from kapula.analyses.linkage.cells import Cells
from kapula.analyses.linkage.effects import UnitRow
from kapula.statistics.suppression import suppress


def unit_rows(cells: Cells, minimum_n: int) -> tuple[UnitRow, ...]:
    """Each unit's means over all periods. A side below the minimum is withheld, and what its total would reveal."""
    sides: list[dict[int, tuple[int, float]]] = []
    hidden: list[tuple[set[tuple[Hashable, ...]], set[tuple[Hashable, ...]]]] = []
    for side in (cells.staff, cells.customer):
        n = np.bincount(side.unit, side.n, len(cells.units))
        sums = np.bincount(side.unit, side.n * side.mean, len(cells.units))
        sides.append({u: (int(n[u]), float(sums[u] / n[u])) for u in range(len(cells.units)) if n[u]})
        hidden.append(suppress({(u,): int(n[u]) for u in range(len(cells.units))}, minimum_n))
    rows = []
    for u, name in enumerate(cells.units):
        if u not in sides[0] or u not in sides[1]:
            continue
        codes = [
            *(["suppressed"] if any((u,) in first for first, _ in hidden) else []),
            *(["suppressed_complement"] if any((u,) in second for _, second in hidden) else []),
        ]
        shown = [None if any((u,) in part for part in hidden[s]) else sides[s][u][1] for s in (0, 1)]
        rows.append(UnitRow(name, sides[0][u][0], sides[1][u][0], shown[0], shown[1], tuple(codes)))
    return tuple(rows)
