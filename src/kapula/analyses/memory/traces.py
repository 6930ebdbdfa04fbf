"""Which kinds of moments leave a trace: what a better one goes with in memory, the rest of the journey the same."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from kapula.analyses.columns import text
from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.memory.features import Features, moment_means
from kapula.analyses.memory.journeys import Floats, Journeys
from kapula.analyses.memory.regression import Fit, fit
from kapula.analyses.memory.results import Part, Trace
from kapula.statistics.differences import benjamini_hochberg

FEWEST: Final = 30
"""Journeys that have the moment and others, before its trace is told."""


def traces(
    journeys: Journeys, kept: Any, found: Features, designed: frozenset[str], level: float, least: int
) -> tuple[Trace, ...]:
    """A trace for each kind of moment, in the order of certainty; the q are over all of them."""
    own, others = moment_means(journeys)
    told: list[tuple[int, Fit | None, int]] = []
    for code in range(len(journeys.moments)):
        whole = kept & ~np.isnan(own[:, code]) & ~np.isnan(others[:, code])
        n = int(whole.sum())
        one = None
        if n >= max(FEWEST, least):
            columns = np.column_stack([own[whole, code], others[whole, code]])
            one = fit(columns, journeys.remembered[whole], journeys.customer[whole], level)
        told.append((code, one, n))
    qs = benjamini_hochberg([None if one is None else one.slopes[0].p for _, one, _ in told])
    rows = [
        _trace(journeys, own, found, code, one, n, q, designed, level, least)
        for (code, one, n), q in zip(told, qs, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.trace is None, row.trace.p if row.trace else 0.0, row.moment)))


def _trace(
    journeys: Journeys, own: Floats, found: Features, code: int, one: Fit | None, n: int, q: float | None,
    designed: frozenset[str], level: float, least: int,
) -> Trace:  # fmt: skip
    name = text(journeys.moments[code])
    meant = name in designed
    if one is None:
        return Trace(name, meant, NOT_ENOUGH, n, needed_n=max(FEWEST, least, n + 1))
    part = Part.of(one.slopes[0], q, level)
    remembered = part.sure and part.value > 0
    there = ~np.isnan(own[:, code])
    mine = journeys.moment == code
    at_peak = np.bincount(journeys.journey, mine & (journeys.score == found.peak[journeys.journey]), len(own))
    last = np.r_[np.diff(journeys.journey) != 0, True]
    at_end = np.bincount(journeys.journey, mine & last, len(own))
    return Trace(
        name, meant, _verdict(meant, remembered), n, None, float(np.nanmean(own[:, code])), part,
        float(np.mean(at_peak[there] > 0)), float(np.mean(at_end[there] > 0)),
    )  # fmt: skip


def _verdict(meant: bool, remembered: bool) -> str:
    if meant:
        return "designed_remembered" if remembered else "designed_not_seen"
    return "undesigned_remembered" if remembered else "not_seen"


def wanted(n: int, least: int, half: float | None) -> int:
    """How many journeys are needed: at least ``least``, or as many as make the widest part ± 0.5 (the width falls as √n)."""
    return max(least, n + 1, 0 if half is None else math.ceil(n * (half / 0.5) ** 2))
