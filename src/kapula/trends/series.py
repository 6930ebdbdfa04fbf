"""One group's series: from figures by period to limits, signals and change points, within the stretches between hard
breaks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kapula.results import plain
from kapula.trends import changepoints, control, noise, rules
from kapula.trends.changepoints import ChangePoint, Segmentation
from kapula.trends.comparability import stretches
from kapula.trends.noise import Floats, Noise
from kapula.trends.results import Stretch, TrendPoint

MIN_PERIODS = 8
"""Fewer than this and limits say more about chance than about the process (Montgomery 6.2: 20 to be sure, provisional
before)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How trends are drawn. ``baseline``: how many full periods at the beginning of each stretch the limits rest on
    (None: all)."""

    ewma_weight: float = control.WEIGHT
    limit_width: float = control.WIDTH
    rules: tuple[str, ...] = rules.DEFAULT_RULES
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch as computed: ``at``: the indices (into the whole series) of its periods that have a figure."""

    left: int
    right: int
    at: NDArray[np.intp]
    values: Floats
    noise: Noise
    segmentation: Segmentation


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series with everything but its breaks and summary."""

    points: tuple[TrendPoint, ...]
    stretches: tuple[Stretch, ...]
    signals: tuple[rules.Signal, ...]
    changes: tuple[ChangePoint, ...]
    warnings: tuple[str, ...]


def split_up(points: Sequence[TrendPoint], errors: Floats, hard: Sequence[int], settings: Settings) -> tuple[Part, ...]:
    """The stretches of a series with their noise and change points. ``errors``: standard error of each period's figure,
    NaN when unknown. ``hard``: indices at which a stretch begins."""
    values = np.array([np.nan if point.row.value is None else point.row.value for point in points], dtype=float)
    sizes = np.array([point.row.n_effective for point in points], dtype=float)
    full = np.array([point.full for point in points], dtype=bool)
    parts = []
    for left, right in stretches(len(points), hard):
        part = slice(left, right)
        used = full[part] & np.isfinite(values[part])
        if not used.any():
            used = np.isfinite(values[part])
        base = used & (np.cumsum(used) <= settings.baseline) if settings.baseline else used
        found = noise.estimate(values[part], errors[part], sizes[part], base)
        at = np.flatnonzero(used)
        segmentation = Segmentation((), 1.0)
        if len(at) >= changepoints.MIN_PERIODS:
            whole = noise.estimate(values[part], errors[part], sizes[part], used)
            segmentation = changepoints.find(values[part][at], whole.sigma[at], known=whole.dispersion is not None)
        parts.append(Part(left, right, left + at, values[part], found, segmentation))
    return tuple(parts)


def draw(
    points: Sequence[TrendPoint],
    parts: Sequence[Part],
    settings: Settings,
    bounds: tuple[float, float] | None,
    *,
    trusted: bool,
) -> Drawn:
    """Limits, signals and change points of all stretches. ``trusted``: the series kept its change points after
    correction over the whole scan. ``bounds``: the possible range, to which drawn limits are cut.

    After a change point the limits stand around the new level (unless they rest on a baseline), so that signals tell
    what differs from how things are now.
    """
    labels = [point.row.period or "" for point in points]
    drawn: list[TrendPoint] = []
    lines: list[Stretch] = []
    signals: list[rules.Signal] = []
    changes: list[ChangePoint] = []
    for number, part in enumerate(parts):
        found = part.segmentation.changes if trusted else ()
        changes.extend(_in_words(change, part, labels) for change in found)
        segments = _segments(part, () if settings.baseline else found)
        lines.append(_stretch(part, labels[part.left : part.right], segments))
        for left, right, centre in segments:
            charts = _charts(part, slice(left, right), centre, settings)
            names = labels[part.left + left : part.left + right]
            for chart in charts:
                chosen = settings.rules if chart.name == "individuals" else rules.SMOOTHED_RULES
                signals.extend(rules.signals(chart.name, names, chart.standardised(), settings.limit_width, chosen))
            level = centre if len(part.at) >= MIN_PERIODS else None
            inside = points[part.left + left : part.left + right]
            drawn.extend(_point(point, number, level, charts, at, bounds) for at, point in enumerate(inside))
    order = {label: index for index, label in enumerate(labels)}
    signals.sort(key=lambda signal: (order[signal.period], signal.chart))
    warnings = dict.fromkeys(code for line in lines for code in line.warnings)
    return Drawn(tuple(drawn), tuple(lines), tuple(signals), tuple(changes), tuple(warnings))


def _segments(part: Part, changes: Sequence[changepoints.Change]) -> list[tuple[int, int, float]]:
    """Half-open index ranges within the stretch, each with its level."""
    starts = [0, *(int(part.at[change.at]) - part.left for change in changes), part.right - part.left]
    levels = [part.noise.centre, *(change.after for change in changes)]
    if changes:
        levels[0] = changes[0].before
    return [(left, right, level) for (left, right), level in zip(itertools.pairwise(starts), levels, strict=True)]


def _stretch(part: Part, names: Sequence[str], segments: Sequence[tuple[int, int, float]]) -> Stretch:
    """How the limits were made. Autocorrelation is that around the levels: a shift of level is not taken for it."""
    around = part.values.copy()
    for left, right, level in segments:
        around[left:right] -= level
    sigma = part.noise.sigma
    at = part.at - part.left
    correlation, sure = noise.autocorrelation((around / np.where(sigma > 0, sigma, 1.0))[at])
    warnings = ["too_few_periods"] * (len(at) < MIN_PERIODS) + ["autocorrelated"] * sure
    centre = plain(segments[-1][2])
    return Stretch(names[0], names[-1], centre, part.noise.dispersion, correlation, tuple(warnings))


def _charts(part: Part, inside: slice, centre: float, settings: Settings) -> tuple[control.Chart, ...]:
    sigma = part.noise.sigma
    if len(part.at) < MIN_PERIODS or not (sigma[np.isfinite(sigma)] > 0).any():
        return ()
    around = replace(part.noise, centre=centre, sigma=sigma[inside])
    return (
        control.individuals(part.values[inside], around, settings.limit_width),
        control.ewma(part.values[inside], around, settings.ewma_weight, settings.limit_width),
    )


def _in_words(change: changepoints.Change, part: Part, labels: Sequence[str]) -> ChangePoint:
    names = [labels[index] for index in part.at]
    return ChangePoint(
        period=names[change.at],
        last_before=names[change.at - 1],
        low=names[change.low],
        high=names[change.high],
        value_before=change.before,
        value_after=change.after,
        p=change.p,
        f=change.f,
    )


def _point(
    point: TrendPoint,
    stretch: int,
    level: float | None,
    charts: Sequence[control.Chart],
    index: int,
    bounds: tuple[float, float] | None,
) -> TrendPoint:
    """The point with its place in the stretch, its level and its limits."""
    placed = replace(point, stretch=stretch, level=plain(level))
    if not charts or point.row.value is None:
        return placed
    single, smooth = charts
    least, most = bounds or (-np.inf, np.inf)
    return replace(
        placed,
        centre=plain(single.centre),
        limit_low=plain(max(least, float(single.low[index]))),
        limit_high=plain(min(most, float(single.high[index]))),
        ewma=plain(float(smooth.statistic[index])),
        ewma_low=plain(max(least, float(smooth.low[index]))),
        ewma_high=plain(min(most, float(smooth.high[index]))),
    )
