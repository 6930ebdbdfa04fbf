"""What drift and performance together say, and in how many periods more could be said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.expectations.slopes import Slopes
from kapula.statistics.holm import holm
from kapula.statistics.laws import t_quantile

VERDICTS: Final[Mapping[str, str]] = {
    "rising": "The score falls at the same performance and mix, as when expectations rise.",
    "falling": "The score rises at the same performance and mix, as when expectations fall.",
    "performance_fell": "The score falls with the performance; at the same performance no sure change.",
    "none": "At the same performance the score is flat: the drift is surely smaller than the margin.",
    "unclear": "Neither a sure drift nor surely none.",
    NOT_ENOUGH: "Nothing can be said: too few answers or periods, one score only, or a performance that differs between periods only.",
}


def verdict_of(steep: Slopes, margin: float, alpha: float) -> str:
    """Drift and performance are tested together by Holm's correction, so that the verdicts' false alarms stay nominal in all."""
    drift, performance, total = (steep.parts[name] for name in ("drift", "performance", "total"))
    passed = holm([drift.p, performance.p], alpha)
    narrow = steep.narrow
    flat = narrow.low is not None and narrow.high is not None and -margin < narrow.low and narrow.high < margin
    if drift.sure and passed[0] and not flat:
        return "rising" if drift.value < 0 else "falling"
    if (
        performance.sure
        and passed[1]
        and performance.value < 0
        and total.value < 0
        and abs(performance.value) > abs(drift.value)
    ):
        return "performance_fell"
    return "none" if flat else "unclear"


def needed(steep: Slopes, margin: float, periods: int, alpha: float) -> int:
    """Periods with which a drift of nothing would be called none nine times in ten: a slope's standard error falls as T^(3/2)."""
    narrow = steep.narrow
    if narrow.low is None or narrow.high is None:
        return periods + 1
    z = t_quantile(1 - alpha, math.inf)
    aim = margin * z / (z + t_quantile(0.95, math.inf))
    times: float = ((narrow.high - narrow.low) / 2 / aim) ** (2 / 3)
    return max(periods + 1, math.ceil(periods * times))
