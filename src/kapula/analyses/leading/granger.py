"""Granger's test as textbooks have it: one candidate, a given order, levels or changes as asked, both ways."""

from __future__ import annotations

from typing import Any

import numpy as np

from kapula.analyses.leading.deterministic import differences
from kapula.analyses.leading.directions import Direction, GrangerResult
from kapula.analyses.leading.panel import panels
from kapula.analyses.leading.paneltest import panel_test
from kapula.analyses.leading.request import request
from kapula.analyses.leading.wald import walds
from kapula.errors import ParameterError


def granger(
    table: Any, *, time: str, target: str, candidate: str, unit: str | None = None, order: int = 1, difference: bool = False,
    period: str | None = None, timezone: str = "UTC", weight: str | None = None, filters: Any = None,
) -> GrangerResult:  # fmt: skip
    """Does the past of ``candidate`` say more of ``target`` than the target's own past does, and the other way round?

    For each unit y = c + Σ aᵢy₋ᵢ + Σ bᵢx₋ᵢ with ``order`` lags of both and F of b = 0; over units Dumitrescu and
    Hurlin's Z̄ and Z̃.
    Nothing is taken out but, with ``difference``, the unit root: on levels that wander the F does not have its law.
    :func:`kapula.leading` sees to that by itself. Raises as :func:`kapula.leading` does.
    """
    if isinstance(order, bool) or not isinstance(order, int) or not 1 <= order <= 52:
        raise ParameterError(
            f"order = {order!r} cannot be used.",
            hint="Give a whole number from 1 to 52.",
            parameter="order",
            value=order,
        )
    asked = request(
        target=target, candidates=[candidate], unit=unit, time=time, segment=None, weight=weight, filters=filters,
        period=period,
        timezone=timezone, max_lag=order, horizon=1, window=1, season=0, dependent=False, q=0.05, level=0.95, bad="low",
        miss_cost=1.0, event=0.2,
    )  # fmt: skip
    (panel,) = panels(table, asked)
    y, x = panel.target, panel.candidates[0]
    if difference:
        y, x = differences(y), differences(x)
    pairs = ((candidate, target, y, x), (target, candidate, x, y))
    found = []
    for cause, effect, now, before in pairs:
        tests = walds(now, before, order)
        found.append(Direction(cause, effect, panel.units, tests, panel_test(tests)))
    return GrangerResult(order, difference, int((np.isfinite(y) & np.isfinite(x)).sum()), found[0], found[1])
