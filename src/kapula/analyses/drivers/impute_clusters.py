"""Resamples of whole clusters whose blanks are imputed anew in each, one step of Newton's method from the data's normal model.

Blanks drawn row by row lack what a cluster's rows have in common beyond their own answers, so resamples of completed copies vary too
little, and Rubin's sum of the variance within and between copies with them. Resampling first and imputing in every resample is right
whether or not the imputation knows of clusters (Bartlett & Hughes 2020, Statistical Methods in Medical Research 29(12)). With many
imputations that is the normal model's maximum likelihood in the resample (von Hippel & Bartlett 2021, Statistical Science 36(3)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.contract import no_progress
from kapula.analyses.drivers.impute import fitted, patterns
from kapula.analyses.drivers.impute_information import Kind, passed_on
from kapula.analyses.drivers.moments import Floats, Standard, covariances, packed, products, width
from kapula.analyses.drivers.resample import Codes, of_units, resampled

LONG: Final = -0.5
"""A step that takes more than this of a direction's variance is bent."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows whose blanks are what the model expects of them. ``kind``: each row's pattern of blanks; ``left``: the packed covariance that
    a pattern's blanks have around what is expected."""

    rows: Floats
    kind: Codes
    left: Floats

    def parts(self, weight: Floats, unit: Codes) -> Iterator[Floats]:
        """The units' expected sums of products, as :func:`resample.blocks` gives those of complete rows."""
        same = Standard(np.zeros(self.rows.shape[1]), np.ones(self.rows.shape[1]))
        for chosen, starts in of_units(unit):
            own = weight[chosen]
            found = products(self.rows[chosen], own, same) + own[:, None] * self.left[self.kind[chosen]]
            yield np.add.reduceat(found, starts, axis=0)


def imputed_again(
    rows: Floats, weight: Floats, unit: Codes, n_boot: int, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Means (columns, 1 + ``n_boot``) and covariances (columns, columns, 1 + ``n_boot``): the data's first, then each resample's.

    With T the mean products (a one in front of the columns) that EM expects, and J its derivative, a resample's maximum likelihood is
    θ + (I − J)⁻¹(T_resample(θ) − θ): what the resample's own answers tell, and what its blanks then follow of it. Source: Louis (1982),
    Journal of the Royal Statistical Society B 44(2); Meng & Rubin (1991), JASA 86, 899–909.
    """
    columns = rows.shape[1]
    mean, square = fitted(rows, weight)
    ahead = np.append(1.0, mean)
    moments = np.outer(ahead, ahead)
    moments[1:, 1:] += square
    expected, kinds = _expected(rows, weight, moments)
    units = int(unit.max()) + 1
    total, sums = resampled(expected.parts(weight, unit), units, width(columns), n_boot, random, no_progress)
    whole = np.vstack([total[None], sums])
    told = whole / whole[:, :1] - packed(moments)
    passed = passed_on(kinds, columns + 1) / float(weight.sum())
    _, first = covariances(packed(moments) + told, columns)
    told[:, 1:] = np.linalg.solve(np.eye(len(passed) - 1) - passed[1:, 1:], told[:, 1:].T).T
    means, covariance = covariances(packed(moments) + told, columns)
    return means, _possible(covariance, first)


def _expected(rows: Floats, weight: Floats, moments: Floats) -> tuple[Expected, list[Kind]]:
    ones = np.column_stack([np.ones(len(rows)), rows])
    filled, number = np.empty_like(ones), np.empty(len(rows), dtype=np.int64)
    left, kinds = [], []
    for place, (blank, own) in enumerate(patterns(ones)):
        answers = np.nan_to_num(ones[own])
        kind = Kind.of(moments, blank, (answers * weight[own, None]).T @ answers)
        filled[own] = answers @ kind.fill
        number[own] = place
        left.append(packed(kind.left(moments)))
        kinds += [kind] if blank.any() else []
    return Expected(filled[:, 1:], number, np.array(left)), kinds


def _possible(covariance: Floats, first: Floats) -> Floats:
    """``covariance`` where no direction has less than half of the variance it had at ``first``, before the blanks' own part of the step;
    else that direction's 1 + x < ½ is −1/(4x), which begins as it does and stays positive: long steps would leave less than nothing."""
    values, vectors = np.linalg.eigh(np.moveaxis(first, -1, 0))
    seen = values > 1e-9 * values[:, -1:]
    scale = np.sqrt(np.where(seen, values, 0.0))[:, None, :]
    inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale > 0)
    gain = np.moveaxis(covariance - first, -1, 0)
    steps, turns = np.linalg.eigh(np.swapaxes(vectors * inverse, 1, 2) @ gain @ (vectors * inverse))
    far = np.flatnonzero(steps[:, 0] < LONG)
    some, back = steps[far], (vectors * scale)[far] @ turns[far]
    found = covariance.copy()
    short = np.where(some < LONG, -0.25 / np.minimum(some, LONG), 1 + some)
    found[:, :, far] = np.moveaxis(back * short[:, None, :] @ np.swapaxes(back, 1, 2), 0, -1)
    return found
