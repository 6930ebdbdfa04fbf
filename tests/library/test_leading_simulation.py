"""How often it is wrong, measured: false discoveries in worlds without a lead, found leads, exact lags, and coverage."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from leading_worlds import NULL, answer, memory, planted
from scipy import stats

from kapula.analyses.leading.comparable import comparisons
from kapula.analyses.leading.effect import effects
from kapula.analyses.leading.gains import gains
from kapula.analyses.leading.prepare import groups
from kapula.analyses.leading.results import LeadingResult
from kapula.analyses.leading.validation import rolled

pytestmark = pytest.mark.slow

SEEDS = 200
SHAPES = ((1, 156), (6, 156), (12, 60))


@cache
def null_worlds() -> tuple[LeadingResult, ...]:
    """200 worlds in which nothing leads: every kind in turn, each with five candidates and eight lags."""
    found = []
    for seed in range(SEEDS):
        kind = list(NULL)[seed % len(NULL)]
        units, periods = SHAPES[seed // len(NULL) % len(SHAPES)]
        y, x = NULL[kind](np.random.default_rng([seed, 2]), units, periods, 5)
        found.append(answer(y, x, season=52 if kind == "seasons" else 0))
    return tuple(found)


def at_most(share: float, trials: int) -> float:
    """The largest count that a true share is exceeded by in one world of a thousand."""
    return float(stats.binom.ppf(0.999, trials, share))


def test_the_scan_alone_keeps_its_false_discovery_rate() -> None:
    """Where nothing leads, any discovery is false: the rate is the share of worlds with a q at most 0.05."""
    wrong = sum(any((lead.q or 0.0) <= 0.05 for lead in world.leads) for world in null_worlds())
    assert wrong <= at_most(0.05, SEEDS)


def test_hardly_anything_is_called_a_lead_where_nothing_leads() -> None:
    wrong = sum(world.verdict == "leads" for world in null_worlds())
    assert wrong <= at_most(0.02, SEEDS)


def test_p_values_are_not_too_small() -> None:
    p = np.array([step.p for world in null_worlds() for lead in world.leads for step in lead.profile[1:]])
    assert (p <= 0.05).mean() <= 0.055
    assert (p <= 0.001).mean() <= 0.002


def test_planted_leads_are_found_at_their_lag() -> None:
    """Slopes of 0.3 noise deviations, among three candidates that lead nothing, six units × three years of weeks."""
    exact, found, wrong = 0, 0, 0
    for seed in range(60):
        rng = np.random.default_rng([seed, 3])
        lag, weight = int(rng.integers(1, 9)), float(rng.choice([0.0, 0.6, 0.9, 1.0]))
        y, x = planted(rng, 6, 156, lag, float(rng.choice([-0.3, 0.3])), weight, float(rng.choice([0.0, 0.5])))
        result = answer(y, np.concatenate([x, memory(rng, (3, 6, 156), 0.6)]))
        leads = [lead for lead in result.leads if lead.leads]
        found += any(lead.name == "x0" for lead in leads)
        exact += any((lead.name, lead.lag) == ("x0", lag) for lead in leads)
        wrong += sum(lead.name != "x0" for lead in leads)
    assert found >= 57
    assert exact >= found - 1
    assert wrong <= 4


@pytest.mark.parametrize(
    ("units", "periods", "slope", "weight"), [(6, 156, 0.4, 0.6), (1, 200, 0.6, 0.6), (1, 200, 0.6, 0.9), (12, 60, 0.4, 0.6)]
)  # fmt: skip
def test_the_gains_interval_holds_where_both_series_have_a_memory(
    units: int, periods: int, slope: float, weight: float
) -> None:
    """The mean gain of 800 worlds; 95 % ± 2, and two standard errors of 800 worlds."""
    found = []
    for seed in range(800):
        y, x = planted(np.random.default_rng([seed, units, 77]), units, periods, 3, slope, weight, 0.5)
        (raw,) = comparisons(y, x, np.ones_like(y))
        (group,) = groups(raw, None)
        worth = gains(rolled(group, range(1, 5), 1, lambda done, total: None), 0.95, 0)
        found.append((worth.value[0], worth.low[0], worth.high[0]))
    value, low, high = np.array(found).T
    held = ((low <= value.mean()) & (value.mean() <= high)).mean()
    assert 0.93 - 0.016 <= held <= 0.97 + 0.016


def covered(units: int, periods: int, slope: float, worlds: int) -> tuple[float, float]:
    """Shares of worlds in which the intervals hold the planted slope, and the gain it is worth on white noise, b² ÷ (1 + b²)."""
    gain = slope**2 / (1 + slope**2)
    slopes, worths = [], []
    for seed in range(worlds):
        y, x = planted(np.random.default_rng([seed, units]), units, periods, 3, slope, 0.0, 0.0)
        (raw,) = comparisons(y, x, np.ones_like(y))
        for group in groups(raw, None):
            found = effects(group, np.array([3]), 0.95)
            slopes.append(found.low[0] <= slope <= found.high[0])
            worth = gains(rolled(group, range(1, 5), 1, lambda done, total: None), 0.95, 0)
            worths.append(worth.low[0] <= gain <= worth.high[0])
    return float(np.mean(slopes)), float(np.mean(worths))


@pytest.mark.parametrize(("units", "periods", "slope"), [(6, 156, 0.4), (1, 200, 0.6)])
def test_intervals_hold_the_truth(units: int, periods: int, slope: float) -> None:
    """95 % ± 2, and the error of 400 worlds (two standard errors are 2.2 points)."""
    effect, gain = covered(units, periods, slope, 400)
    assert 0.93 - 0.011 <= effect <= 0.97 + 0.011
    assert 0.93 - 0.011 <= gain <= 0.97 + 0.011
