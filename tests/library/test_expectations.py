"""Rising expectations: what is left of a score's change at the same performance and mix."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import statsmodels.api as sm

import kapula
from kapula.analyses.expectations.verdict import VERDICTS
from kapula.errors import ColumnTypeError, ParameterError, UnknownColumnError
from kapula.statistics.line import line, slope_of


def world(
    n: int = 1800, *, drift: float = 0.0, better: float = 0.0, shift: float = 0.0, years: int = 3, seed: int = 2
) -> pa.Table:
    """``drift``: score a year at the same performance. ``better``: performance a year. ``shift``: growth a year of
    the share of firms, who score 1 lower."""
    random = np.random.default_rng(seed)
    day = np.sort(random.integers(0, 365 * years, n))
    time = day / 365.25
    firm = random.random(n) < 0.2 + shift * time
    speed = np.clip(np.round(3 + better * time + random.normal(size=n)), 1, 5)
    score = 5 + 0.5 * speed + drift * time - 1.0 * firm + 0.8 * random.normal(size=n)
    start = dt.date(2023, 1, 1)
    return pa.table(
        {
            "score": score,
            "speed": speed,
            "expected": 4 - drift * time + 0.5 * random.normal(size=n),
            "kind": np.where(firm, "firm", "home"),
            "day": [start + dt.timedelta(days=int(one)) for one in day],
            "month": (day // 31).astype(np.int64),
            "customer": random.integers(0, n // 2, n),
        }
    )


def ask(table: pa.Table, **keywords: Any) -> dict[str, Any]:
    usual = {"score": "score", "performance": "speed", "time": "day"}
    return kapula.expectations(table, **{**usual, **keywords}).to_dict()


def test_a_score_that_falls_at_the_same_performance_is_a_rise_of_expectations() -> None:
    found = ask(world(drift=-0.3), expectation="expected", mix="kind")
    assert found["verdict"] == "rising"
    assert found["low"] < -0.3 < found["high"] < 0
    assert found["p"] < 0.001
    assert found["expectation"]["confirms"] is True
    assert found["expectation"]["low"] < 0.3 < found["expectation"]["high"]
    assert [one["reliability"] for one in found["sensitivity"]] == [0.9, 0.8, 0.7]


def test_a_score_that_falls_with_the_performance_is_not() -> None:
    found = ask(world(better=-0.5), mix="kind")
    assert found["verdict"] == "performance_fell"
    assert found["low"] < 0 < found["high"]
    assert found["performance_per_year_high"] < 0


def test_a_change_of_mix_is_told_apart_only_when_it_is_named() -> None:
    table = world(shift=0.25)
    named, unnamed = ask(table, mix="kind"), ask(table)
    assert named["mix_per_year_high"] < 0
    assert named["low"] < 0 < named["high"]
    assert unnamed["drift_per_year"] < named["drift_per_year"] - 0.1


def test_nothing_is_said_to_be_none_only_when_it_is_surely_small() -> None:
    assert ask(world(6000), mix="kind")["verdict"] == "none"
    few = ask(world(400), mix="kind")
    assert few["verdict"] == "unclear"
    assert few["needed_n"] > few["n"]
    assert few["needed_periods"] > few["periods"]


def test_the_parts_add_up_to_the_whole_change() -> None:
    found = ask(world(drift=-0.2, better=0.3, shift=0.1), mix="kind")
    parts = found["drift_per_year"] + found["performance_per_year"] + found["mix_per_year"]
    assert parts == pytest.approx(found["total_per_year"])


def test_within_periods_the_effects_are_those_of_least_squares() -> None:
    """statsmodels' OLS with a dummy for every period and level gives the same levels of the periods."""
    table = world(600, drift=-0.2, better=0.2)
    found = ask(table, time="month", unit="month")
    frame = table.to_pandas()
    frame = frame[frame.groupby("month")["score"].transform("size") >= 5]
    periods, levels = (np.asarray(frame[name])[:, None] == np.unique(frame[name]) for name in ("month", "speed"))
    design = np.column_stack([periods, levels[:, 1:]]).astype(float)
    fit = sm.OLS(np.asarray(frame["score"]), design).fit()
    average = float(levels[:, 1:].mean(axis=0) @ fit.params[periods.shape[1] :])
    assert [one["constant"] for one in found["points"]] == pytest.approx(fit.params[: periods.shape[1]] + average)


def test_dates_text_and_numbers_of_periods_say_the_same() -> None:
    table = world(drift=-0.3)
    iso = table.set_column(4, "day", pa.array([str(day) for day in table["day"].to_pylist()]))
    assert ask(iso)["drift_per_year"] == pytest.approx(ask(table)["drift_per_year"])
    counted = ask(table, time="month", unit="month")
    assert counted["low"] < -0.3 < counted["high"]
    assert counted["periods"] == 36
    assert ask(table, grain="month")["method"]["grain"] == "month"
    assert ask(table)["method"]["grain"] == "quarter"


def test_a_few_answers_at_flowing_times_are_cut_alike() -> None:
    table = world(300, drift=-0.3)
    years = np.array([(day - dt.date(2023, 1, 1)).days for day in table["day"].to_pylist()]) / 365.25
    found = ask(table.append_column("years", pa.array(years)), time="years")
    assert 20 <= found["periods"] <= 36
    assert found["low"] < -0.3 < found["high"]


def test_several_performances_and_one_on_a_continuous_scale() -> None:
    random = np.random.default_rng(4)
    table = world(drift=-0.3)
    n = table.num_rows
    queue = random.gamma(2.0, 60.0, n)
    score = np.asarray(table["score"]) - 0.4 * np.log1p(queue)
    table = table.set_column(0, "score", pa.array(score)).append_column("queue", pa.array(queue))
    both, one = ask(table, performance=["speed", "queue"]), ask(table)
    assert both["low"] < -0.3 < both["high"]
    assert both["performance_effect"] > one["performance_effect"]


