"""The result put together: figures, intervals, order, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.drivers.diagnosis import diagnose
from kapula.analyses.drivers.explained import Explained, Model
from kapula.analyses.drivers.intervals import Ranges, ranges, tails
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.performance import Scales, performances
from kapula.analyses.drivers.request import Question
from kapula.analyses.drivers.results import DriverShare, DriversResult, Pair, Performance, Rank
from kapula.analyses.drivers.sample import Sample


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
        drivers=_drivers(point, wide, sample, asked, map_), ranks=_ranks(point, wide, asked), pairs=_pairs(point, wide, asked), r2=r2,
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


def _drivers(
    point: Explained, wide: Ranges | None, sample: Sample, asked: Question, map_: Mapping[str, Performance]
) -> tuple[DriverShare, ...]:
    r2, found, column = float(point.r2[0]), [], 0
    for place, player in enumerate(asked.players):
        share = float(point.shares[place, 0])
        own = [sample.missing[name] for name in player.columns]
        single = (
            float(point.alone[column, 0])
            if len(player.columns) == 1 and len(point.alone) == len(asked.columns) - len(asked.always)
            else None
        )
        column += len(player.columns)
        found.append(
            DriverShare(
                player.name,
                player.columns,
                share,
                _at(wide, "low", place),
                _at(wide, "high", place),
                share / r2 if r2 > 0 else None,
                _at(wide, "part_low", place),
                _at(wide, "part_high", place),
                float(point.first[place, 0]),
                float(point.last[place, 0]),
                single,
                max(own),
                map_.get(player.name),
            )
        )
    return tuple(found)


def _at(wide: Ranges | None, name: str, place: int) -> float | None:
    return None if wide is None else float(getattr(wide, name)[place])


def _ranks(point: Explained, wide: Ranges | None, asked: Question) -> tuple[Rank, ...]:
    found = []
    for rank, place in enumerate(_order(point), start=1):
        low, high, first = (_at(wide, name, place) for name in ("rank_low", "rank_high", "firsts"))
        least, most = (None if end is None else int(end) for end in (low, high))
        found.append(Rank(asked.players[place].name, rank, least, most, first))
    return tuple(found)


def _order(point: Explained) -> list[int]:
    """Places by share, the largest first; equal ones as asked."""
    return [int(place) for place in np.argsort(-np.round(point.shares[:, 0], 12), kind="stable")]


def _pairs(point: Explained, wide: Ranges | None, asked: Question) -> tuple[Pair, ...]:
    if wide is None:
        return ()
    order, shares = _order(point), point.shares[:, 0]
    return tuple(
        Pair(
            asked.players[first].name,
            asked.players[second].name,
            float(shares[first] - shares[second]),
            float(wide.difference_low[first, second]),
            float(wide.difference_high[first, second]),
            float(wide.above[first, second]),
            bool(wide.sure[first, second]),
        )
        for place, first in enumerate(order)
        for second in order[place + 1 :]
    )
