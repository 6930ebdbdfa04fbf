"""What each question tells: whether it is answered, varies, differs by group or time, and keeps to its scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis
import numpy as np
from ibis.expr import types as ir

from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.results import Finding
from kapula.analyses.linkage.reliability import icc
from kapula.statistics.intervals import wilson
from kapula.statistics.laws import normal_quantile
from kapula.tables import fetch

FEWEST: Final = 30
SURE: Final = float(normal_quantile(0.975))
MOSTLY_BLANK: Final = 0.5
SAME: Final = 0.98
TRIVIAL: Final = 0.01
"""A share of variance between groups under this tells nothing to anyone, and a correlation under its root explains no more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it was asked: ``asked`` rows, ``answered`` of them, by source and touchpoint in which anyone answered it;
    ``common``
    share of the commonest answer, ``least`` and ``most``. ``last``: the last day it was answered."""

    code: str
    asked: int
    answered: int
    common: float
    least: float | None
    most: float | None
    last: date | None


def asked(table: ir.Table, questions: Sequence[str], groups: Sequence[str], day: str | None) -> tuple[Asked, ...]:
    """Every question, counted where it was asked."""
    keys = list(groups) or None
    counts = {f"n{place}": table[name].count() for place, name in enumerate(questions)}
    grouped = (
        table.group_by(keys).aggregate(rows=table.count(), **counts)
        if keys
        else table.aggregate(rows=table.count(), **counts)
    )
    cells = fetch(grouped)
    rows = cells["rows"].to_numpy()
    ends = {
        f"{end}{place}": getattr(table[name], end)() for place, name in enumerate(questions) for end in ("min", "max")
    }
    if day:
        ends |= {f"last{place}": table[day].max(where=table[name].notnull()) for place, name in enumerate(questions)}
    edge = fetch(table.aggregate(**ends)).to_pylist()[0] if questions else {}
    common = _commonest(table, questions)
    found = []
    for place, name in enumerate(questions):
        n = cells[f"n{place}"].to_numpy()
        answered = int(n.sum())
        found.append(
            Asked(
                name, int(rows[n > 0].sum()), answered, common.get(name, 0) / max(answered, 1), edge[f"min{place}"],
                edge[f"max{place}"], edge.get(f"last{place}"),
            )
        )  # fmt: skip
    return tuple(found)


def _commonest(table: ir.Table, questions: Sequence[str]) -> dict[str, int]:
    """Question → how often its commonest answer occurs."""
    parts = []
    for name in questions:
        kept = table.filter(table[name].notnull())
        counted = kept.group_by(answer=kept[name]).aggregate(n=kept.count())
        parts.append(counted.aggregate(most=counted["n"].max()).mutate(question=ibis.literal(name)))
    found = fetch(ibis.union(*parts) if len(parts) > 1 else parts[0]).to_pylist()
    return {row["question"]: int(row["most"] or 0) for row in found}


def unanswered(found: Sequence[Asked], inventory: Inventory) -> tuple[list[Finding], int]:
    """Mostly blank where asked, surely (Wilson); or declared and never answered."""
    made = []
    for one in found:
        if not one.answered:
            made.append(Finding("unanswered", "question", one.code, {"answered": 0, "asked": one.asked}, "low", "drop"))
        elif one.asked >= FEWEST:
            low, high = wilson(one.answered / one.asked, one.asked, SURE)
            if high < MOSTLY_BLANK:
                evidence = {
                    "answered": one.answered,
                    "asked": one.asked,
                    "share": one.answered / one.asked,
                    "low": low,
                    "high": high,
                }
                made.append(Finding("unanswered", "question", one.code, evidence, "medium", "check_routing"))
    codes = {one.code for one in found}
    declared = [item for item in inventory.of("question") if item.code not in codes]
    made += [
        Finding("unanswered", "question", item.code, {"answered": 0, "asked": 0}, "low", "drop") for item in declared
    ]
    return made, len(found) + len(declared)


def off_scale(found: Sequence[Asked], table: ir.Table, inventory: Inventory) -> tuple[list[Finding], int]:
    """Answers outside a declared scale."""
    made, judged = [], 0
    for one in found:
        item = inventory.question(one.code)
        if item is None or item.low is None or item.high is None or one.least is None or one.most is None:
            continue
        judged += 1
        if one.least >= item.low and one.most <= item.high:
            continue
        column = table[one.code]
        n = int(fetch(table.aggregate(n=((column < item.low) | (column > item.high)).sum()))["n"][0].as_py())
        evidence = {
            "n": n,
            "share": n / one.answered,
            "least": one.least,
            "most": one.most,
            "low": item.low,
            "high": item.high,
        }
        made.append(Finding("off_scale", "question", one.code, evidence, "high", "declare_scale"))
    return made, judged


def constant(found: Sequence[Asked]) -> tuple[list[Finding], int]:
    """Nearly all answers the same, surely."""
    made = []
    judged = [one for one in found if one.answered >= FEWEST]
    for one in judged:
        low, _ = wilson(one.common, one.answered, SURE)
        if low > SAME or one.common == 1:
            evidence = {"share": one.common, "low": low, "n": one.answered}
            made.append(Finding("constant", "question", one.code, evidence, "medium", "drop"))
    return made, len(judged)


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
