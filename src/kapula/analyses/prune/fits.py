"""The fit on all rows, and the cut on those that were answered with care."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.contract import Progress
from kapula.analyses.prune.cut import Cut
from kapula.analyses.prune.fit import Fit, fit
from kapula.analyses.prune.quality import alpha_of
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.sift import Sifted
from kapula.analyses.prune.usable import collinear, constant, needed


def fit_on(rows: Rows, kept: Sifted, progress: Progress, done: int, parts: int) -> Fit:
    """The ``done``-th of so many ``parts``."""
    repeats = kept.settings.repeats
    return fit(
        rows, kept.settings, kept.leading, kept.questions,
        lambda repeat: progress(done * repeats + repeat, parts * repeats),
    )  # fmt: skip


def without(kept: Sifted, flagged: NDArray[np.bool_], progress: Progress) -> Cut | None:
    """The cut without careless answers; None when too few are left, or nothing differs among them."""
    rest = kept.rows.where(~flagged)
    columns = {*kept.usable, kept.settings.outcome}
    if needed(rest, len(kept.usable)) is not None or columns & set(constant(rest)):
        return None
    if collinear(rest, kept.usable):
        return None
    reliability = alpha_of(rest, kept.settings)
    return replace(fit_on(rest, kept, progress, 1, 2).cut, alpha=None if reliability is None else reliability.value)