def test_customers_answers_that_belong_together_and_weights_are_taken_so() -> None:
    table = world(drift=-0.3)
    table = table.append_column("weight", pa.array(np.random.default_rng(1).uniform(0.5, 2, table.num_rows)))
    found = ask(table, cluster="customer", weight="weight", mix="kind")
    assert found["low"] < -0.3 < found["high"]
    same = ask(
        table.set_column(table.column_names.index("weight"), "weight", pa.array([2.0] * table.num_rows)),
        weight="weight",
    )
    assert same["drift_per_year"] == pytest.approx(ask(table)["drift_per_year"])


def test_three_waves_are_too_few_and_it_is_said_how_many_are_needed() -> None:
    table = world(900)
    found = ask(table.set_column(5, "month", pa.array(np.arange(900) % 3)), time="month")
    assert (found["verdict"], found["periods"], found["needed_periods"]) == ("not_enough", 3, 4)
    assert found["needed_n"] == 1200
    assert found["drift_per_year"] is None


def test_a_drift_that_depends_on_the_performance_is_warned_of() -> None:
    table = world(6000, seed=9)
    years = np.array([(day - dt.date(2023, 1, 1)).days for day in table["day"].to_pylist()]) / 365.25
    score = np.asarray(table["score"]) - 0.3 * years * (np.asarray(table["speed"]) - 3)
    found = ask(table.set_column(0, "score", pa.array(score)))
    assert "drift_depends_on_performance" in found["warnings"]
    assert "drift_depends_on_performance" not in ask(table)["warnings"]


def test_a_performance_that_never_varies_is_named() -> None:
    table = world()
    found = ask(table.set_column(1, "speed", pa.array([3.0] * table.num_rows)))
    assert "performance_constant" in found["warnings"]
    assert found["performance_per_year"] == 0


def test_periods_too_small_are_left_out_and_counted() -> None:
    found = ask(world(400), grain="month", minimum_n=11)
    assert found["set_aside"]["small_period"] == 400 - found["n"]
    assert all(one["n"] >= 11 for one in found["points"])


@pytest.mark.parametrize(
    ("keywords", "error"),
    [
        ({"performance": []}, ParameterError),
        ({"performance": ["speed", "speed"]}, ParameterError),
        ({"performance": "score"}, ParameterError),
        ({"unit": "fortnight"}, ParameterError),
        ({"grain": "decade"}, ParameterError),
        ({"margin": 0.0}, ParameterError),
        ({"time": "kind"}, ColumnTypeError),
        ({"level": 1.0}, ParameterError),
        ({"mix": "nowhere"}, UnknownColumnError),
        ({"mix": "customer"}, ParameterError),
        ({"performance": "kind"}, ColumnTypeError),
    ],
)
def test_what_cannot_be_asked_is_refused(keywords: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(world(600), **keywords)


def test_the_docs_example_runs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "analyses" / "expectations.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(example, "expectations.md", "exec"), found)
    assert found["result"].verdict == "rising"
    assert all(f"`{code}`" in page for code in VERDICTS)


def test_a_line_through_equal_periods_is_least_squares_with_students_t() -> None:
    """statsmodels' OLS on the same five points, equal sampling variances: the same slope and interval."""
    t, y = np.arange(5.0), np.array([2.0, 1.8, 2.3, 1.7, 1.9])
    fit = sm.OLS(y, sm.add_constant(t)).fit()
    found = line(t, y, np.full(5, 1e-4))
    assert (found.slope, found.se) == pytest.approx((fit.params[1], fit.bse[1]))
    assert found.interval(0.95) == pytest.approx(tuple(fit.conf_int()[1]))
    assert found.p == pytest.approx(fit.pvalues[1])
    assert slope_of(t, y, found) == pytest.approx(found.slope)


def test_from_six_periods_on_the_interval_reckons_with_what_lasts_from_one_to_the_next() -> None:
    """A wave of six periods looks like a slope for half a year: what may last widens the interval, and the slope stays where it is."""
    t, wave = np.arange(12.0), np.sin(np.arange(12) * np.pi / 6)
    found = line(t, wave, np.full(12, 1e-4))
    fit = sm.OLS(wave, sm.add_constant(t)).fit()
    assert found.slope == pytest.approx(fit.params[1])
    assert found.interval(0.95)[1] - found.interval(0.95)[0] > 1.5 * float(np.ptp(fit.conf_int()[1]))


def test_the_shocks_variance_is_paules_and_mandels() -> None:
    """At τ² the weighted sum of squared residuals equals its expectation, T − 2."""
    random = np.random.default_rng(3)
    t, variance = np.arange(20.0), random.uniform(0.01, 0.3, 20)
    y = 0.1 * t + random.normal(size=20) * np.sqrt(variance + 0.5)
    found = line(t, y, variance)
    residual = y - found.intercept - found.slope * t
    assert found.tau2 > 0
    assert float((residual**2 / (variance + found.tau2)).sum()) == pytest.approx(18, rel=1e-6)


def test_a_time_that_flows_is_cut_into_months_of_its_years() -> None:
    table = world(drift=-0.2)
    years = [2023 + (day - dt.date(2023, 1, 1)).days / 365.25 for day in table["day"].to_pylist()]
    found = ask(table.append_column("years", pa.array(years)), time="years")
    assert found["periods"] == 36
    assert found["low"] <= -0.2 <= found["high"] < 0
