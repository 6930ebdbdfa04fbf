"""A break of one kind between the periods, seen from a column that tells it: did its mix change enough, and surely?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kapula.analyses.decompose.asked import Asked, by_columns
from kapula.analyses.decompose.break_result import BreakPart
from kapula.analyses.decompose.intervals import freedom, part_of
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.parts import split
from kapula.analyses.decompose.reading import read_units
from kapula.analyses.decompose.resample import splits
from kapula.analyses.decompose.units import Units
from kapula.statistics.laws import chi2_tail
from kapula.trends.comparability import LEVEL, MIN_ANSWERS, Break, Kind, mix_distance

MOST_CATEGORIES: Final = 200


def between(asked: Asked, kind: Kind, column: str, dated: list[Break]) -> BreakPart | None:
    """The break of one kind between the periods, where the mixes differ enough, and surely."""
    by = by_columns(asked, (column,))
    units = read_units(by.request, by.row, by.segments)
    if not 2 <= len(units.segments) <= MOST_CATEGORIES:
        return None
    counts = units.sums(units.answers)
    before, after = counts.T
    distance, p = mix_distance(before, after), _p(counts)
    if min(before.sum(), after.sum()) < MIN_ANSWERS or distance < kind.distance or p > LEVEL:
        return None
    names = ["" if key[0] is None else str(key[0]) for key in units.segments]
    old, new = (dict(zip(names, map(float, side / side.sum()), strict=True)) for side in (before, after))
    when = max(dated, key=lambda one: one.distance).period if dated else None
    part = _mix_part(asked, units)
    return BreakPart(kind.code, kind.hard, distance, p, when, int(before.sum()), int(after.sum()), old, new, part)


def _p(counts: Any) -> float:
    """Of Pearson's χ² for the table categories × periods."""
    fitted = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return chi2_tail(float(((counts - fitted) ** 2 / fitted).sum()), len(counts) - 1)


def _mix_part(asked: Asked, units: Units) -> Part:
    found = split(units.sums(units.y * units.times), units.sums(units.x * units.times))
    value = asked.factor * float(found.mix.sum())
    drawn = asked.factor * splits(units, asked.n_boot, asked.seed).mix.sum(axis=-1)
    return part_of(value, drawn, freedom(units, found).total, asked.design.level)
