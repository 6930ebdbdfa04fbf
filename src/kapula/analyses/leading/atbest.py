"""What is computed of each candidate at its best lag: the forecast's gain, the effect, and Granger's tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.contract import Progress
from kapula.analyses.leading.effect import Effects, effects
from kapula.analyses.leading.findings import Scanned
from kapula.analyses.leading.gains import Gains, gains
from kapula.analyses.leading.paneltest import PanelTest, panel_test
from kapula.analyses.leading.prepare import Group
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.validation import rolled
from kapula.analyses.leading.wald import walds

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Validated:
    """For each candidate of a group, at its best ``lag``."""

    lag: NDArray[np.int64]
    gains: Gains
    effects: Effects
    deviation: Floats
    granger: list[dict[str, PanelTest | None]]


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
