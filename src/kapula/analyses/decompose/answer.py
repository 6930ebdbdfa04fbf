"""From the checked question to the whole answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kapula.analyses.contract import NOT_ENOUGH, Progress
from kapula.analyses.decompose import breaks
from kapula.analyses.decompose.asked import Asked, Extras
from kapula.analyses.decompose.drivers import contribute
from kapula.analyses.decompose.intervals import parts_at
from kapula.analyses.decompose.margin import is_flat, usual_margin
from kapula.analyses.decompose.needed import LEAST, least_needed, needed
from kapula.analyses.decompose.parts import split, threefold
from kapula.analyses.decompose.pooling import pooled
from kapula.analyses.decompose.reading import read_units
from kapula.analyses.decompose.resample import splits
from kapula.analyses.decompose.results import DecomposeResult
from kapula.analyses.decompose.seen import independent_of, spread_of
from kapula.analyses.decompose.segments import by_column, parts_of_segments
from kapula.analyses.decompose.stretch import follow
from kapula.analyses.decompose.told import codes_of, method_told, warnings_of
from kapula.analyses.decompose.units import Units
from kapula.analyses.decompose.verdict import Facts, offsetting, verdict_of
from kapula.measures.engine.run import set_aside

STEPS: Final = 5


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
        method=method_told(asked, extras), set_aside=set_aside(asked.request, states), warnings=warnings_of(states, asked),
    )  # fmt: skip
    independent = [independent_of(units, side) for side in (0, 1)]
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
        usual_margin(asked.request.measure, asked.factor * spread_of(units)) if extras.margin is None else extras.margin
    )
    parts, narrow = (parts_at(asked, told, whole, drawn, at) for at in (level, 2 * level - 1))
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
        warnings=tuple(dict.fromkeys([*base.warnings, *codes_of(found, parts, units, asked.n_boot), *codes])),
        method={**base.method, "margin": margin, "pooled": len(members)},
    )  # fmt: skip
