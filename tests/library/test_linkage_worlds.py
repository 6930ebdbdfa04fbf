"""EX → CX in worlds whose truth is known: coverage, false discoveries and the example's planted link."""

from __future__ import annotations

import numpy as np
import pytest
from example_statistics import effect, planted
from linkage_worlds import side, smooth, world

import kapula
from kapula.analyses.contract import no_progress
from kapula.analyses.linkage.panel import panel
from kapula.analyses.linkage.parts import within
from kapula.analyses.linkage.reliability import icc
from kapula.analyses.linkage.scan import scan, units_apart
from kapula.example import build
from kapula.example.truths import BY_CODE

RUNS = 500


@pytest.mark.slow
@pytest.mark.parametrize(
    ("units", "periods", "varying", "rho"),
    [
        (6, 30, 0.0, 0.5),
        (6, 30, 0.3, 0.5),
        (12, 24, 0.2, 0.6),
        (30, 12, 0.3, 0.3),
        (3, 156, 0.0, 0.5),
        (1, 60, 0.0, 0.3),
    ],
)
def test_the_intervals_cover(units: int, periods: int, varying: float, rho: float) -> None:
    """95 % ± 2, with units of unequal n, neighbouring weeks alike and units whose slopes differ."""
    rng = np.random.default_rng(11)
    inside: list[bool] = []
    apart: list[bool] = []
    for _ in range(RUNS):
        cells = world(rng, units, periods, within=0.4, between=0.8, varying=varying, rho=rho, lag=1)
        one = within(panel(cells, cells.customer, 0, (1,), "season"), 0, 0.95).estimate
        if one is not None:
            inside.append(one.low <= 0.4 <= one.high)
        if (other := units_apart(cells, 0, 0.95)) is not None:
            apart.append(other.low <= 0.8 <= other.high)
    assert len(inside) > 0.97 * RUNS
    assert 0.93 <= np.mean(inside) <= 0.97
    assert not apart or 0.93 <= np.mean(apart) <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize(("units", "share"), [(6, 0.1), (15, 0.1), (30, 0.3)])
def test_the_interval_of_icc_covers(units: int, share: float) -> None:
    rng = np.random.default_rng(12)
    held = []
    for _ in range(1000):
        truth = np.sqrt(share) * rng.normal(size=(units, 1))
        cells = side(rng, truth, 20.0, np.sqrt(1 - share))
        found = icc(cells.unit, cells.n, cells.mean, cells.ss, level=0.95)
        assert found is not None
        held.append(found.icc1[1] <= share <= found.icc1[2])
    assert 0.93 <= np.mean(held) <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize(("units", "periods"), [(8, 30), (3, 52)])
def test_null_worlds_are_silent_at_the_nominal_rate(units: int, periods: int) -> None:
    """200 worlds without a link, 3 touchpoints × 4 lags: a sure one in 5 % of them, within binomial error (99 %)."""
    false = sum(
        any(
            one.within is not None and one.within.sure
            for one in scan(
                world(np.random.default_rng(seed), units, periods, touchpoints=3),
                (0, 1, 2, 3), adjust="season", level=0.95, progress=no_progress,
            )
        )
        for seed in range(200)
    )  # fmt: skip
    assert false <= 18


@pytest.mark.slow
def test_the_planted_link_is_found_in_the_field_and_nowhere_else() -> None:
    found = kapula.linkage(
        planted().responses, "team", "occurred_at", "answer_emotion", "answer_support",
        touchpoint="touchpoint", staff_scale=(1, 5), timezone="Europe/Helsinki",
    )  # fmt: skip
    settings = BY_CODE["staff_support_drives_field_emotion"].settings
    assert found.verdict == "linked"
    assert found.leads == (("field_visit", settings["lag_weeks"]),)
    (lead,) = [one for one in found.effects if (one.touchpoint, one.lag) == found.leads[0]]
    planted_slope = effect("staff_support_drives_field_emotion", "emotion_per_point")
    assert lead.within.estimate.low > 0
    assert lead.beside.sure
    assert lead.within.estimate.value < planted_slope
    # Less what rounding and the scale's ends take, the slope over the staff figure's steadiness is the planted one.
    assert lead.within.estimate.high / found.steadiness > planted_slope
    assert not any(one.within and one.within.sure for one in found.effects if one.touchpoint == "invoice")


@pytest.mark.slow
def test_the_null_example_shows_nothing() -> None:
    world = build(responses=20_000, null=True)
    found = kapula.linkage(
        world.responses, "team", "occurred_at", "answer_emotion", "answer_support", touchpoint="touchpoint"
    )
    assert found.verdict == "no_link_seen"


def test_simulated_series_have_the_variance_they_are_asked() -> None:
    drawn = smooth(np.random.default_rng(1), 400, 30, 0.6)
    assert drawn.var() == pytest.approx(1, abs=0.05)
    assert np.mean(drawn[:, 1:] * drawn[:, :-1]) == pytest.approx(0.6, abs=0.05)
