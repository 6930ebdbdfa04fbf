"""Along the whole stretch, period by period: is it flat, and what do mix and segments do under it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.stretch_result import Stretch
from kapula.analyses.decompose.stretch_slopes import stretch_of
from kapula.analyses.decompose.units import Floats
from kapula.measures.engine.sums import Sums
from kapula.trends.periods import label_of, period_end

LEAST: Final = 8
"""Periods a stretch must have for a slope of its own."""
LEAST_ANSWERS: Final = 5
"""A period of fewer answers is left out: its figure is hardly one."""


def follow(asked: Asked, time: str, grain: str, timezone: str, margin: float) -> Stretch | None:
    """The stretch, or None with fewer than LEAST periods. With p̄_g a segment's share of the whole stretch, the figure at constant mix is
    Σ_g p̄_g m_gt; what the true figure has beside it is mix. A segment without answers in a period is taken at its own mean there."""
    request = replace(
        asked.request, table=asked.sides.whole, by=asked.segments, time=time, period=grain, timezone=timezone
    )
    states = {
        key: sums for key, sums in asked.kind.collect(request, asked.design).items() if key[-1] is not None and sums.n
    }
    starts = sorted({key[-1] for key in states})
    y, x, n, spread = _tables(states, starts)
    kept = n.sum(axis=0) >= LEAST_ANSWERS
    if kept.sum() < LEAST:
        return None
    y, x, n, starts = (
        y[:, kept],
        x[:, kept],
        n[:, kept],
        [start for start, keep in zip(starts, kept, strict=True) if keep],
    )
    labels = [label_of(start, grain) for start in starts]
    years = np.array(
        [
            (start.toordinal() + period_end(label, grain).toordinal()) / 2
            for start, label in zip(starts, labels, strict=True)
        ]
    )
    years = (years - years[0]) / 365.25
    own = y.sum(axis=1) / x.sum(axis=1)
    values = np.divide(y, x, out=np.repeat(own[:, None], len(starts), axis=1), where=x > 0)
    whole = y.sum(axis=0) / x.sum(axis=0)
    constant = (x.sum(axis=1) / x.sum()) @ values
    return stretch_of(asked, grain, labels, years, whole, constant, n.sum(axis=0), spread, margin)


def _tables(states: Mapping[Any, Sums], starts: list[Any]) -> tuple[Floats, Floats, Floats, float]:
    """Σy, Σx and n by segment and period, and the answers' variance."""
    keys = sorted({key[:-1] for key in states}, key=str)
    place = {key: row for row, key in enumerate(keys)}
    column = {start: number for number, start in enumerate(starts)}
    tables = np.zeros((3, len(keys), len(starts)))
    for key, sums in states.items():
        tables[:, place[key[:-1]], column[key[-1]]] = sums.y, sums.x, sums.n
    ordered = [
        states[key] for key in sorted(states, key=str)
    ]  # engines group in any order, and sums depend on it in their last bits
    spread = sum(sums.spread * sums.n for sums in ordered) / sum(sums.n for sums in ordered)
    return tables[0], tables[1], tables[2], float(spread)
