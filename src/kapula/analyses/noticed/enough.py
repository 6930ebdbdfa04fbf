"""Whether there are teams and comments enough, and how many teams it would take."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from kapula.analyses.linkage.robust import Estimate
from kapula.analyses.noticed.cells import Cells

FEWEST_TEAMS: Final = 4
FEWEST_COMPARED: Final = 2
HALF_WIDTH: Final = 0.15
"""An interval wider than this on either side, and on both sides of zero, says too little."""


def lacking(cells: Cells, rolled_out: int) -> int | None:
    """How many teams are needed when these cannot be compared at all; None when they can be.

    At least one team with a comparison, two never rolled out or later than it, four in all.
    """
    teams = len(cells.teams)
    others = teams - len(np.unique(cells.team[cells.after])) if teams else 0
    if rolled_out and teams >= FEWEST_TEAMS:
        return None
    missing = (0 if rolled_out else 1) + max(0, FEWEST_COMPARED - others)
    return max(FEWEST_TEAMS, teams + max(1, missing))


def wanted(told: Estimate | None, teams: int) -> int | None:
    """How many teams would make the interval narrow enough, or None when it is, or when the answer is sure as it is.

    The width falls as the root of the number of teams: n·(half width ÷ 0.15)².
    """
    if told is None:
        return 2 * teams
    half = (told.high - told.low) / 2
    if half <= HALF_WIDTH or told.low > 0 or told.high < 0:
        return None
    return max(teams + 1, math.ceil(teams * (half / HALF_WIDTH) ** 2))
