"""Cronbach's alpha, with reverse-keyed items found first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.keying import item_rest, keys
from kapula.analyses.prune.limits import feldt, linearised
from kapula.analyses.prune.moments import Ints
from kapula.analyses.prune.reliability import Alpha, Item
from kapula.errors import ParameterError

LEAST_ITEMS = 2


def cronbach(covariance: Floats) -> float:
    """α = k/(k − 1) · (1 − Σ variances ÷ variance of the sum). Source: Cronbach (1951), Psychometrika 16(3), 297–334."""
    k, total = len(covariance), float(covariance.sum())
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else float("nan")


def alpha(
    answers: Floats,
    names: Sequence[str] | None = None,
    *,
    weight: Floats | None = None,
    unit: Ints | None = None,
    level: float = 0.95,
) -> Alpha:
    """Alpha of (respondents, items) ``answers`` without blanks; constant items are refused.

    ``weight``: (respondents,); ``unit``: codes of independent units. Without either the interval is Feldt's. Raises
    :class:`~kapula.errors.ParameterError` for fewer than two items, fewer than three respondents, blanks or a constant item.
    """
    answers = np.asarray(answers, dtype=np.float64)
    _check(answers)
    n, k = answers.shape
    w = np.ones(n) if weight is None else weight
    covariance = np.cov(answers, rowvar=False, aweights=w)
    signs = keys(covariance, float(w.sum() ** 2 / (w @ w)))
    keyed = covariance * np.outer(signs, signs)
    value = cronbach(keyed)
    plainly = weight is None and unit is None
    limits = (
        feldt(value, n, k, level)
        if plainly
        else linearised(answers * signs, w, np.arange(n) if unit is None else unit, value, level)
    )
    scale = np.sqrt(np.diag(keyed))
    rest = item_rest(covariance, signs)
    labels = [str(place) for place in range(k)] if names is None else list(names)
    items = tuple(
        Item(name, bool(signs[place] < 0), float(rest[place]), _without(keyed, place))
        for place, name in enumerate(labels)
    )
    return Alpha(
        value, *limits, cronbach(covariance), cronbach(keyed / np.outer(scale, scale)), n, items,
        "feldt" if plainly else "linearised",
    )  # fmt: skip


def _without(keyed: Floats, place: int) -> float | None:
    return cronbach(np.delete(np.delete(keyed, place, 0), place, 1)) if len(keyed) > LEAST_ITEMS else None


def _check(answers: Floats) -> None:
    if answers.ndim != 2 or answers.shape[1] < LEAST_ITEMS or len(answers) <= 2:
        raise ParameterError(
            "Alpha needs at least two items and three respondents.",
            hint="Give a (respondents, items) matrix.",
            parameter="answers",
            value=list(answers.shape),
        )
    if not np.isfinite(answers).all() or (np.ptp(answers, axis=0) == 0).any():
        raise ParameterError(
            "Alpha needs answers without blanks, and items that differ between respondents.",
            hint="Leave out blanks and items that everyone answers alike.",
            parameter="answers",
            value=None,
        )
