"""How the rows were answered: with care, and of one thing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.prune.alpha import alpha
from kapula.analyses.prune.careless import careless
from kapula.analyses.prune.indices import Careless
from kapula.analyses.prune.reliability import Alpha
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.settings import Settings
from kapula.analyses.prune.usable import constant

LEAST_ALPHA = 30


def careless_of(rows: Rows, settings: Settings) -> tuple[Careless | None, NDArray[np.bool_]]:
    seconds = None if rows.seconds is None else rows.seconds / (1 + len(settings.questions))
    return careless(rows.columns(settings.questions), seconds, settings.careless, settings.agree)


def alpha_of(rows: Rows, settings: Settings) -> Alpha | None:
    """None for fewer than two questions that differ, or too few answers."""
    names = tuple(name for name in settings.scale if name not in constant(rows))
    if len(names) <= 1 or rows.units < LEAST_ALPHA:
        return None
    weight = rows.weight if settings.weight else None
    return alpha(
        rows.columns(names), names, weight=weight, unit=rows.unit if settings.cluster else None, level=settings.level
    )
