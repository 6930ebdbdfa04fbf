"""The importance–performance map: each driver's share against how well it does, a quadrant only when both sides are sure.

Performance is the mean as 0–100 of the declared scale; a group's is the mean of its columns'. Both axes are cut at the average driver,
and the interval is that of the difference from the average, from the same resamples.

Source: Martilla & James (1977), Journal of Marketing 41(1), 77–79.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.request import Question, refused
from kapula.analyses.drivers.results import Performance
from kapula.analyses.drivers.sample import Sample
from kapula.errors import OffScaleError

Scales = Mapping[str, tuple[float, float]]
QUADRANTS = {
    (True, False): "improve",
    (True, True): "keep",
    (False, False): "low_priority",
    (False, True): "beyond_need",
}
"""(matters more than the average driver, does better than it) → code."""


def scales_of(scale: Any, asked: Question) -> Scales:
    """Driver → (low, high). One pair is everyone's; a mapping may leave drivers out."""
    if scale is None:
        return {}
    names = [player.name for player in asked.players]
    given = dict(scale) if isinstance(scale, Mapping) else dict.fromkeys(names, scale)
    unknown = [name for name in given if name not in names]
    if unknown:
        raise refused("scale", f"{unknown[0]!r} is not a driver.", f"The drivers are: {', '.join(names)}.", unknown)
    for name, ends in given.items():
        pair = tuple(ends) if isinstance(ends, tuple | list) else ()
        if len(pair) != 2 or not pair[0] < pair[1]:
            raise refused(
                "scale", f"The scale of {name!r} is not (low, high).", "Give the ends, as in (1, 5).", str(ends)
            )
    return {name: (float(ends[0]), float(ends[1])) for name, ends in given.items()}


def check_scales(sample: Sample, asked: Question, scales: Scales) -> None:
    """Raises :class:`OffScaleError` for an answer off its driver's scale."""
    for player in asked.players:
        for column in player.columns if player.name in scales else ():
            place, (low, high) = sample.names.index(column), scales[player.name]
            off = [float(end) for end in (sample.least[place], sample.most[place]) if not low <= end <= high]
            if off and sample.n:
                raise OffScaleError(
                    f"The column {column!r} has answers off the scale {low:g}…{high:g}: {off[0]:g}.",
                    hint="Declare the scale it has, or leave those answers blank.",
                    column=column, scale={"low": low, "high": high}, values={f"{end:g}": None for end in off}, count=None,
                )  # fmt: skip


def performances(
    means: Floats, shares: Floats, sample: Sample, asked: Question, scales: Scales, ends: tuple[float, float]
) -> dict[str, Performance]:
    """``means``: (columns, 1 + resamples) of standardised columns, ``shares``: (players, 1 + resamples); the data itself first."""
    known = [place for place, player in enumerate(asked.players) if player.name in scales]
    if not known:
        return {}
    values = np.array([_percent(means, sample, asked, place, scales) for place in known])
    better = _side(values - values.mean(axis=0), ends)
    weightier = _side(shares[known] - shares[known].mean(axis=0), ends)
    found: dict[str, Performance] = {}
    for row, place in enumerate(known):
        low, high = np.quantile(values[row, 1:], ends).tolist() if values.shape[1] > 1 else (None, None)
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
