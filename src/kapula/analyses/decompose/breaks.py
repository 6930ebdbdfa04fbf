"""Whether the two periods can be compared: wording, scale, channel and language mix, by the rules of :mod:`kapula.trends.comparability`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.decompose.parts import split
from kapula.analyses.decompose.resample import freedom, part_of, splits
from kapula.analyses.decompose.results import BreakPart, Part
from kapula.analyses.decompose.settings import Asked, by_columns
from kapula.analyses.decompose.units import Units, read_units
from kapula.measures.engine.request import Request
from kapula.statistics.laws import chi2_tail
from kapula.trends.comparability import KINDS, LEVEL, MIN_ANSWERS, Break, Kind, mix_distance
from kapula.trends.mixes import find_breaks, find_mixes
from kapula.trends.periods import label_of, sequence

MOST_CATEGORIES: Final = 200
SCALE_SEEN: Final = "scale"


def find(
    asked: Asked, sources: Mapping[str, str | None], total: float, time: str | None, grain: str, timezone: str
) -> tuple[BreakPart, ...]:
    """The breaks between the two periods. ``sources``: kind of break → column that tells it, or None. With a time column each is dated, and
    a change of the scale is also looked for in the answers."""
    dated = _dated(asked, sources, time, grain, timezone) if time and asked.sides.spans else ()
    found = []
    for name, column in sources.items():
        if column is not None:
            one = _between(asked, KINDS[name], column, [found for found in dated if found.code == KINDS[name].code])
            found.extend([one] if one is not None else [])
    if sources.get(SCALE_SEEN) is None:
        seen = [one for one in dated if one.code == KINDS[SCALE_SEEN].code]
        found.extend(_told(one, total) for one in seen[:1])
    return tuple(found)


def _between(asked: Asked, kind: Kind, column: str, dated: list[Break]) -> BreakPart | None:
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


def _dated(
    asked: Asked, sources: Mapping[str, str | None], time: str | None, grain: str, timezone: str
) -> tuple[Break, ...]:
    """Breaks of the whole stretch between the periods, as a trend finds them."""
    assert asked.sides.spans is not None  # asked for with a time column only
    (start, _), (_, end) = asked.sides.spans
    request: Request = replace(
        asked.request, table=asked.sides.whole, by=(), time=time, period=grain, timezone=timezone
    )
    mixes = find_mixes(request, asked.kind, sources)
    labels = sequence(
        label_of(min(start, asked.sides.spans[1][0]), grain), label_of(max(end, asked.sides.spans[0][1]), grain), grain
    )
    return find_breaks(mixes, (), labels, grain)


def _told(one: Break, total: float) -> BreakPart:
    """A scale that changed in the answers: every answer after it is on the other, so the whole change coincides with it."""
    return BreakPart(
        one.code,
        one.hard,
        one.distance,
        one.p,
        one.period,
        one.n_before,
        one.n_after,
        one.before,
        one.after,
        Part(total),
    )
