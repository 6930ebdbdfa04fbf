"""The result put together: figures, intervals, order, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.drivers.diagnosis import diagnose
from kapula.analyses.drivers.expanded import tails
from kapula.analyses.drivers.intervals import Ranges, ranges
from kapula.analyses.drivers.listing import pairs_of, ranks_of, shares_of
from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.performance import performances
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales


def not_enough(sample: Sample, asked: Question, needed: int) -> DriversResult:
    codes = () if sample.n else ("weights_zero",) if sample.set_aside.get("no_weight") else ("empty",)
    return shown(NOT_ENOUGH, sample, asked, None, needed, codes)


def shown(
    verdict: str, sample: Sample, asked: Question, covariance: Floats | None, needed: int | None, codes: tuple[str, ...]
) -> DriversResult:
    """An answer without figures."""
    said = diagnose(sample, asked, covariance, None)
    warnings = tuple(dict.fromkeys((*codes, *said.warnings)))
    return DriversResult(
        verdict,
        asked.outcome,
        sample.n,
        needed,
        sample.units,
        set_aside=sample.set_aside,
        named=said.named,
        warnings=warnings,
    )


def answered(
    sample: Sample, asked: Question, covariance: Floats, found: Explained, means: Floats, scales: Scales,
    model: Model | None = None, more: Mapping[str, Any] | None = None,
) -> DriversResult:  # fmt: skip
    """``found``, ``means``: the data first, then the resamples."""
    model = model or Model(asked.sizes, len(asked.always))
    point, draws = found.split()
    parameters = model.columns - 1
    wide = None
    ends = tails(asked.level, sample.units, parameters)
    if found.r2.shape[0] > 1:
        wide = ranges(point, draws, model, asked.level, sample.units)
    map_ = performances(means, found.shares, sample, asked, scales, ends)
    said = diagnose(sample, asked, covariance, point)
    r2 = float(point.r2[0])
    return DriversResult(
        verdict=verdict_of(wide, asked.level), outcome=asked.outcome, n=sample.n, needed_n=None, units=sample.units,
        drivers=shares_of(point, wide, sample, asked, map_), ranks=ranks_of(point, wide, asked), pairs=pairs_of(point, wide, asked), r2=r2,
        r2_low=None if wide is None else wide.r2_low, r2_high=None if wide is None else wide.r2_high, p=None if wide is None else
        wide.p, r2_adjusted=adjusted(r2, float(point.r2_always[0]), sample.n, model), r2_always=float(point.r2_always[0]) if
        model.always else None, set_aside=sample.set_aside, named=said.named, warnings=said.warnings, method=more or {}, )  # fmt: skip


def verdict_of(wide: Ranges | None, level: float) -> str:
    if wide is None:
        return "described"
    if wide.p > 1 - level:
        return "nothing_sure"
    return "first_sure" if (wide.rank_high == 1).any() else "order_unsure"


def adjusted(r2: float, always: float, n: int, model: Model) -> float | None:
    """Ezekiel's adjustment, of the part beyond the covariates."""
    left = n - model.columns
    return None if left < 1 else 1 - (1 - r2 - always) * (n - 1 - model.always) / left - always
