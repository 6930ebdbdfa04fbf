"""The recommended cut in words of the answer: its code and its figures."""

from __future__ import annotations

import math

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.bounds import Rules
from kapula.analyses.prune.cut import Cut, Interval
from kapula.analyses.prune.validation import Validated


def verdict_of(checked: Validated, rules: Rules, steps: int, agreement: Floats, n: int) -> tuple[str, int | None]:
    """The code, and for "unsure" how many rows would bring the first drop's upper limit down to the allowed loss."""
    if not checked.r2.low[0] > 0:
        return "no_prediction", None
    if steps:
        return "can_drop", None
    if len(agreement) > 1 and checked.path.value[1] < rules.max_loss and not agreement[1] < rules.min_agreement:
        spare = rules.max_loss - float(checked.path.value[1])
        return "unsure", math.ceil(n * (float(checked.path.high[1] - checked.path.value[1]) / spare) ** 2)
    return "keep_all", None


def cut_of(
    n: int, verdict: str, checked: Validated, steps: int, names: tuple[str, ...], order: tuple[str, ...],
    agreement: Floats, low: Floats,
) -> Cut:  # fmt: skip
    gone = order[:steps]
    loss = Interval(*checked.chosen.at(0)) if steps else Interval(0.0, 0.0, 0.0)
    path = checked.path
    return Cut(
        verdict=verdict,
        n=n,
        r2=Interval(*checked.r2.at(0)),
        drop=gone,
        keep=tuple(name for name in names if name not in gone),
        loss=loss,
        rank_agreement=_known(agreement[steps]),
        rank_low=_known(low[steps]),
        one_error=int(np.flatnonzero(path.value <= path.se)[-1]),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
