"""Scattered: one measure asked by several questions, on several scales or in near-equal words."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from kapula.analyses.health.inventory import Inventory, Item, words_of
from kapula.analyses.health.results import Finding

ALIKE: Final = 0.8


def scattered(inventory: Inventory) -> tuple[list[Finding], int]:
    """Questions of one measure on different scales, or two questions in near-equal words."""
    items = inventory.of("question")
    made = []
    for measure in sorted({item.measure for item in items if item.measure}):
        same = [item for item in items if item.measure == measure]
        scales = sorted({(item.low, item.high) for item in same if item.low is not None and item.high is not None})
        if len(same) > 1:
            evidence = {"questions": len(same), "scales": len(scales), "measure": measure}
            severity = "medium" if len(scales) > 1 else "low"
            others = tuple(item.code for item in same[1:])
            made.append(Finding("scattered", "question", same[0].code, evidence, severity, "merge", others=others))
    told = {one.code for one in made} | {other for one in made for other in one.others}
    for one, two in combinations(items, 2):
        alike = _alike(one, two)
        if alike >= ALIKE and not {one.code, two.code} <= told:
            evidence = {"questions": 2, "words_alike": alike}
            made.append(Finding("scattered", "question", one.code, evidence, "low", "merge", others=(two.code,)))
    return made, len(items)


def _alike(one: Item, two: Item) -> float:
    """Jaccard's share of words in common; 0 where a wording is not known or has under three words."""
    if not one.wording or not two.wording:
        return 0.0
    first, second = words_of(one.wording), words_of(two.wording)
    return len(first & second) / len(first | second) if min(len(first), len(second)) >= 3 else 0.0
