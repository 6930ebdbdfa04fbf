"""From the scan to the answer: the verdict, the touchpoints that lead, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.linkage.agreement import rwg
from kapula.analyses.linkage.cells import Cells
from kapula.analyses.linkage.effects import Effect
from kapula.analyses.linkage.parts import FEWEST_UNITS
from kapula.analyses.linkage.reliability import icc
from kapula.analyses.linkage.results import LinkageResult
from kapula.analyses.linkage.steadiness import steadiness
from kapula.analyses.linkage.units import unit_rows


def result(
    cells: Cells, effects: tuple[Effect, ...], settings: dict[str, Any], scale: tuple[Any, float, int], minimum_n: int
) -> LinkageResult:
    """The whole answer; with nothing to tell anywhere it is not_enough."""
    theirs, ours = cells.customer, cells.staff
    n = len(set(theirs.unit.tolist()) & set(ours.unit.tolist()))
    counts = int(ours.n.sum()), int(theirs.n.sum())
    told = [one for one in effects if one.within or one.between]
    if not told:
        return LinkageResult(
            NOT_ENOUGH, n, max(FEWEST_UNITS, n + 1), *counts, None, None, None, None, (), (), (), settings, _flat(cells)
        )
    several = ours.n >= 2
    verdict = (
        "linked"
        if any(one.within and one.within.sure for one in told)
        else "linked_between"
        if any(one.between and one.between.sure for one in told)
        else "no_link_seen"
    )
    return LinkageResult(
        verdict, n, None, *counts,
        icc(ours.unit, ours.n, ours.mean, ours.ss, level=settings["level"]),
        icc(theirs.unit, theirs.n, theirs.mean, theirs.ss, level=settings["level"]),
        rwg(ours.n[several], ours.spread[several], *scale),
        steadiness(cells), effects, _leads(told), unit_rows(cells, minimum_n), settings, _warnings(cells, effects),
    )  # fmt: skip


def _leads(effects: Sequence[Effect]) -> tuple[tuple[Any, int], ...]:
    """The steepest of the sure within slopes of each touchpoint that has one: the staff's figure varies alike at every lag, while
    standard
    errors of few clusters would choose by luck."""
    best: dict[Any, Effect] = {}
    for one in effects:
        if one.within and one.within.sure:
            other = best.get(one.touchpoint)
            if other is None or _steepness(one) > _steepness(other):
                best[one.touchpoint] = one
    return tuple((touchpoint, one.lag) for touchpoint, one in best.items())


def _steepness(one: Effect) -> float:
    assert one.within is not None
    return abs(one.within.estimate.value)


def _flat(cells: Cells) -> tuple[str, ...]:
    """Whether a side has no answer at all, or the same in all."""
    if not (cells.customer.n.size and cells.staff.n.size):
        return ("empty",)
    same = any(
        side.n.sum() > 1 and float(np.ptp(side.mean)) == 0 and float(side.ss.sum()) == 0
        for side in (cells.customer, cells.staff)
    )
    return ("zero_variance",) if same else ()


def _warnings(cells: Cells, effects: Sequence[Effect]) -> tuple[str, ...]:
    codes = [*_flat(cells)]
    if any(one.within and one.scope == "these_units" for one in effects):
        codes.append("few_units")
    if any(one.within is None and one.between is None for one in effects):
        codes.append("parts_not_enough")
    return tuple(codes)
