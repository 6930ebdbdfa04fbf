"""What a reader must know of the data behind the shares: warning codes, and the columns they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.moments import Floats
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.sweep import COLLINEAR
from kapula.analyses.resamples import few_resamples

MOSTLY_MISSING = 0.5
INFLATED = 10.0
TWINS = 0.9
COMMON = 0.05
"""Below this share of its own share, what a driver adds by itself is next to nothing."""
NOTABLE = 0.05
FEW_PER_COLUMN = 10
FEW_CLUSTERS = 30
ENOUGH_RESAMPLES = 100
EXACTLY = 0.99
"""An outcome of which more than this share is explained is likely made of the columns that explain it."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``named``: code → columns or drivers. ``warnings``: those codes and the rest, in order."""

    named: Mapping[str, tuple[str, ...]]
    warnings: tuple[str, ...]


def diagnose(sample: Sample, asked: Question, covariance: Floats | None, point: Explained | None) -> Diagnosis:
    named: dict[str, tuple[str, ...]] = {
        "mostly_missing": tuple(name for name in sample.names if sample.missing[name] > MOSTLY_MISSING)
    }
    if covariance is not None:
        named["constant"] = constant(sample.names[:-1], covariance)
        named["collinear"] = collinear(sample.names[:-1], covariance)
    if point is not None:
        named["shared_association"] = shared(asked, point)
    named = {code: names for code, names in named.items() if names}
    told = ("explained_exactly",) if point is not None and float((point.r2 + point.r2_always)[0]) > EXACTLY else ()
    drawn = few_resamples(asked.n_boot, ENOUGH_RESAMPLES) if point is not None and sample.units > 1 else ()
    return Diagnosis(named, (*told, *named, *_codes(sample, asked), *drawn))


def _codes(sample: Sample, asked: Question) -> list[str]:
    told = {
        "few_rows": sample.n < FEW_PER_COLUMN * len(asked.columns),
        "unequal_weights": 0 < sample.effective < sample.n / 2,
        "single_cluster": asked.cluster is not None and sample.units == 1,
        "few_clusters": asked.cluster is not None and 1 < sample.units < FEW_CLUSTERS,
        "binary_outcome": sample.values == 2 and asked.method != "shapley_logit",
    }
    return [code for code, true in told.items() if true]


def constant(names: tuple[str, ...], covariance: Floats) -> tuple[str, ...]:
    """Columns in which every answer is the same. ``covariance``: (columns + outcome,) squared, of standardised columns."""
    return tuple(name for name, own in zip(names, np.diag(covariance), strict=False) if own <= COLLINEAR)


def collinear(names: tuple[str, ...], covariance: Floats) -> tuple[str, ...]:
    """Columns that the others tell: a variance inflation of ten or more, or a twin with which the correlation is 0.9 or more."""
    own = np.diag(covariance)[:-1]
    varied = np.flatnonzero(own > COLLINEAR)
    if len(varied) < 2:
        return ()
    scale = 1 / np.sqrt(own[varied])
    matrix = covariance[np.ix_(varied, varied)] * scale[:, None] * scale[None, :]
    twins = (np.abs(matrix - np.eye(len(matrix))) >= TWINS).any(axis=0)
    values, vectors = np.linalg.eigh(matrix)
    inflation = (vectors**2 / np.maximum(values, COLLINEAR)).sum(axis=1)
    return tuple(names[place] for place, told in zip(varied, twins | (inflation >= INFLATED), strict=True) if told)


def shared(asked: Question, point: Explained) -> tuple[str, ...]:
    """Drivers with a notable share of which nearly nothing is theirs alone: what they tell, the others tell too."""
    r2 = float(point.r2[0])
    return tuple(
        player.name
        for player, share, last in zip(asked.players, point.shares[:, 0], point.last[:, 0], strict=True)
        if share >= NOTABLE * r2 > 0 and last < COMMON * share
    )
