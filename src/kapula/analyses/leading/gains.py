"""How much knowing the candidate improves the forecast, with an interval. The gain is 1 − Σ squared errors with ÷ Σ squared
errors without.

Sources: Diebold & Mariano (1995), JBES 13 (the interval of the loss difference); Clark & West (2007), J. Econometrics
138 (nested models); Kendall (1954), Biometrika 41 (the bias of an estimated autocorrelation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.leading.losses import Losses

MOST_KEPT = 0.9
"""Share of a period's deviation that the next one may have: more cannot be told from a trend."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gains:
    """(candidates,): the gain with its interval, the realised gain, and the number of forecasts; NaN where there were none."""

    value: Floats
    low: Floats
    high: Floats
    realised: Floats
    n: NDArray[np.int64]


def gains(losses: Losses, level: float, overlap: int) -> Gains:
    """Gains with intervals from the spread of the periods' losses; ``overlap`` neighbouring periods may resemble each other.

    With e the baseline's error and s what the candidate adds to the forecast, the realised gain is Σ(2es − s²) ÷
    Σe². Its mean is below
    zero when the candidate is worth nothing, by the noise of its estimated weight. The correlation r = Σes ÷
    √(Σe²Σs²) has mean zero then,
    and r² is the gain at the right weight otherwise (negative when r is). The interval is made for Fisher's z of r
    and squared; it
    is above zero when Clark and West's test, which is Σes against its spread, says so.
    """
    counted = losses.without > 0
    periods = counted.sum(axis=1)
    errors, added = losses.without, losses.given - losses.without + 2 * losses.moved
    error, move, both = (part.sum(axis=1) for part in (errors, added, losses.moved))
    some = (periods >= 6) & (error > 0) & (move > 0)
    error, move = np.where(some, error, 1.0), np.where(some, move, 1.0)
    r = both / np.sqrt(error * move)
    halves = (errors / error[:, None] + added / move[:, None]) / 2
    spread = _spread(np.where(counted, losses.moved - both[:, None] * halves, 0.0), periods, overlap)
    r = np.clip(r, -0.999999, 0.999999)
    wobble = spread / np.sqrt(error * move) / (1 - r**2)
    half = special.stdtrit(np.maximum(periods - 1, 1), (1 + level) / 2) * wobble
    low, high = np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)
    realised = 1 - losses.given.sum(axis=1) / error

    def told(figure: Floats) -> Floats:
        return np.asarray(np.where(some, figure, np.nan))

    squared = [told(bound * np.abs(bound)) for bound in (r, low, high)]
    return Gains(squared[0], squared[1], squared[2], told(realised), losses.n)


def _spread(deviations: Floats, periods: NDArray[np.int64], overlap: int) -> Floats:
    """Standard error of a sum over periods: the larger of two, Bartlett weights over ``overlap`` neighbours, and as if each period kept a
    share φ of the one before. What the candidate adds has the candidate's memory, and so have the deviations, whatever the errors are."""
    alone = (deviations**2).sum(axis=1)
    total = alone
    for lag in range(1, overlap + 1):
        total = total + 2 * (1 - lag / (overlap + 1)) * (deviations[:, lag:] * deviations[:, :-lag]).sum(axis=1)
    share = (deviations[:, 1:] * deviations[:, :-1]).sum(axis=1) / np.where(alone > 0, alone, 1.0)
    kept = np.clip(share + (1 + 3 * share) / np.maximum(periods, 1), 0.0, MOST_KEPT)  # less φ's small-sample bias
    total = np.maximum(total, alone * (1 + kept) / (1 - kept))
    return np.asarray(np.sqrt(total * periods / np.maximum(periods - 1, 1)))
