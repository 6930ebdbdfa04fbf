"""Control charts against published worked examples, and the rules that read them."""

from __future__ import annotations

import numpy as np
import pytest

from kapula.errors import ParameterError
from kapula.trends.control import ewma, individuals, moving_ranges
from kapula.trends.noise import Noise, autocorrelation, estimate
from kapula.trends.rules import DEFAULT_RULES, RULES, require_rules, signals

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4 (EWMA): the data, and the EWMA values as printed.
NIST_EWMA_DATA = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5,
    49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
]  # fmt: skip
NIST_EWMA = [
    50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
    50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
]  # fmt: skip
# NIST/SEMATECH 6.3.2.2 (individuals): ten batches; mean 50.81, mean range 1.8778, limits 45.8159 and 55.8041.
NIST_BATCHES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def unknown(values):
    return np.full(len(values), np.nan)


def everything(values):
    return np.ones(len(values), dtype=bool)


def known_noise(values, sigma, centre):
    return Noise(centre, np.full(len(values), sigma), None)


def test_ewma_reproduces_the_nist_example():
    values = np.array(NIST_EWMA_DATA)
    chart = ewma(values, known_noise(values, 2.0539, 50.0), weight=0.3)
    assert chart.statistic == pytest.approx(NIST_EWMA, abs=0.0051)
    assert chart.high[-1] == pytest.approx(52.5884, abs=0.0003)  # 20 periods in, the exact limit is the steady one
    assert chart.low[-1] == pytest.approx(47.4115, abs=0.0003)
    assert not signals("ewma", map(str, range(20)), chart.standardised(), 3.0, ["beyond_limits"])


def test_the_first_ewma_limit_is_lambda_l_sigma():
    """Montgomery, 9.2: at i = 1 the limits are centre ± L·λ·σ, and they widen from there."""
    values = np.array(NIST_EWMA_DATA)
    chart = ewma(values, known_noise(values, 2.0, 50.0), weight=0.3)
    assert chart.high[0] == pytest.approx(50 + 3 * 0.3 * 2.0)
    assert np.all(np.diff(chart.high) > 0)


def test_individuals_reproduce_the_nist_example():
    values = np.array(NIST_BATCHES)
    noise = estimate(values, unknown(values), np.ones(10), everything(values))
    chart = individuals(values, noise)
    _, mean, _ = moving_ranges(values)
    assert noise.centre == pytest.approx(50.81, abs=1e-9)
    assert mean == pytest.approx(1.8778, abs=5e-5)
    assert chart.high[0] == pytest.approx(55.8041, abs=1e-3)
    assert chart.low[0] == pytest.approx(45.8159, abs=1e-3)


def test_with_equal_n_laneys_chart_is_the_individuals_chart():
    """Laney (2002): when every period has the same n, p′ limits are those of the I chart of the same figures."""
    rng = np.random.default_rng(7)
    values = rng.normal(30, 9, 40)
    errors = np.full(40, 2.0)  # the periods vary far more than their sampling
    laney = individuals(values, estimate(values, errors, np.full(40, 100.0), everything(values)))
    plain = individuals(values, estimate(values, unknown(values), np.ones(40), everything(values)))
    assert laney.low == pytest.approx(plain.low)
    assert laney.high == pytest.approx(plain.high)


def test_limits_follow_the_n_of_each_period():
    values = np.array([30.0, 32.0, 29.0, 31.0, 30.0, 31.0])
    sizes = np.array([100.0, 400.0, 100.0, 400.0, 25.0, 100.0])
    noise = estimate(values, 80 / np.sqrt(sizes), sizes, everything(values))
    width = individuals(values, noise).high - noise.centre
    assert width[0] / width[1] == pytest.approx(2.0)
    assert width[4] / width[0] == pytest.approx(2.0)
    assert noise.dispersion == 1.0  # calmer than sampling: limits never narrower than the sampling error
    assert width[0] == pytest.approx(3 * 8.0)


def test_a_gap_has_no_limit_and_leaves_the_ewma_as_it_was():
    values = np.array([50.0, 52.0, np.nan, 48.0])
    chart = ewma(values, known_noise(values, 2.0, 50.0), weight=0.5)
    assert np.isnan(chart.statistic[2])
    assert np.isnan(chart.high[2])
    assert chart.statistic[3] == pytest.approx(0.5 * 48.0 + 0.5 * chart.statistic[1])


def test_estimates_rest_only_on_the_periods_told():
    values = np.array([10.0, 12.0, 10.0, 12.0, 90.0])
    used = np.array([True, True, True, True, False])
    noise = estimate(values, unknown(values), np.ones(5), used)
    assert noise.centre == 11.0
    assert noise.sigma == pytest.approx(np.full(5, 2 / 1.128))


@pytest.mark.parametrize(
    ("distance", "rule", "found"),
    [
        ([0, 0, 3.2, 0], "beyond_limits", [("2", "2", 1)]),
        ([0, -3.01, 2.99], "beyond_limits", [("1", "1", -1)]),
        ([1] * 7 + [-1], "run_of_8", []),
        ([-1] + [0.1] * 9, "run_of_8", [("8", "1", 1)]),
        ([0.5] * 4 + [0.0] + [0.5] * 4, "run_of_8", []),
        ([2.1, 0, 2.1], "two_of_3", [("2", "0", 1)]),
        ([2.1, 0, -2.1], "two_of_3", []),
        ([-1.1, -1.1, 0, -1.1, -1.1], "four_of_5", [("4", "0", -1)]),
        ([0, 1, 2, 3, 4, 5, 6], "trend_of_6", [("5", "0", 1)]),
        ([0, 1, 2, 2, 4, 5, 6], "trend_of_6", []),
    ],
)
def test_each_rule_on_a_pattern_made_for_it(distance, rule, found):
    labels = [str(i) for i in range(len(distance))]
    told = signals("individuals", labels, np.array(distance, dtype=float), 3.0, [rule])
    assert [(s.period, s.since, s.direction) for s in told] == found


def test_gaps_do_not_break_a_run():
    distance = np.array([1, 1, 1, 1, np.nan, 1, 1, 1, 1])
    told = signals("individuals", "abcdefghi", distance, 3.0)
    assert [(s.rule, s.since, s.period) for s in told] == [("run_of_8", "a", "i")]


def test_an_unknown_rule_names_those_there_are():
    with pytest.raises(ParameterError) as caught:
        require_rules(["beyond_limits", "astrology"])
    assert caught.value.context["allowed"] == list(RULES)
    assert require_rules(DEFAULT_RULES) == DEFAULT_RULES


@pytest.mark.parametrize("weight", [0, -0.1, 1.1])
def test_an_impossible_ewma_weight_is_refused(weight):
    with pytest.raises(ParameterError, match="EWMA weight"):
        ewma(np.array([1.0]), known_noise([1.0], 1.0, 1.0), weight=weight)


def test_autocorrelation_is_told_from_independence():
    rng = np.random.default_rng(3)
    draws = rng.standard_normal(120)
    repeated = draws.copy()
    for i in range(1, 120):
        repeated[i] = 0.6 * repeated[i - 1] + draws[i]
    assert autocorrelation(repeated)[1]
    assert not autocorrelation(draws)[1]
    assert autocorrelation(np.array([5.0] * 20)) == (0.0, False)
