"""The method penalty_reward: shares of the two dummies of each driver, and their asymmetry under several cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kapula.analyses.contract import Progress
from kapula.analyses.drivers.answer import answered, not_enough, shown
from kapula.analyses.drivers.asymmetry import at_cuts
from kapula.analyses.drivers.asymmetry_results import Asymmetry, AtCut, DriverAsymmetry
from kapula.analyses.drivers.cuts import Cuts, cuts_of, dummies
from kapula.analyses.drivers.linear import batches, needed_rows, sampled, short_of, staged
from kapula.analyses.drivers.model import Model
from kapula.analyses.drivers.moments import covariances, standard_of
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.resample import blocks
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.scales import Scales, check_scales


def by_penalty(sample: Sample, asked: Question, cuts: Any, scales: Scales, progress: Progress) -> DriversResult:
    if any(size > 1 for size in asked.sizes):
        raise refused(
            "groups", "penalty_reward takes drivers one column at a time.", "Leave the groups out.", list(asked.sizes)
        )
    check_scales(sample, asked, scales)
    short = short_of(sample, needed_rows(2 * len(asked.columns)))
    if short is not None:
        return not_enough(sample, asked, short)
    rows, weight = sample.held
    total, sums = sampled(sample, asked, staged(progress, 0.0, 0.2))
    means, covariance = covariances(np.vstack([total[None], sums]), len(sample.names))
    if sample.values < 2:
        return shown("no_variation", sample, asked, covariance[:, :, 0], None, ("zero_variance",))
    every = cuts_of(sample, asked, cuts)
    low_high = _as_dummies(sample, every[0])
    total, sums = sampled(low_high, asked, staged(progress, 0.2, 0.5))
    _, halves = covariances(np.vstack([total[None], sums]), len(low_high.names))
    kept = np.append(True, halves[-1, -1, 1:] > 0)
    model = Model((2,) * len(asked.players))
    found = batches(halves[:, :, kept], model, staged(progress, 0.5, 1.0))
    tables = [at_cuts(rows[:, :-1], rows[:, -1], weight, sample.unit, one, asked.level) for one in every]
    told = _told(asked, tables)
    result = answered(sample, asked, covariance[:, :, 0], found, means[:, kept], scales, model)
    codes = ("cuts_differ",) if any(one.differs for one in told.drivers) else ()
    named = {"cuts_differ": tuple(one.name for one in told.drivers if one.differs)} if codes else {}
    more = {"cuts": [[list(pair) for pair in one] for one in every]}
    return replace(
        result, asymmetry=told, warnings=(*result.warnings, *codes), named={**result.named, **named}, method=more
    )


def _told(asked: Question, tables: Sequence[Sequence[AtCut]]) -> Asymmetry:
    """A class is a driver's when every pair of cuts gives it."""
    found = []
    for place, player in enumerate(asked.players):
        own = tuple(table[place] for table in tables)
        kinds = {cut.kind for cut in own}
        found.append(DriverAsymmetry(player.name, own, own[0].kind if len(kinds) == 1 else None))
    return Asymmetry(tuple(found))


def _as_dummies(sample: Sample, cuts: Cuts) -> Sample:
    answers, weight = sample.held
    rows, unit = np.column_stack([dummies(answers[:, :-1], cuts), answers[:, -1]]), sample.unit
    standard = standard_of(rows, weight)
    names = (*(f"{name} {side}" for name in sample.names[:-1] for side in ("low", "high")), sample.names[-1])
    return replace(
        sample, names=names, standard=standard, rows=rows, parts=lambda: blocks(rows, weight, unit, standard)
    )
