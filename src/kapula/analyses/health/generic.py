"""Generic: questions that tell no group, no time and no other answer apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from ibis.expr import types as ir

from kapula.analyses.health.asked import Asked
from kapula.analyses.health.questions import FEWEST
from kapula.analyses.health.results import Finding
from kapula.analyses.linkage.reliability import icc
from kapula.tables import fetch

TRIVIAL: Final = 0.01
"""A share of variance between groups under this tells nothing to anyone, and a correlation under its root explains no more."""


def generic(
    table: ir.Table, found: Sequence[Asked], divisions: Sequence[str], related: Mapping[str, float], level: float
) -> tuple[list[Finding], int]:
    """Questions surely without news: less than one per cent of the variance lies between the groups of any division, and none goes with
    another answer. ``related``: question → the upper bound of its strongest correlation, squared."""
    made, judged = [], 0
    wanted = [one for one in found if one.answered >= FEWEST and one.common < 1]
    between = {name: _between(table, [one.code for one in wanted], name, level) for name in divisions} if wanted else {}
    for one in wanted:
        shares = {name: told[one.code] for name, told in between.items() if one.code in told}
        if not shares:
            continue
        judged += 1
        if max(high for _, high in shares.values()) < TRIVIAL and related.get(one.code, 0.0) < TRIVIAL:
            evidence: dict[str, Any] = {"n": one.answered, "related_high": related.get(one.code, 0.0)}
            for name, (value, high) in shares.items():
                evidence |= {f"icc_{name}": value, f"icc_{name}_high": high}
            made.append(Finding("generic", "question", one.code, evidence, "medium", "drop"))
    return made, judged


def _between(table: ir.Table, questions: Sequence[str], division: str, level: float) -> dict[str, tuple[float, float]]:
    """Question → (ICC(1), its upper bound) by a division's groups; without those that have one group."""
    kept = table.filter(table[division].notnull())
    wanted: dict[str, Any] = {}
    for place, name in enumerate(questions):
        column = kept[name]
        wanted |= {f"n{place}": column.count(), f"m{place}": column.mean(), f"v{place}": column.var(how="pop")}
    cells = fetch(kept.group_by(division).aggregate(**wanted))
    found = {}
    for place, name in enumerate(questions):
        n, mean, variance = (
            np.asarray(cells[f"{part}{place}"].to_numpy(zero_copy_only=False), dtype=np.float64) for part in "nmv"
        )
        order = np.lexsort((variance, mean, n))
        order = order[n[order] > 0]
        one = icc(np.arange(len(order)), n[order], mean[order], (n * variance)[order], level=level)
        if one is not None:
            found[name] = (one.icc1[0], one.icc1[2])
    return found
