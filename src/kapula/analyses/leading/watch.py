"""A true leader as a warning: the level of its recent values that pays, and how it would have done.

A *bad period* of a unit is one in the worst share of its own earlier figures. A warning costs 1 when none follows,
a bad period that came
unwarned costs ``miss_cost``. For each stretch of the back-test the level with the least cost so far is used on what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.calendar import YEAR
from kapula.analyses.leading.prepare import Raw
from kapula.analyses.leading.results import Alarm, Together
from kapula.analyses.leading.validation import origins

Floats = NDArray[np.float64]

TRIED = np.linspace(0.5, 0.99, 50)
"""Shares of the candidate's earlier figures that levels are tried at."""
_LEAST = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """``bad``: "low" or "high" figures of the target are bad; ``event``: the share that counts as bad;
    ``miss_cost``: in false alarms;
    ``window``: how many periods of the ``grain`` a counted one is."""

    bad: str
    event: float
    miss_cost: float
    grain: str
    window: int


@dataclass(slots=True)
class _Counts:
    hits: int = 0
    false: int = 0
    missed: int = 0
    quiet: int = 0

    def add(self, warned: NDArray[np.bool_], bad: NDArray[np.bool_]) -> None:
        self.hits += int((warned & bad).sum())
        self.false += int((warned & ~bad).sum())
        self.missed += int((~warned & bad).sum())
        self.quiet += int((~warned & ~bad).sum())

    @property
    def total(self) -> int:
        return self.hits + self.false + self.missed + self.quiet


def watched(
    raw: Raw,
    place: int,
    lag: int,
    rising: bool,
    differenced: bool,
    rules: Rules,
    names: tuple[Any, ...],
    labels: tuple[Any, ...],
) -> tuple[dict[str, Any], tuple[Alarm, ...]]:
    """The back-test's figures and the levels of today. ``rising``: a higher candidate goes before a higher target;
    ``place``: the candidate's row."""
    worse = -1.0 if rules.bad == "low" else 1.0
    side = worse if rising else -worse
    signal, outcome = side * raw.candidates[place], worse * raw.target
    counts, periods = _Counts(), outcome.shape[1]
    for start, end in origins(periods, _LEAST + lag):
        level = _level(signal, outcome, lag, start, differenced, rules)
        bad = _bad(outcome, start, differenced, rules.event)
        heights = _heights(signal, start, differenced)
        warned, known = _ahead(heights, lag), np.isfinite(outcome)
        use = np.isfinite(warned) & known & np.isfinite(bad)
        use[:, :start] = False
        use[:, end:] = False
        counts.add((warned > level)[use], (bad > 0)[use])
    level = _level(signal, outcome, lag, periods, differenced, rules)
    alarms = _alarms(signal, side, level, differenced, names, labels) if np.isfinite(level) else ()
    return {"side": "above" if side > 0 else "below", "pays": bool(np.isfinite(level)), **_told(counts, rules)}, alarms


def _heights(signal: Floats, known: int, differenced: bool) -> Floats:
    """The signal above its unit's mean before ``known``; or its change, where it has no level to come back to."""
    if differenced:
        return np.concatenate([np.full((len(signal), 1), np.nan), np.diff(signal, axis=1)], axis=1)
    early = np.isfinite(signal[:, :known])
    count = early.sum(axis=1)
    mean = np.where(early, signal[:, :known], 0.0).sum(axis=1) / np.maximum(count, 1)
    return np.where(count[:, None] >= _LEAST, signal - mean[:, None], np.nan)


def _bad(outcome: Floats, known: int, differenced: bool, share: float) -> Floats:
    """1 in a bad period, 0 in another, NaN where it cannot be said."""
    heights = _heights(outcome, known, differenced)
    found = np.full(outcome.shape, np.nan)
    for unit, row in enumerate(heights):
        early = row[:known][np.isfinite(row[:known])]
        if len(early) >= _LEAST:
            found[unit] = np.where(np.isfinite(row), row > np.quantile(early, 1 - share), np.nan)
    return found


