"""What each question tells by itself: whether it is answered, varies and keeps to its scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ibis.expr import types as ir

from kapula.analyses.health.asked import Asked
from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.results import Finding
from kapula.statistics.intervals import wilson
from kapula.statistics.laws import normal_quantile
from kapula.tables import fetch

FEWEST: Final = 30
SURE: Final = float(normal_quantile(0.975))
MOSTLY_BLANK: Final = 0.5
SAME: Final = 0.98


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
