"""What is told beside the answer: rows set aside, warnings, and the method."""

from __future__ import annotations

from typing import Any

import numpy as np

from kapula.analyses.leading.findings import Part
from kapula.analyses.leading.panel import Panel
from kapula.analyses.leading.raw import blank, constant
from kapula.analyses.leading.request import Request

SPARSE = 1 / 3
"""With figures in a smaller share of the periods from the first to the last, a stray date is likelier than gaps."""


def set_aside_of(given: list[Panel]) -> dict[str, int]:
    return {
        "rows_without_unit_or_time": sum(panel.set_aside for panel in given),
        "cells_of_several_rows": sum(panel.averaged for panel in given),
        "cells_without_target": sum(int((~np.isfinite(panel.target)).sum()) for panel in given),
    }


def gathered_of(given: list[Panel]) -> list[str]:
    """The code that tells of periods nobody named."""
    return ["period_chosen"] if any(panel.grid.chosen for panel in given) else []


def warnings_of(parts: list[Part], asked: Request) -> list[str]:
    found = gathered_of([part.whole for part in parts])
    if any(len(part.panel.units) == 1 for part in parts):
        found.append("single_series")
    if any((constant(part.panel.candidates) & ~blank(part.panel.candidates)).any() for part in parts):
        found.append("constant")
    if any(part.whole.periods < SPARSE * len(part.whole.grid.labels) for part in parts):
        found.append("far_apart")
    if any(not np.isfinite(part.panel.target).all() for part in parts):
        found.append("gaps")
    if any(part.whole.averaged for part in parts):
        found.append("rows_averaged")
    if any(group.differenced for part in parts for group in part.groups):
        found.append("wandering")
    if asked.window > 1:
        found.append("windows_thinned")
    return found


def method_of(parts: list[Part], asked: Request) -> dict[str, Any]:
    return {
        "max_lag": asked.max_lag,
        "horizon": asked.horizon,
        "window": asked.window,
        "season": next((part.season for part in parts), None),
        "period": parts[0].panel.grid.grain if parts else asked.period,
        "correction": "benjamini_yekutieli" if asked.dependent else "benjamini_hochberg",
        "q": asked.q,
        "level": asked.level,
        "scan": "prewhitened_and_given_the_past",
        "gain": "rolling_origin_clark_west",
        "units": sorted({len(part.panel.units) for part in parts}),
        "bad": asked.bad,
        "miss_cost": asked.miss_cost,
        "event": asked.event,
    }
