"""How large a gain one change point shows on a series where nothing happens.

Textbook penalties (BIC, Andrews' sup F) assume equal n, many periods and independent noise. Here the null world is
simulated for the series at hand: its own weights, its own autocorrelation, and the same noise estimate made anew in
every simulated series, so that the false-alarm rate holds for 12 periods as for 500
(tests/library/test_change_calibration.py measures it).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kapula.trends.noise import D2, Floats

LEVEL_EACH = 0.025
"""Level of one change point; two at once (a passing hump) can also arise by chance, and all of them together stay
under 0.05."""
WORLDS = 999
SEED = 20_031_109
WORLD_CORRELATIONS = (0.0, 0.3)
"""Autocorrelations the worlds have besides the estimated one: an estimate from a few dozen periods is too uncertain
to trust alone, so the largest of the critical values counts."""
MOST_CORRELATION = 0.8


@dataclass(frozen=True, slots=True)
class Calibration:
    """``scale``: the long-run variance of the weighted noise (1 when it is as estimated and independent).
    ``penalty``: β in the units of the weighted cost. ``p``: of the series' own largest gain. ``null``: sorted
    simulated gains, in units of ``scale``."""

    scale: float
    penalty: float
    p: float
    null: Floats

    def p_of(self, gain: float) -> float:
        """Monte Carlo p (1 + number of worlds with as large a gain)/(1 + worlds)."""
        above = len(self.null) - int(np.searchsorted(self.null, gain / self.scale, side="left"))
        return (1 + above) / (1 + len(self.null))


def calibrate(values: Floats, weights: Floats, *, known: bool, min_size: int) -> Calibration:
    """The calibration of one series; ``values`` and ``weights`` of shape (m,). ``known``: the noise was not allowed
    below the sampling error."""
    standard = ((values - np.average(values, weights=weights)) * np.sqrt(weights))[None, :]
    correlation = float(np.round(_correlation(standard)[0], 1))
    scale = float(_long_run(standard, known=False)[0]) if not known else float(_factor(_correlation(standard))[0])
    relative = tuple(np.round(weights / weights.mean(), 2).tolist())
    assumed = {*WORLD_CORRELATIONS, max(correlation, *WORLD_CORRELATIONS)}
    null = np.max([_null(relative, rho, known, min_size) for rho in sorted(assumed)], axis=0)
    unpenalised = Calibration(scale, 0.0, 1.0, null)
    own = float(_largest(standard, weights, min_size)[0])
    return Calibration(scale, float(np.quantile(null, 1 - LEVEL_EACH)) * scale, unpenalised.p_of(own), null)


@lru_cache(maxsize=256)
def _null(weights: tuple[float, ...], correlation: float, known: bool, min_size: int) -> Floats:
    """Sorted largest gains of simulated first-order autoregressive worlds, each divided by its own estimated long-run
    variance."""
    mass = np.maximum(np.asarray(weights), 0.01)
    draws = np.random.default_rng(SEED).standard_normal((WORLDS, len(mass)))
    noise = draws.copy()
    for index in range(1, len(mass)):
        noise[:, index] = correlation * noise[:, index - 1] + (1 - correlation**2) ** 0.5 * draws[:, index]
    gains = _largest(noise, mass, min_size) / _long_run(noise, known)
    return np.sort(gains)


def _largest(standard: Floats, weights: Floats, min_size: int) -> Floats:
    """The largest gain of one split for each row of standardised values (worlds, m)."""
    root = np.sqrt(weights)
    total, mass = np.cumsum(standard * root, axis=1), np.cumsum(weights)
    at = np.arange(min_size - 1, standard.shape[1] - min_size)
    left, weight = total[:, at], mass[at]
    gains = (left - total[:, -1:] * weight / mass[-1]) ** 2 * mass[-1] / (weight * (mass[-1] - weight))
    return np.asarray(gains.max(axis=1))


def _long_run(standard: Floats, known: bool) -> Floats:
    """Long-run variance of each row: moving-range variance × (1 + ρ)/(1 − ρ)², as Var(Δ) = 2σ²(1 − ρ)."""
    variance = (np.abs(np.diff(standard, axis=1)).mean(axis=1) / D2) ** 2
    if known:
        variance = np.maximum(variance, 1.0)
    return np.asarray(variance * _factor(_correlation(standard)))


def _factor(correlation: Floats) -> Floats:
    return np.asarray((1 + correlation) / (1 - correlation) ** 2)


def _correlation(standard: Floats) -> Floats:
    """Autocorrelation that a shift of level hardly touches: Var(y₊₂ − y)/Var(y₊₁ − y) = 1 + ρ for a first-order
    autoregressive series (the idea of Chakar et al., Bernoulli 23(2), 2017, here with mean absolute differences).
    Negative values count as 0."""
    one = np.abs(np.diff(standard, axis=1)).mean(axis=1)
    two = np.abs(standard[:, 2:] - standard[:, :-2]).mean(axis=1)
    # Weeks far calmer than their sampling error tell nothing of correlation: there a lone shift would be all there is.
    one, two = np.maximum(one, D2 / 2), np.maximum(two, D2 / 2)
    return np.asarray(np.clip((two / one) ** 2 - 1, 0.0, MOST_CORRELATION))
