"""Whether the two periods can be compared: wording, scale, channel and language mix, by the rules of :mod:`kapula.trends.comparability`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.break_between import between
from kapula.analyses.decompose.break_result import BreakPart
from kapula.analyses.decompose.part import Part
from kapula.measures.engine.request import Request
from kapula.trends.comparability import KINDS, Break
from kapula.trends.mixes import find_breaks, find_mixes
from kapula.trends.periods import label_of, sequence

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
            one = between(asked, KINDS[name], column, [found for found in dated if found.code == KINDS[name].code])
            found.extend([one] if one is not None else [])
    if sources.get(SCALE_SEEN) is None:
        seen = [one for one in dated if one.code == KINDS[SCALE_SEEN].code]
        found.extend(_told(one, total) for one in seen[:1])
    return tuple(found)


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
