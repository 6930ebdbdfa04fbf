"""Segments too small to be told apart are told together, so that no subtraction reveals them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kapula.analyses.decompose.units import Floats, Ints, Units
from kapula.errors import ParameterError

MOST_SEGMENTS: Final = 200
POOLED: Final = ("kapula.pooled",)
"""The key of the pooled segment, unlike any of the data."""


def pooled(units: Units, minimum_n: int) -> tuple[Units, tuple[tuple[Any, ...], ...]]:
    """The units with small segments as one, and the keys that went into it. A segment is small when it has answers, but fewer than
    ``minimum_n``, in either period; while the pool itself is small, or holds one segment alone, the next smallest joins it."""
    if len(units.segments) > MOST_SEGMENTS:
        raise ParameterError(
            f"The segments are {len(units.segments)}; {MOST_SEGMENTS} can be told apart at most.",
            hint="Name a column of fewer values.",
            parameter="segment",
            value=len(units.segments),
        )
    answers = units.sums(units.answers)
    chosen = _small(answers, minimum_n)
    if not len(chosen):
        return units, ()
    kept = [place for place in range(len(units.segments)) if place not in chosen]
    groups = np.full(len(units.segments), len(kept), dtype=np.int64)
    groups[kept] = np.arange(len(kept))
    keys = (*(units.segments[place] for place in kept), POOLED)
    return units.grouped(groups, keys), tuple(units.segments[place] for place in chosen)


def _small(answers: Floats, minimum_n: int) -> Ints:
    few = np.asarray(((answers > 0) & (answers < minimum_n)).any(axis=1))
    if not few.any():
        return np.array([], dtype=np.int64)
    size = answers.min(axis=1) + answers.sum(axis=1) / (1 + answers.sum())
    order = sorted(range(len(answers)), key=lambda place: (not few[place], size[place]))
    count = int(few.sum())
    while count < len(answers) and (count < 2 or _is_small(answers[order[:count]].sum(axis=0), minimum_n)):
        count += 1
    return np.array(sorted(order[:count]), dtype=np.int64)


def _is_small(answers: Floats, minimum_n: int) -> bool:
    return bool(((answers > 0) & (answers < minimum_n)).any())
