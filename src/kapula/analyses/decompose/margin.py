"""The margin: the largest change that still counts as none, and whether a part is surely inside it."""

from __future__ import annotations

from typing import Final

from kapula.analyses.decompose.part import Part
from kapula.measures.contract import Measure

MARGINS: Final = {"points": 3.0, "share": 0.03}
OF_SCALE: Final = 0.025
OF_SPREAD: Final = 0.1


def usual_margin(measure: Measure, spread: float) -> float:
    """The change that is small enough to be called none: 3 points of a net score, 3 percentage points of a share, 2.5 % of the width
    of an answer scale (0.1 of 1–5), a tenth of the standard deviation ``spread`` of anything else."""
    scale = measure.scale
    if measure.unit in MARGINS:
        return MARGINS[measure.unit]
    if scale is not None and scale.low is not None and scale.high is not None:
        return OF_SCALE * (scale.high - scale.low)
    return OF_SPREAD * spread


def is_flat(narrow: Part, margin: float) -> bool:
    """``narrow``: the part with its 1 − 2α interval."""
    return narrow.low is not None and narrow.high is not None and -margin < narrow.low and narrow.high < margin
