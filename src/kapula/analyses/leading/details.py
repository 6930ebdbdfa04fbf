"""The parts of a candidate's row: what it was compared with, its lags, the other direction, and its warnings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.evidence import Reverse, Step
from kapula.analyses.leading.findings import Part, Scanned
from kapula.analyses.leading.lead import SINGLE, TOGETHER, WITHIN
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.scores import Scan

Floats = NDArray[np.float64]


def compared_with(part: Part, one: Scanned) -> str:
    if len(part.panel.units) == 1:
        return SINGLE
    return WITHIN if len(one.group.raw.target) > 1 else TOGETHER


def reverse_of(back: Scan, row: int, q: Floats, request: Request) -> Reverse:
    best = int(np.argmin(back.p[row]))
    return Reverse(
        request.lags[best] * request.window, float(q[best]), float(back.t[row, best]), bool(q[best] <= request.q)
    )


def profile_of(forward: Scan, row: int, q: Floats, request: Request) -> tuple[Step, ...]:
    steps = []
    for lag in range(forward.t.shape[1]):
        place = lag - request.lags[0]
        figures = float(forward.t[row, lag]), float(forward.p[row, lag])
        steps.append(
            Step(lag * request.window, *figures, float(q[place]) if place >= 0 else None, int(forward.n[row, lag]))
        )
    return tuple(steps)


def warnings_about(part: Part, one: Scanned, row: int, reverse: Reverse, first: bool) -> tuple[str, ...]:
    found = []
    seen = np.isfinite(one.group.raw.candidates[row])
    if not seen.all():
        found.append("mostly_missing" if seen.mean() < 0.5 else "gaps")
    if one.group.differenced:
        found.append("wandering")
    if reverse.found:
        found.append("moves_both_ways" if first else "moves_after")
    return tuple(found)
