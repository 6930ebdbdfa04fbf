"""Which items are keyed the other way, and how each goes with the rest."""

from __future__ import annotations

import math

import numpy as np

from kapula.analyses.columns import Floats
from kapula.statistics.laws import normal_quantile

TRACY_WIDOM_99 = 2.0234
"""The 99 % point of the Tracy–Widom law of order 1."""


def keys(covariance: Floats, n: float) -> Floats:
    """+1 or −1 for each item: the signs of the first principal component, most items +1.

    Nothing is reversed when the first eigenvalue of the correlations is no larger than chance makes it (99 % of the Tracy–Widom law), nor
    an item whose correlation with the others is not surely below zero (one-sided 1 % over the items). Source: Johnstone (2001),
    Annals of Statistics 29(2), 295–327.
    """
    k = len(covariance)
    scale = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    root = math.sqrt(max(n - 1, 1.0))
    chance = (root + math.sqrt(k)) ** 2 + TRACY_WIDOM_99 * (root + math.sqrt(k)) * (1 / root + 1 / math.sqrt(k)) ** (
        1 / 3
    )
    if values[-1] <= chance / n:
        return np.ones(k)
    signs = np.where(vectors[:, -1] < 0, -1.0, 1.0)
    if signs.sum() < 0 or (signs.sum() == 0 and signs[0] < 0):
        signs = -signs
    sure = np.tanh(float(normal_quantile(1 - 0.01 / k)) / math.sqrt(max(n - 3, 1.0)))
    return np.where((signs < 0) & (item_rest(covariance, signs) > sure), -1.0, 1.0)


def item_rest(covariance: Floats, signs: Floats) -> Floats:
    """Each keyed item's correlation with the sum of the other keyed items."""
    keyed = covariance * np.outer(signs, signs)
    variance = np.diag(keyed)
    with_all = keyed.sum(axis=1)
    rest = keyed.sum() - 2 * with_all + variance
    return np.asarray((with_all - variance) / np.sqrt(np.maximum(variance * rest, 1e-300)))
