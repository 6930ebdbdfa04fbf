"""The scan's slopes corrected together, and what the units' levels add to change over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kapula.analyses.linkage.effects import Effect, Slope
from kapula.analyses.linkage.parts import Within
from kapula.analyses.linkage.robust import Estimate, of
from kapula.statistics.differences import benjamini_hochberg


def corrected(found: Sequence[tuple[Any, int, Within, Estimate | None]], level: float) -> tuple[Effect, ...]:
    """Each touchpoint at each lag, with its q."""
    firsts = {touchpoint: place for place, (touchpoint, *_) in reversed(list(enumerate(found)))}
    q_within = benjamini_hochberg([_p(one.estimate) for *_, one, _ in found])
    q_beside = benjamini_hochberg([_p(one.beside) for *_, one, _ in found])
    q_apart = benjamini_hochberg([_p(found[place][3]) for place in firsts.values()])
    q_between = dict(zip(firsts, q_apart, strict=True))
    return tuple(
        Effect(
            touchpoint,
            lag,
            _slope(one.estimate, q_within[place], level),
            _slope(one.beside, q_beside[place], level),
            _slope(apart, q_between[touchpoint], level),
            _contextual(one.estimate, apart, level),
            one.scope,
            one.units,
            one.cells,
            one.answers,
        )
        for place, (touchpoint, lag, one, apart) in enumerate(found)
    )


def _p(one: Estimate | None) -> float | None:
    return None if one is None else one.p


def _slope(one: Estimate | None, q: float | None, level: float) -> Slope | None:
    return None if one is None else Slope(one, q, q is not None and q <= 1 - level)


def _contextual(inside: Estimate | None, apart: Estimate | None, level: float) -> Slope | None:
    """Between − within. The two are orthogonal, so variances add; the fewer degrees of freedom count."""
    if inside is None or apart is None:
        return None
    error = math.hypot(inside.se, apart.se)
    found = of(apart.value - inside.value, error, min(inside.df, apart.df), level)
    return Slope(found, None, found.p <= 1 - level)
