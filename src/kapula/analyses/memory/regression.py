"""Least squares with customers as clusters: CR2 where they are few, the plain sandwich where they are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.linkage.robust import Estimate, clustered, of
from kapula.analyses.memory.journeys import Codes, Floats
from kapula.statistics.laws import f_tail

MANY: Final = 200
"""From this many clusters on the plain sandwich with its factor G/(G − 1) is as good, and quick."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The slopes of the columns, the intercept left out. ``covariance`` is theirs; ``r2`` explained."""

    slopes: tuple[Estimate, ...]
    covariance: Floats
    r2: float
    n: int
    clusters: int

    def joint_p(self, places: list[int]) -> float:
        """p of these slopes all being zero: Wald's F with G − 1 degrees of freedom."""
        beta = np.array([self.slopes[place].value for place in places])
        block = self.covariance[np.ix_(places, places)]
        statistic = float(beta @ np.linalg.solve(block, beta)) / len(places)
        free = max(self.clusters - len(places), 1)
        scaled = statistic * free / max(self.clusters - 1, 1)
        return f_tail(scaled, len(places), free)


def fit(columns: Floats, y: Floats, cluster: Codes, level: float) -> Fit | None:
    """``columns``: (n, p), no blanks. None when they do not have full rank, or rows or clusters are too few for them."""
    names, code = np.unique(cluster, return_inverse=True)
    centred = columns - columns.mean(axis=0)
    size = np.sqrt((centred**2).mean(axis=0))
    size = np.where(size > 0, size, 1.0)
    # Columns of one size, so that a score's unit never makes them look alike; the slopes are then told in their own.
    x = np.column_stack([np.ones(len(y)), centred / size])
    if len(names) <= x.shape[1] + 1 or np.linalg.cond(x) > 1e8:
        return None
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ (x.T @ y)
    residual = y - x @ beta
    scores = np.stack([np.bincount(code, part) for part in (x * residual[:, None]).T], axis=1)
    many = len(names) / (len(names) - 1)
    covariance = many * bread @ (scores.T @ scores) @ bread
    slopes = []
    for place in range(1, x.shape[1]):
        small = clustered(x, y, code, place, level=level) if len(names) < MANY else None
        wide = of(float(beta[place]), float(np.sqrt(covariance[place, place])), len(names) - 1, level)
        slopes.append(_per(small or wide, float(size[place - 1])))
    left = float(residual @ residual) / max(float(np.sum((y - y.mean()) ** 2)), 1e-300)
    if len(names) < MANY:
        errors = [one.se * length for one, length in zip(slopes, size, strict=True)]
        scale = np.array([1.0, *errors]) / np.sqrt(np.maximum(np.diag(covariance), 1e-300))
        scale[0] = 1.0
        covariance = covariance * np.outer(scale, scale)
    return Fit(tuple(slopes), covariance[1:, 1:] / np.outer(size, size), 1 - left, len(y), len(names))


def _per(one: Estimate, size: float) -> Estimate:
    """A slope per standard deviation as one per point."""
    return Estimate(one.value / size, one.se / size, one.df, one.low / size, one.high / size, one.p)
