"""How often change points cry wolf, how often they see, and how often the range of the date holds. Simulated, seeds
fixed."""

from __future__ import annotations

import numpy as np
import pytest

from kapula.trends.changepoints import find
from kapula.trends.noise import estimate

pytestmark = pytest.mark.slow
SERIES = 1000
ALLOWED = 0.05 + 2 * (0.05 * 0.95 / SERIES) ** 0.5
"""5 % and twice the Monte Carlo standard error of it."""


def world(rng, periods, correlation=0.0, shift=0.0, unequal=True):
    """A survey's weekly NPS: 20 to 400 answers a week (or 100 always), noise of the sampling's size, a shift of
    ``shift`` standard errors of 100 answers after the first third."""
    sizes = rng.integers(20, 400, periods).astype(float) if unequal else np.full(periods, 100.0)
    draws = rng.standard_normal(periods)
    noise = draws.copy()
    for index in range(1, periods):
        noise[index] = correlation * noise[index - 1] + (1 - correlation**2) ** 0.5 * draws[index]
    errors = 80 / np.sqrt(sizes)
    values = 20 + errors * noise
    values[periods // 3 :] += shift * 8
    return values, errors, sizes


def search(values, errors, sizes, known=True):
    given = errors if known else np.full(len(values), np.nan)
    sigma = estimate(values, given, sizes, np.ones(len(values), dtype=bool)).sigma
    return find(values, sigma, known=known)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("correlation", [0.0, 0.3])
@pytest.mark.parametrize("periods", [12, 26, 52, 156])
def test_no_more_than_one_quiet_series_in_twenty_alarms(periods, correlation, known):
    rng = np.random.default_rng([periods, int(10 * correlation), known])
    alarms = sum(bool(search(*world(rng, periods, correlation, unequal=False), known).changes) for _ in range(SERIES))
    assert alarms / SERIES <= ALLOWED


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_nor_with_unequal_n(correlation):
    rng = np.random.default_rng([77, int(10 * correlation)])
    alarms = sum(bool(search(*world(rng, 52, correlation)).changes) for _ in range(300))
    assert alarms / 300 <= 0.05 + 2 * (0.05 * 0.95 / 300) ** 0.5


def test_a_shift_of_two_standard_errors_in_a_year_is_nearly_always_seen_and_its_range_holds():
    rng = np.random.default_rng(5)
    seen = held = 0
    for _ in range(300):
        changes = search(*world(rng, 52, shift=2.0, unequal=False)).changes
        if len(changes) == 1:
            seen += 1
            held += changes[0].low <= 52 // 3 <= changes[0].high
    assert seen / 300 >= 0.85
    assert held / seen >= 0.95
