"""Roll-outs in worlds whose truth is known: coverage, and null worlds at their nominal rate."""

from __future__ import annotations

import numpy as np
import pytest
from noticed_worlds import World

from kapula.analyses.linkage.robust import of
from kapula.analyses.noticed.correction import corrected
from kapula.analyses.noticed.parts import Effect
from kapula.text.shares import ErrorRates

STAGGERED = (3, 3, 5, 5, 7, 7, 9, 9, -1, -1, -1, -1)
RUNS = 500


def covers(world):
    told = np.array([world.run() for _ in range(RUNS)])
    return np.mean((told[:, 2] <= told[:, 0]) & (told[:, 0] <= told[:, 3])), np.mean(told[:, 1] - told[:, 0])


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        {"starts": STAGGERED},
        {"starts": STAGGERED, "effect": 0.05, "grows": 0.02},
        {"starts": STAGGERED, "shocks": 0.05},
        {"starts": (6, 6, 6, -1, -1, -1)},
        {"starts": (4, 6, 8, -1, -1, -1)},
        {"starts": (6, -1, -1, -1, -1, -1)},
    ],
    ids=["staggered", "growing", "shocks", "six_teams", "three_dates", "one_pilot"],
)
def test_the_interval_covers_and_the_estimate_is_right_on_average(settings):
    share, bias = covers(World(**settings))
    assert 0.93 <= share <= 0.97
    assert abs(bias) < 0.006


@pytest.mark.slow
def test_where_teams_react_differently_the_interval_is_on_the_safe_side():
    share, bias = covers(World(STAGGERED, differs=0.06))
    assert 0.94 <= share <= 0.99
    assert abs(bias) < 0.006


@pytest.mark.slow
@pytest.mark.parametrize("starts", [STAGGERED, (6, 6, 6, -1, -1, -1)])
def test_null_worlds_are_silent_at_the_nominal_rate(starts):
    """200 worlds, each with comments and teams of its own: a sure effect in 5 % of them, within binomial error (99 %)."""
    false = 0
    for seed in range(200):
        _, _, low, high = World(starts, effect=0.0, seed=seed).run()
        false += low > 0 or high < 0
    assert false <= 18


@pytest.mark.slow
def test_the_corrected_interval_covers_the_true_effect():
    rng = np.random.default_rng(8)
    a, b, effect, se = 0.8, 0.95, 0.15, 0.03
    held = []
    for _ in range(RUNS):
        hits, rejections = rng.binomial(60, a), rng.binomial(240, b)
        rates = ErrorRates(int(hits), 60 - int(hits), 240 - int(rejections), int(rejections))
        told = of(effect * (a + b - 1) + se * rng.standard_t(8), se, 8, 0.95)
        found = corrected(told, Effect.of(500, 0.3, told), rates, 0.95, 1)
        held.append(found.low <= effect <= found.high)
    assert 0.93 <= np.mean(held) <= 0.97
