"""One segment's panel as groups of candidates, and their scans."""

from __future__ import annotations

from dataclasses import dataclass, field

from kapula.analyses.leading.comparable import comparisons
from kapula.analyses.leading.deterministic import basis
from kapula.analyses.leading.panel import Panel
from kapula.analyses.leading.prepare import Group, groups
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.scores import Scan, scan
from kapula.analyses.leading.seasons import season_of
from kapula.analyses.leading.validation import FOLDS

STEPS = FOLDS + 2
"""Steps of progress a group takes."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A group with its scans: ``forward`` at lags 0, 1, … max; ``backward`` at the lags of leads."""

    group: Group
    forward: Scan
    backward: Scan


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
