"""From the checked question to the whole answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH, Progress
from kapula.analyses.decompose import breaks
from kapula.analyses.decompose.drivers import contribute
from kapula.analyses.decompose.parts import Split, split, threefold
from kapula.analyses.decompose.pooling import pooled
from kapula.analyses.decompose.resample import freedom, part_of, splits
from kapula.analyses.decompose.results import BreakPart, DecomposeResult, Part
from kapula.analyses.decompose.segments import by_column, parts_of_segments
from kapula.analyses.decompose.settings import Asked
from kapula.analyses.decompose.stretch import follow
from kapula.analyses.decompose.units import Units, read_units
from kapula.analyses.decompose.verdict import (
    LEAST,
    Facts,
    is_flat,
    least_needed,
    needed,
    offsetting,
    usual_margin,
    verdict_of,
)
from kapula.measures.engine.run import method_of, set_aside
from kapula.measures.families.base import common_warnings

STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked beside the split. ``sources``: kind of break → column. ``time``, ``grain``, ``timezone``: of the whole stretch."""

    sources: Mapping[str, str | None]
    drivers: tuple[str, ...]
    margin: float | None
    period: str | None
    time: str | None
    grain: str
    timezone: str


def answer(asked: Asked, extras: Extras, progress: Progress) -> DecomposeResult:
    """The result; without figures when a period has fewer than LEAST independent answers."""
    states = asked.kind.collect(asked.request, asked.design)
    progress(1, STEPS)
    units = read_units(asked.request, asked.row, asked.segments)
    first, second = units.sums(units.answers).sum(axis=0) if units.segments else (0, 0)
    measure = asked.request.measure
    base = DecomposeResult(
        measure=measure.name, unit=measure.unit, verdict=NOT_ENOUGH, n=int(first + second), needed_n=None,
        first=asked.sides.first, second=asked.sides.second, n_first=int(first), n_second=int(second),
        method=_method(asked, extras), set_aside=set_aside(asked.request, states), warnings=_warnings(states, asked),
    )  # fmt: skip
    independent = [_independent(units, side) for side in (0, 1)]
    if min(independent) < LEAST:
        return replace(base, needed_n=least_needed(independent, base.n))
    return _enough(asked, extras, base, units, progress)


def _enough(asked: Asked, extras: Extras, base: DecomposeResult, units: Units, progress: Progress) -> DecomposeResult:
    level, alpha = asked.design.level, 1 - asked.design.level
    told, members = pooled(units, asked.minimum_n)
    whole = split(told.sums(told.y * told.times), told.sums(told.x * told.times))
    drawn = splits(told, asked.n_boot, asked.seed)
    progress(2, STEPS)
    margin = (
        usual_margin(asked.request.measure, asked.factor * _spread(units)) if extras.margin is None else extras.margin
    )
    parts, narrow = (_parts(asked, told, whole, drawn, at) for at in (level, 2 * level - 1))
    segments = parts_of_segments(asked, told, whole, drawn, members)
    found = breaks.find(asked, extras.sources, parts["total"].value, extras.time, extras.grain, extras.timezone)
    progress(3, STEPS)
    verdict = verdict_of(Facts(parts, narrow, segments, margin, alpha, broken=any(one.hard for one in found)))
    drivers, codes = contribute(asked, extras.drivers, parts["total"].value) if extras.drivers else (None, ())
    progress(4, STEPS)
    rose, fell = ([one.segment for one in moved] for moved in offsetting(segments, margin))
    columns = [by_column(asked, name) for name in asked.segments] if len(asked.segments) > 1 else []
    stretch = follow(asked, extras.time, extras.grain, extras.timezone, margin) if extras.time else None
    progress(STEPS, STEPS)
    return replace(
        base, verdict=verdict, needed_n=needed(base.n, narrow, margin, alpha) if verdict == "unclear" else None,
        value_first=asked.figure(float(whole.levels[0])), value_second=asked.figure(float(whole.levels[1])), parts=parts,
        threefold={name: asked.factor * value for name, value in threefold(whole).items()}, margin=margin,
        flat=is_flat(narrow["total"], margin), segments=segments, offsetting={"rose": tuple(rose), "fell": tuple(fell)},
        columns=tuple(columns), breaks=found, drivers=drivers, stretch=stretch,
        warnings=tuple(dict.fromkeys([*base.warnings, *_codes(found, parts, units), *codes])),
        method={**base.method, "margin": margin, "pooled": len(members)},
    )  # fmt: skip


def _method(asked: Asked, extras: Extras) -> dict[str, Any]:
    design = replace(asked.design, interval="expanded_percentile")
    return method_of(
        asked.request, asked.kind, design, by=None, segment=list(asked.segments), period=extras.period, time=extras.time,
        grain=extras.grain if extras.time else None, timezone=extras.timezone, weights="midpoint", n_boot=asked.n_boot, seed=asked.seed,
        minimum_n=asked.minimum_n, drivers=list(extras.drivers),
        sources={name: found for name, found in extras.sources.items() if found},
    )  # fmt: skip


def _parts(asked: Asked, units: Units, whole: Split, drawn: Split, level: float) -> dict[str, Part]:
    """Total, mix and within with intervals of that level."""
    df, factor = freedom(units, whole), asked.factor
    mixes, withins = factor * drawn.mix.sum(axis=-1), factor * drawn.within.sum(axis=-1)
    mix, within = factor * float(whole.mix.sum()), factor * float(whole.within.sum())
    return {
        "total": part_of(mix + within, mixes + withins, df.total, level),
        "mix": part_of(mix, mixes, df.total, level),
        "within": part_of(within, withins, df.within, level),
    }


def _independent(units: Units, side: int) -> int:
    """Independent answers, or clusters, heard in a period."""
    here = units.cell % 2 == side
    return len(np.unique(units.unit[here])) if units.clustered else int(units.times[here].sum())


def _spread(units: Units) -> float:
    """The standard deviation of the units' own ratios."""
    times, ratio = units.times * units.x, _ratios(units)
    mean = float(times @ ratio / times.sum())
    return float(np.sqrt(times @ (ratio - mean) ** 2 / times.sum()))


def _warnings(states: Mapping[Any, Any], asked: Asked) -> tuple[str, ...]:
    plain = replace(asked.design, clustered=False)
    return tuple(
        dict.fromkeys(
            code for key in sorted(states, key=str) if states[key].n for code in common_warnings(states[key], plain)
        )
    )


def _codes(found: Sequence[BreakPart], parts: Mapping[str, Part], units: Units) -> list[str]:
    alike = parts["total"].low is None or bool((_spreads(units) <= 0).any())
    return [*(one.code for one in found), *(["zero_variance"] if alike else [])]


def _spreads(units: Units) -> Any:
    """How far apart the units' ratios are in each period."""
    ratio = _ratios(units)
    return np.array([np.ptp(ratio[units.cell % 2 == side]) for side in (0, 1)])


def _ratios(units: Units) -> Any:
    """Each unit's own ratio; of one without exposure, zero."""
    return np.divide(units.y, units.x, out=np.zeros_like(units.y), where=units.x > 0)
