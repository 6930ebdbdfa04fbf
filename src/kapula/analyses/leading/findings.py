"""Everything that is computed of one segment's panel, as arrays over its candidates."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.contract import Progress
from kapula.analyses.leading.deterministic import basis
from kapula.analyses.leading.effect import Effects, effects
from kapula.analyses.leading.panel import Panel
from kapula.analyses.leading.prepare import Group, comparisons, groups
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.scores import Scan, scan
from kapula.analyses.leading.seasons import season_of
from kapula.analyses.leading.validation import FOLDS, Gains, gains, rolled
from kapula.analyses.leading.wald import PanelTest, panel_test, walds

Floats = NDArray[np.float64]

STEPS = FOLDS + 2
"""Steps of progress a group takes."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A group with its scans: ``forward`` at lags 0, 1, … max; ``backward`` at the lags of leads."""

    group: Group
    forward: Scan
    backward: Scan


@dataclass(frozen=True, slots=True)
class Validated:
    """For each candidate of a group, at its best ``lag``."""

    lag: NDArray[np.int64]
    gains: Gains
    effects: Effects
    deviation: Floats
    granger: list[dict[str, PanelTest | None]]


@dataclass(slots=True)
class Part:
    """One segment: its panel as counted (``panel``) and as given (``whole``), its season, and its groups."""

    panel: Panel
    whole: Panel
    season: float | None
    groups: list[Group] = field(default_factory=list)
    scanned: list[Scanned] = field(default_factory=list)


def part_of(panel: Panel, whole: Panel, request: Request) -> Part:
    season = season_of(panel.target, panel.grid.grain, request.season, request.window)
    if season is not None and basis(len(panel.grid.labels), season).shape[1] == 2:
        season = None  # two of them do not fit in
    part = Part(panel, whole, season)
    for raw in comparisons(panel.target, panel.candidates, panel.n):
        part.groups += groups(raw, season)
    return part


def scanned(group: Group, request: Request) -> Scanned:
    both = (group.leaders, group.leader_memory), (group.target, group.target_memory)
    (x, x_memory), (y, y_memory) = both
    forward = scan(x, y, x_memory, y_memory, group.weights, range(0, request.lags[-1] + 1))
    backward = scan(y, x, y_memory, x_memory, group.weights, request.lags)
    return Scanned(group, forward, backward)


def validated(one: Scanned, lag: NDArray[np.int64], request: Request, progress: Progress) -> Validated:
    group = one.group
    losses = rolled(group, request.lags, request.horizon, progress)
    seen = np.isfinite(group.leaders)
    squares = (np.where(seen, group.leaders, 0.0) ** 2).sum(axis=(1, 2)) / np.maximum(seen.sum(axis=(1, 2)), 1)
    return Validated(
        lag=lag,
        gains=gains(losses, request.level, request.horizon - 1),
        effects=effects(group, lag, request.level),
        deviation=np.sqrt(squares),
        granger=_granger(group, lag),
    )


def _granger(group: Group, lag: NDArray[np.int64]) -> list[dict[str, PanelTest | None]]:
    """Dumitrescu and Hurlin's test of each candidate, both ways, with as many lags as its own lag."""
    found: list[dict[str, PanelTest | None]] = [{} for _ in lag]
    for order in np.unique(np.maximum(lag, 1)):
        who = np.flatnonzero(np.maximum(lag, 1) == order)
        x = group.leaders[who]
        for way, tests in (
            ("forward", walds(group.target, x, int(order))),
            ("backward", walds(x, group.target, int(order))),
        ):
            for place, one in enumerate(who):
                unit_tests = type(tests)(tests.wald[place], tests.spare[place], tests.order)
                found[one][way] = panel_test(unit_tests)
    return found
