"""How far two estimates move together because the same customers are in both."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kapula.measures.engine.collect import Contribution, Key, keys, one
from kapula.measures.engine.request import Request
from kapula.measures.engine.sums import Sums
from kapula.measures.families.base import Family, Overlap
from kapula.tables import fetch


def overlaps(request: Request, kind: Family, states: Mapping[Key, Sums]) -> dict[Key, Overlap]:
    """How the first and the second side's estimates go together in each group, linearised over clusters.

    cov = G/(G − 1) · Σ u₁u₂ with u = (Y − rX)/ΣX of each cluster, G the clusters on either side (Wolter 2007,
    Introduction to Variance Estimation, 6.4); only clusters on both sides add to it. Degrees of freedom: G − 1, or G
    − 2 when no cluster is on both sides. The request's last group is the side, 0 or 1.
    """
    answers = kind.read(request)
    rows = kind.contribution(request, answers)
    groups = keys(request)
    *outer, side = groups
    both = _cluster_totals(request, rows, groups, outer, side)
    wanted = {
        "clusters": both.count(),
        "both": ((both["x0"] > 0) & (both["x1"] > 0)).sum(),
        "yy": (both["y0"] * both["y1"]).sum(),
        "yx": (both["y0"] * both["x1"]).sum(),
        "xy": (both["x0"] * both["y1"]).sum(),
        "xx": (both["x0"] * both["x1"]).sum(),
    }
    table = both.group_by(outer).aggregate(**wanted) if outer else both.aggregate(**wanted)
    found: dict[Key, Overlap] = {}
    for row in fetch(table).to_pylist():
        group = tuple(row[name] for name in outer)
        first, second = states.get((*group, 0)), states.get((*group, 1))
        if first is None or second is None or first.units < 2 or second.units < 2:
            continue
        if not row["clusters"]:  # every cluster is blank: each row stands for itself, and none is on both sides
            continue
        units = first.units + second.units - int(row["both"])
        found[group] = Overlap(_correlation(row, first, second), units - (1 if row["both"] else 2))
    return found


def _cluster_totals(request: Request, rows: Contribution, groups: Any, outer: list[str], side: str) -> Any:
    """One row a cluster with its y and x on each side; a row without a cluster is on one side only and left out."""
    table = request.table
    y = rows.y.cast("float64")
    weight = one(y) if request.weight is None else table[request.weight].cast("float64")
    x = one(y) if rows.x is None else rows.x.cast("float64")
    usable = y.notnull() & x.notnull() & (weight > 0) & table[request.cluster].notnull()
    wide = table.select(**groups, _c=table[request.cluster], _y=y * weight, _x=x * weight, _ok=usable)
    wide = wide.filter(wide["_ok"])
    wanted = {}
    for place in (0, 1):
        here = wide[side] == place
        wanted[f"y{place}"] = here.ifelse(wide["_y"], 0.0).sum()
        wanted[f"x{place}"] = here.ifelse(wide["_x"], 0.0).sum()
    return wide.group_by([*outer, "_c"]).aggregate(**wanted)


def _correlation(row: Mapping[str, Any], first: Sums, second: Sums) -> float:
    r1, r2 = first.y / first.x, second.y / second.x
    cross = row["yy"] - r2 * row["yx"] - r1 * row["xy"] + r1 * r2 * row["xx"]
    clusters = int(row["clusters"])
    if clusters < 2:
        return 0.0
    covariance = cross / (first.x * second.x) * clusters / (clusters - 1)
    product = math.sqrt(first.variance * second.variance)
    return max(-1.0, min(1.0, covariance / product)) if product > 0 else 0.0
