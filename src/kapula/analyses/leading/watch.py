"""A true leader as a warning: the level of its recent values that pays, and how it would have done.

A *bad period* of a unit is one in the worst share of its own earlier figures. A warning costs 1 when none follows,
a bad period that came
unwarned costs ``miss_cost``. For each stretch of the back-test the level with the least cost so far is used on what follows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.alarms import Alarm
from kapula.analyses.leading.heights import LEAST, bad_periods, heights_of, moved_on, paying_level
from kapula.analyses.leading.raw import Raw
from kapula.analyses.leading.tally import Counts, Rules, told
from kapula.analyses.leading.validation import origins

Floats = NDArray[np.float64]


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
    counts, periods = Counts(), outcome.shape[1]
    for start, end in origins(periods, LEAST + lag):
        level = paying_level(signal, outcome, lag, start, differenced, rules)
        bad = bad_periods(outcome, start, differenced, rules.event)
        heights = heights_of(signal, start, differenced)
        warned, known = moved_on(heights, lag), np.isfinite(outcome)
        use = np.isfinite(warned) & known & np.isfinite(bad)
        use[:, :start] = False
        use[:, end:] = False
        counts.add((warned > level)[use], (bad > 0)[use])
    level = paying_level(signal, outcome, lag, periods, differenced, rules)
    alarms = _alarms(signal, side, level, differenced, names, labels) if np.isfinite(level) else ()
    return {"side": "above" if side > 0 else "below", "pays": bool(np.isfinite(level)), **told(counts, rules)}, alarms


def _alarms(
    signal: Floats, side: float, level: float, differenced: bool, names: tuple[Any, ...], labels: tuple[Any, ...]
) -> tuple[Alarm, ...]:
    """Each unit's level in the candidate's own figures, against its latest one."""
    found = []
    for unit, row in enumerate(signal):
        seen = np.flatnonzero(np.isfinite(row))
        if len(seen) < LEAST:
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
