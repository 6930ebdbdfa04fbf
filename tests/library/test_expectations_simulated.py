"""The drift's interval holds the truth, period shocks do not pass for drift, and the planted truth is found."""

from __future__ import annotations

import numpy as np
import pytest
from expectations_worlds import Series, World, drifts, estimate, held

import kapula
from kapula.example import build
from kapula.example.questions import DRIVERS

pytestmark = pytest.mark.slow

RUNS = 600
NOISE = 3 * np.sqrt(0.95 * 0.05 / RUNS)
WORLDS = {
    "answers alone vary": World(12, 60, drift=-0.1),
    "six waves": World(6, 120, drift=-0.1),
    "something happens to every period": World(12, 60, shock=0.2),
    "... and lasts, in a year of months": World(12, 60, shock=0.2, rho=0.5),
    "... and lasts": World(36, 30, shock=0.3, rho=0.3),
    "... and lasts long": World(36, 30, shock=0.3, rho=0.5),
    "performance changes too": World(12, 60, drift=-0.1, performance=0.2, levels=False),
    "customers answer several times": World(12, 60, customers=3, shock=0.1),
    "four waves": World(4, 100, shock=0.2),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_interval_of_the_drift_holds_it(name: str) -> None:
    found = held(drifts(WORLDS[name], RUNS), WORLDS[name].drift)
    assert 0.93 - NOISE <= found <= 0.97 + NOISE


@pytest.mark.parametrize("months", [48, 120])
@pytest.mark.parametrize(("drift", "rho"), [(0.0, 0.0), (-0.3, 0.0), (-0.3, 0.5)])
def test_a_figure_a_month_gathered_into_quarters_holds_it(months: int, drift: float, rho: float) -> None:
    """Where sixteen quarters hardly tell an autocorrelation the interval is on the safe side: no bound above."""
    assert held(drifts(Series(months, drift, rho), 300), drift) > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 300)


def test_without_a_drift_its_p_is_small_at_the_nominal_rate() -> None:
    """200 worlds in which every period has a shock of its own, a fifth of the answers' standard deviation."""
    small = np.mean([(one.p or 1) <= 0.05 for one in drifts(World(12, 60, shock=0.2), 200)])
    assert small <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


def test_the_performances_part_is_held_too() -> None:
    quiet = World(12, 60, drift=-0.1, performance=0.2, levels=False)
    parts = [estimate(quiet.draw(np.random.default_rng(seed))).parts["performance"] for seed in range(RUNS)]
    assert 0.93 - NOISE <= held(parts, quiet.worth * quiet.performance) <= 0.97 + NOISE


def test_the_planted_rise_of_expectations_is_found_and_confirmed() -> None:
    """Planted: experience −0.1 a year; the scale's ends can hide a third of it."""
    responses = build().responses
    found = kapula.expectations(
        responses, "answer_experience", [f"answer_{code}" for code in DRIVERS], "occurred_at", mix="segment",
        expectation="answer_expectation", cluster="customer",
    ).to_dict()  # fmt: skip
    assert found["verdict"] == "rising"
    assert found["low"] < -0.1 < found["high"] < 0
    assert found["performance_per_year_low"] < 0 < found["performance_per_year_high"]
    assert found["expectation"]["confirms"] is True
    assert found["expectation"]["low"] < 0.1 < found["expectation"]["high"]


def test_in_null_worlds_of_the_example_nothing_is_found() -> None:
    verdicts = []
    for seed in range(8):
        responses = build(responses=4000, seed=seed, null=True).responses
        performance = [f"answer_{code}" for code in DRIVERS[:3]]
        found = kapula.expectations(responses, "answer_experience", performance, "occurred_at", mix="segment")
        verdicts.append(found.verdict)
    assert sum(verdict in ("rising", "falling", "performance_fell") for verdict in verdicts) <= 2
