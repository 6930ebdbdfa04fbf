"""Along the whole stretch, period by period: is it flat, and what do mix and segments do under it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.decompose.results import Part, Stretch
from kapula.analyses.decompose.settings import Asked
from kapula.analyses.decompose.units import Floats
from kapula.measures.engine.sums import Sums
from kapula.statistics.line import Line, line, slope_of
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
    return _stretch(asked, grain, labels, years, whole, constant, n.sum(axis=0), spread, margin)


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


def _stretch(
    asked: Asked,
    grain: str,
    labels: list[str],
    years: Floats,
    whole: Floats,
    constant: Floats,
    n: Floats,
    spread: float,
    margin: float,
) -> Stretch:
    level, length = asked.design.level, float(years[-1])
    variance = asked.factor**2 * max(spread, 1e-12) / n
    figures = {"total": asked.factor * whole, "within": asked.factor * constant}
    figures["mix"] = figures["total"] - figures["within"]
    lines = {name: line(years, values, variance) for name, values in figures.items()}
    total = lines["total"]
    parts = {name: _part(slope_of(years, values, total), lines[name], level, 1.0) for name, values in figures.items()}
    low, high = total.interval(2 * level - 1)
    points = tuple(
        {
            "period": label,
            "value": asked.figure(float(one)),
            "constant_mix": asked.figure(float(other)),
            "n": int(count),
        }
        for label, one, other, count in zip(labels, whole, constant, n, strict=True)
    )
    return Stretch(
        grain=grain, first=labels[0], last=labels[-1], periods=len(labels), years=length, points=points,
        total=parts["total"], within=parts["within"], mix=parts["mix"], change=_part(total.slope, total, level, length),
        flat=-margin < low * length and high * length < margin, warnings=("autocorrelated",) if total.rho > 0.3 else (),
    )  # fmt: skip


def _part(slope: float, found: Line, level: float, length: float) -> Part:
    """The slope with the interval of its own line. The parts' slopes are by the total's weights, so that they add up."""
    low, high = found.interval(level)
    moved = slope - found.slope
    return Part(length * slope, length * (low + moved), length * (high + moved), found.p)
