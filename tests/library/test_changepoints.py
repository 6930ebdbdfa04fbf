"""Change points against the reference case and against planted shifts."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
import ruptures

from kapula.trends.changepoints import find, split_gains
from kapula.trends.noise import estimate


def search(values, errors=None, sizes=None, **settings):
    values = np.asarray(values, dtype=float)
    known = errors is not None
    errors = np.full(len(values), np.nan) if errors is None else errors
    sizes = np.ones(len(values)) if sizes is None else sizes
    noise = estimate(values, errors, sizes, np.ones(len(values), dtype=bool))
    return find(values, noise.sigma, known=known, **settings)


@pytest.fixture
def nile(shared):
    folder = shared / "cases" / "spc03_nile_changepoint"
    with (folder / "data.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return (
        [int(r["year"]) for r in rows],
        [float(r["flow"]) for r in rows],
        json.loads((folder / "expected.json").read_text())["expected"],
    )


@pytest.mark.parametrize("min_size", [4, 15])
def test_the_nile_changed_once_after_1898(nile, min_size):
    """Zeileis et al. (2003): one break, after 1898, supF 75.93; their 95 % range of the date is 1895–1902."""
    years, flow, expected = nile
    changes = search(flow, min_size=min_size).changes
    assert len(changes) == expected["n_breaks_BIC"]["value"]
    change = changes[0]
    assert change.at == expected["last_obs_before"]["value"]
    assert years[change.at - 1] == expected["year"]["value"]
    assert [change.before, change.after] == pytest.approx(
        expected["segment_means"]["value"], abs=expected["segment_means"]["tol"]
    )
    assert change.f == pytest.approx(expected["supF"]["value"], abs=expected["supF"]["tol"])
    assert 1895 <= years[change.low - 1] <= 1898 <= years[change.high - 1] <= 1902
    assert change.p == 0.001  # the smallest that 999 simulated worlds can give


def test_with_equal_n_the_place_is_that_of_ruptures_exact_search():
    rng = np.random.default_rng(11)
    values = np.concatenate([rng.normal(20, 3, 30), rng.normal(28, 3, 25), rng.normal(15, 3, 40)])
    exact = ruptures.Dynp(model="l2", min_size=4, jump=1).fit(values.reshape(-1, 1)).predict(n_bkps=2)
    assert [change.at for change in search(values).changes] == exact[:-1]


def test_periods_with_many_answers_count_for_more():
    """A thin period that jumps by chance moves neither the date nor the level; the fat ones decide."""
    sizes = np.array([900.0] * 10 + [10.0] * 3 + [900.0] * 10)
    errors = 80 / np.sqrt(sizes)
    values = np.array([20.0, 21, 19, 20, 22, 19, 21, 20, 20, 21, 60, -30, 55, 33, 32, 34, 33, 31, 34, 33, 32, 33, 34])
    changes = search(values, errors, sizes).changes
    assert len(changes) == 1
    assert changes[0].low <= 10 <= changes[0].high <= 13
    assert changes[0].before == pytest.approx(20.3, abs=0.6)
    assert changes[0].after == pytest.approx(32.9, abs=0.6)


def test_a_hump_gives_two_change_points():
    rng = np.random.default_rng(2)
    values = rng.normal(30, 2, 60)
    values[25:40] += 9
    assert [change.at for change in search(values).changes] == [25, 40]


def test_one_strange_period_is_no_change_of_level():
    values = np.array([20.0, 21, 19, 20, 21, 20, 19, 45, 20, 21, 19, 20, 21, 20, 19, 20])
    assert search(values).changes == ()


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 9.0, 1.0], [5.0] * 30])
def test_too_few_or_unvarying_values_give_none(values):
    found = search(np.array(values))
    assert found.changes == ()
    assert found.p == 1.0


def test_weeks_that_are_all_alike_give_none_though_their_sampling_error_is_known():
    assert search([5.0] * 30, np.full(30, 2.0), np.full(30, 100.0)).changes == ()


def test_the_gain_of_a_split_is_the_fall_in_the_weighted_sum_of_squares():
    rng = np.random.default_rng(4)
    values, weights = rng.normal(size=20), rng.uniform(0.5, 3, 20)

    def cost(part, weight):
        return float(weight @ (part - np.average(part, weights=weight)) ** 2)

    gains = split_gains(values, weights, 4)
    assert np.isnan(gains[:4]).all()
    assert np.isnan(gains[17:]).all()
    for at in range(4, 17):
        parts = cost(values[:at], weights[:at]) + cost(values[at:], weights[at:])
        assert gains[at] == pytest.approx(cost(values, weights) - parts)


def test_a_clean_step_is_seen_though_weeks_are_calmer_than_their_sampling():
    values = np.array([25.0] * 20 + [5.0] * 20)
    assert [change.at for change in search(values, np.full(40, 11.0), np.full(40, 60.0)).changes] == [20]
