"""The importance–performance map: each driver's share against how well it does, a quadrant only when both sides are sure.

Performance is the mean as 0–100 of the declared scale; a group's is the mean of its columns'. Both axes are cut at the average driver,
and the interval is that of the difference from the average, from the same resamples.

Source: Martilla & James (1977), Journal of Marketing 41(1), 77–79.
"""

from __future__ import annotations

import numpy as np

from kapula.analyses.drivers.expanded import tails
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales
from kapula.analyses.drivers.share import Performance

QUADRANTS = {
    (True, False): "improve",
    (True, True): "keep",
    (False, False): "low_priority",
    (False, True): "beyond_need",
}
"""(matters more than the average driver, does better than it) → code."""


def performances(
    means: Floats, shares: Floats, sample: Sample, asked: Question, scales: Scales, ends: tuple[float, float]
) -> dict[str, Performance]:
    """``means``: (columns, 1 + resamples) of standardised columns, ``shares``: (players, 1 + resamples); the data itself first. ``ends``:
    percentiles for the shares; a mean, which takes one parameter, has its own."""
    known = [place for place, player in enumerate(asked.players) if player.name in scales]
    if not known:
        return {}
    values = np.array([_percent(means, sample, asked, place, scales) for place in known])
    own = tails(asked.level, sample.units, 0)
    better = _side(values - values.mean(axis=0), own)
    weightier = _side(shares[known] - shares[known].mean(axis=0), ends)
    found: dict[str, Performance] = {}
    for row, place in enumerate(known):
        low, high = np.quantile(values[row, 1:], own).tolist() if values.shape[1] > 1 else (None, None)
        sides = (weightier[row], better[row])
        quadrant = None if None in sides or len(known) < 2 else QUADRANTS[bool(sides[0]), bool(sides[1])]
        found[asked.players[place].name] = Performance(float(values[row, 0]), low, high, quadrant)
    return found


def _percent(means: Floats, sample: Sample, asked: Question, place: int, scales: Scales) -> Floats:
    player = asked.players[place]
    low, high = scales[player.name]
    own = [sample.names.index(column) for column in player.columns]
    raw = means[own] * sample.standard.spread[own, None] + sample.standard.centre[own, None]
    value: Floats = 100 * (raw.mean(axis=0) - low) / (high - low)
    return value


def _side(difference: Floats, ends: tuple[float, float]) -> list[bool | None]:
    """Above the average (True), below it (False), or not surely either (None)."""
    if difference.shape[1] < 2:
        return [None] * len(difference)
    low, high = np.quantile(difference[:, 1:], ends, axis=1)
    return [True if least > 0 else False if most < 0 else None for least, most in zip(low, high, strict=True)]