def _ahead(values: Floats, lag: int) -> Floats:
    found = np.full(values.shape, np.nan)
    found[:, lag:] = values[:, : values.shape[1] - lag]
    return found


def _level(signal: Floats, outcome: Floats, lag: int, known: int, differenced: bool, rules: Rules) -> float:
    """The height with the least cost on the periods before ``known``; infinite when never warning costs no more."""
    warned = _ahead(_heights(signal, known, differenced), lag)[:, :known]
    bad = _bad(outcome, known, differenced, rules.event)[:, :known]
    use = np.isfinite(warned) & np.isfinite(bad)
    heights, events = warned[use], bad[use] > 0
    if len(heights) < 2 * _LEAST or not events.any():
        return float("inf")
    tried = np.unique(np.quantile(heights, TRIED))
    alarms = heights[None, :] > tried[:, None]
    cost = (alarms & ~events).sum(axis=1) + rules.miss_cost * (~alarms & events).sum(axis=1)
    best = int(cost.argmin())
    return float(tried[best]) if cost[best] < rules.miss_cost * events.sum() else float("inf")


def _alarms(
    signal: Floats, side: float, level: float, differenced: bool, names: tuple[Any, ...], labels: tuple[Any, ...]
) -> tuple[Alarm, ...]:
    """Each unit's level in the candidate's own figures, against its latest one."""
    found = []
    for unit, row in enumerate(signal):
        seen = np.flatnonzero(np.isfinite(row))
        if len(seen) < _LEAST:
            continue
        last = int(seen[-1])
        base = row[seen[-2]] if differenced else row[seen].mean()
        found.append(
            Alarm(
                names[unit],
                side * (base + level),
                side * float(row[last]),
                labels[last],
                bool(row[last] > base + level),
            )
        )
    return tuple(found)


def _told(counts: _Counts, rules: Rules) -> dict[str, Any]:
    alarms, events, total = counts.hits + counts.false, counts.hits + counts.missed, counts.total
    year = YEAR.get(rules.grain)
    cost = counts.false + rules.miss_cost * counts.missed
    return {
        "periods": total,
        "events": events,
        "alarms": alarms,
        "hits": counts.hits,
        "false_alarms": counts.false,
        "missed": counts.missed,
        "precision": counts.hits / alarms if alarms else None,
        "caught": counts.hits / events if events else None,
        "false_per_year": counts.false / total * year / rules.window if year and total else None,
        "cost": cost / total if total else None,
        "cost_silent": rules.miss_cost * events / total if total else None,
    }


def side_by_side(raw: Raw, place: int, lag: int, labels: tuple[Any, ...]) -> tuple[Together, ...]:
    """The target and the candidate ``lag`` periods before, over the units: for the eye, with nothing but levels taken out."""
    target, leader = (_usual(one) for one in (raw.target, raw.candidates[place]))
    shifted = np.concatenate([np.full(lag, np.nan), leader[: len(leader) - lag]])
    return tuple(
        Together(label, *(float(x) if np.isfinite(x) else None for x in pair))
        for label, pair in zip(labels, zip(target, shifted, strict=True), strict=True)
    )


def _usual(values: Floats) -> Floats:
    seen = np.isfinite(values)
    own = np.where(seen, values - _mean(values, seen, 1), 0.0)
    count = seen.sum(axis=0)
    found = np.where(count > 0, own.sum(axis=0) / np.maximum(count, 1), np.nan)
    spread = float(np.sqrt(np.nanmean(found**2))) if np.isfinite(found).any() else 0.0
    return found / spread if spread > 0 else found


def _mean(values: Floats, seen: NDArray[np.bool_], axis: int) -> Floats:
    count = np.maximum(seen.sum(axis=axis, keepdims=True), 1)
    return np.asarray(np.where(seen, values, 0.0).sum(axis=axis, keepdims=True) / count)
