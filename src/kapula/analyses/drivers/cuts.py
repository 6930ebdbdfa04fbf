"""Where answers are low and high: the cuts asked for, or the usual ones by the share of answers beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.sample import Sample

SHARES: Final = (0.2, 0.1, 0.3)
"""The share of answers that are low, and high, when no cuts are given; the first is the main one."""


def usual_cuts(answers: Floats, weight: Floats, share: float) -> tuple[float, float] | None:
    """The values nearest to having ``share`` of the answers at or beyond them, one value or more between them; None when there are fewer
    than three values."""
    values, place = np.unique(answers, return_inverse=True)
    if len(values) < 3:
        return None
    parts = np.bincount(place, weight) / weight.sum()
    low = int(np.abs(np.cumsum(parts)[:-2] - share).argmin())
    above = np.cumsum(parts[::-1])[::-1]
    high = low + 2 + int(np.abs(above[low + 2 :] - share).argmin())
    return float(values[low]), float(values[high])


def dummies(answers: Floats, cuts: Sequence[tuple[float, float]]) -> Floats:
    """(rows, 2 × drivers): low and high of each driver in turn."""
    return np.column_stack(
        [side for column, (low, high) in zip(answers.T, cuts, strict=True) for side in (column <= low, column >= high)]
    ).astype(np.float64)


Cuts = list[tuple[float, float]]


def cuts_of(sample: Sample, asked: Question, given: Any) -> list[Cuts]:
    """For each pair of cuts every driver's own (low, high), the main one first; the same twice is once."""
    rows, weight = sample.held
    found: list[Cuts] = []
    if given is None:
        for share in SHARES:
            usual = [usual_cuts(column, weight, share) for column in rows[:, :-1].T]
            without = [name for name, cut in zip(sample.names, usual, strict=False) if cut is None]
            if without:
                told = f"{without[0]!r} has fewer than three different answers: there is nothing between low and high."
                raise refused("drivers", told, "Leave it out, or use lmg.", without)
            found.append([cut for cut in usual if cut is not None])
    else:
        pairs = [given] if np.ndim(given[0]) == 0 else list(given)
        for low, high in pairs:
            _check_pair(sample, float(low), float(high))
            found.append([(float(low), float(high))] * len(asked.players))
    return [one for place, one in enumerate(found) if one not in found[:place]]


def _check_pair(sample: Sample, low: float, high: float) -> None:
    """Every driver needs answers at both sides and between."""
    rows, _ = sample.held
    if not low < high:
        raise refused("cuts", f"The cuts {low:g} and {high:g} leave nothing between.", "Give (low, high).", [low, high])
    for name, column in zip(sample.names[:-1], rows.T, strict=False):
        if not ((column <= low).any() and (column >= high).any() and ((column > low) & (column < high)).any()):
            told = f"{name!r} has no answers at or below {low:g}, at or above {high:g}, or between them."
            raise refused("cuts", told, "Choose cuts inside its answers.", [low, high])
