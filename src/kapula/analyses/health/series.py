"""Operational series that are one: their changes surely move together."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np
from ibis.expr import types as ir

from kapula.analyses.health.correlation import FEWEST, interval
from kapula.analyses.health.results import Finding
from kapula.tables import fetch

NEAR_SERIES: Final = 0.98


def series(table: ir.Table | None, level: float) -> tuple[list[Finding], int]:
    """Operational series whose changes surely move as one. ``table``: ``measure``, ``period``, ``value`` and, where there are,
    ``team`` and
    ``touchpoint``. Levels share trends and seasons, so the changes from one period to the next are compared."""
    if table is None:
        return [], 0
    keys = [name for name in ("team", "touchpoint", "period") if name in table.columns]
    found = fetch(table.filter(table["value"].notnull()).select("measure", "value", *keys).order_by(["measure", *keys]))
    lines: dict[str, dict[tuple[Any, ...], float]] = {}
    for row in found.to_pylist():
        lines.setdefault(row["measure"], {})[tuple(row[key] for key in keys)] = float(row["value"])
    moves = {measure: _moves(values) for measure, values in lines.items()}
    pairs = list(combinations(sorted(moves), 2))
    strict = 1 - (1 - level) / max(len(pairs), 1)
    made, judged = [], 0
    for one, two in pairs:
        shared = sorted(set(moves[one]) & set(moves[two]), key=str)
        if len(shared) < FEWEST:
            continue
        judged += 1
        x, y = (np.array([moves[name][key] for key in shared]) for name in (one, two))
        if x.std() == 0 or y.std() == 0:
            continue
        r = float(np.corrcoef(x, y)[0, 1])
        if interval(r, len(shared), strict)[0] > NEAR_SERIES:
            low, high = interval(r, len(shared), level)
            evidence = {"correlation": r, "low": low, "high": high, "n": len(shared)}
            made.append(Finding("duplicated", "series", two, evidence, "medium", "merge", others=(one,)))
    return made, judged


def _moves(values: dict[tuple[Any, ...], float]) -> dict[tuple[Any, ...], float]:
    """Key → change from the period before in the same group."""
    ordered = sorted(values, key=lambda key: (tuple(map(str, key[:-1])), key[-1]))
    return {
        later: values[later] - values[earlier] for earlier, later in pairwise(ordered) if earlier[:-1] == later[:-1]
    }
