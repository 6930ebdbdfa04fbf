"""How many answers it would take to say it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from kapula.analyses.decompose.part import Part
from kapula.statistics.laws import t_quantile

LEAST: Final = 30
"""Independent answers (or customers) that each period must have."""


def needed(n: int, narrow: Mapping[str, Part], margin: float, alpha: float) -> int:
    """Answers with which a change of nothing would be called flat nine times in ten: n (2 z_{1−α} / (z_{1−α} … the half-width now))² in the
    worst of total and within, at least one more than there are."""
    z = t_quantile(1 - alpha, math.inf)
    widths = [(part.high - part.low) / 2 for part in narrow.values() if part.low is not None and part.high is not None]
    if not widths or margin <= 0:
        return n + 2 * LEAST
    aim = margin * z / (z + t_quantile(0.95, math.inf))
    return max(n + 1, math.ceil(n * (max(widths) / aim) ** 2))


def least_needed(units: Sequence[int], n: int) -> int:
    """Answers in all with which each period has LEAST units, at the present number of answers a unit."""
    have = sum(units)
    short = sum(max(0, LEAST - count) for count in units)
    return n + math.ceil(short * (n / have if have else 1.0))
