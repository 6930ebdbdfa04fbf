"""From the cells to the answer: the effect, by cohort and by time since, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.linkage.robust import Estimate
from kapula.analyses.noticed.before import before
from kapula.analyses.noticed.cells import Cells
from kapula.analyses.noticed.correction import corrected
from kapula.analyses.noticed.effects import Att, Grid, combined, group_time
from kapula.analyses.noticed.enough import lacking, wanted
from kapula.analyses.noticed.inference import Spread
from kapula.analyses.noticed.parts import Cohort, Effect, Since
from kapula.analyses.noticed.results import NoticedResult
from kapula.text.shares import Rates


@dataclass(frozen=True, slots=True)
class Asked:
    base: str
    errors: Rates | None
    level: float
    minimum_n: int
    seed: int
    method: Mapping[str, Any]


def answered(cells: Cells, asked: Asked) -> NoticedResult:
    whole = Grid.of(cells)
    atts = group_time(whole, base=asked.base)
    compared = np.zeros(len(cells.n), dtype=bool)
    for one in atts:
        compared |= (cells.rolled == one.cohort) & (cells.period == one.period) & cells.after
    rolled_out = len(np.unique(cells.team[compared]))
    facts: dict[str, Any] = {
        "n": len(cells.teams), "n_comments": int(cells.n.sum()), "rolled_out": rolled_out,
        "left_out": int(cells.n[cells.after & ~compared].sum()), "method": asked.method,
    }  # fmt: skip
    few = lacking(cells, rolled_out)
    if few is not None:
        return NoticedResult(NOT_ENOUGH, needed_n=few, **facts, warnings=_constant(cells))
    if _constant(cells):
        silent = not cells.share.any()
        needed = None if silent else 2 * len(cells.teams)
        verdict = "no_mentions" if silent else NOT_ENOUGH
        return NoticedResult(verdict, needed_n=needed, **facts, warnings=_constant(cells))
    return _told(cells, whole, atts, compared, asked, facts)


def _constant(cells: Cells) -> tuple[str, ...]:
    return ("zero_variance",) if cells.n.size and np.ptp(cells.share) == 0 and cells.share[0] in (0.0, 1.0) else ()


def _told(cells: Cells, whole: Grid, atts: Sequence[Att], compared: Any, asked: Asked, facts: Any) -> NoticedResult:
    kept = ~cells.after | compared
    grid = Grid(*(column[kept] for column in (whole.team, whole.period, whole.rolled, whole.treated, whole.weight)))
    share = cells.share[kept]
    atts = [replace(one, weights=one.weights[kept]) for one in atts]
    spread = Spread(grid, asked.level)
    weights = combined(atts, len(share))
    told = None if weights is None else spread.told(weights, share)
    needed = wanted(told, len(cells.teams))
    if weights is None or told is None or needed is not None:
        return NoticedResult(NOT_ENOUGH, needed_n=needed or 2 * len(cells.teams), **facts)
    found = _effect(atts, grid, share, told)
    rates = asked.errors
    usable = rates is not None and rates.usable
    effect = corrected(told, found, rates, asked.level, asked.seed) if rates is not None and usable else found
    verdict = "noticed" if told.low > 0 else "less" if told.high < 0 else "no_change_seen"
    codes = ["uncorrected"] if rates is None else [] if usable else ["errors_too_large"]
    codes += ["few_checked"] if rates is not None and rates.few else []
    codes += ["pooled_spread"] if spread.pooled else []
    codes += ["no_comparison_left"] if facts["left_out"] else []
    parts: dict[str, Any] = {
        "cohorts": _cohorts(cells, atts, grid, share, spread, asked.minimum_n),
        "since": _since(atts, grid, share, spread, asked.minimum_n),
        "before": before(grid, spread, share, weights, told),
    }
    matcher = None if rates is None else rates.to_dict()
    return NoticedResult(
        verdict, needed_n=None, **facts, effect=effect, found=found, **parts, matcher=matcher, warnings=tuple(codes)
    )


def _effect(atts: Sequence[Att], grid: Grid, share: Any, told: Estimate | None, least: int = 0) -> Effect:
    """With the share of mentions in the cells the effects are of."""
    n = float(sum(one.n for one in atts))
    if n < least:
        return Effect(round(n), warnings=("suppressed",))
    treated = sum(np.where(grid.treated, one.weights, 0.0) * one.n for one in atts) / n
    return Effect.of(n, float(treated @ share), told)


def _cohorts(
    cells: Cells, atts: Sequence[Att], grid: Grid, share: Any, spread: Spread, least: int
) -> tuple[Cohort, ...]:
    found = []
    for cohort in sorted({one.cohort for one in atts}):
        mine = [one for one in atts if one.cohort == cohort]
        weights = combined(mine, len(share))
        effect = _effect(mine, grid, share, None if weights is None else spread.told(weights, share), least)
        names = tuple(str(cells.teams[team]) for team in np.flatnonzero(cells.start == cohort))
        found.append(Cohort(cells.labels[cohort] if 0 <= cohort < len(cells.labels) else "", names, effect))
    return tuple(found)


def _since(atts: Sequence[Att], grid: Grid, share: Any, spread: Spread, least: int) -> tuple[Since, ...]:
    found = []
    for periods in sorted({one.since for one in atts}):
        mine = [one for one in atts if one.since == periods]
        weights = combined(mine, len(share))
        found.append(
            Since(periods, _effect(mine, grid, share, None if weights is None else spread.told(weights, share), least))
        )
    return tuple(found)
