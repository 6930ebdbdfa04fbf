"""What leads, and what only looks like it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from leading_worlds import NULL, answer, memory, planted, rows

import kapula
from kapula.analyses.leading.calendar import grid_of
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.results import LeadingResult
from kapula.errors import ColumnTypeError

UNITS, WEEKS = 6, 120


def lead_of(result: LeadingResult, name: str) -> Lead:
    return next(lead for lead in result.leads if lead.name == name)


@pytest.mark.parametrize("lag", [1, 2, 5, 8])
def test_a_planted_lead_is_found_at_its_own_lag_and_the_rest_is_left_alone(lag: int) -> None:
    rng = np.random.default_rng(lag)
    y, x = planted(rng, UNITS, WEEKS, lag, 0.4)
    result = answer(y, np.concatenate([x, memory(rng, (3, UNITS, WEEKS), 0.6)]))
    assert [(lead.name, lead.lag) for lead in result.leads if lead.leads] == [("x0", lag)]
    assert result.verdict == "leads"
    assert result.tested == 4 * 8
    (found,) = (lead for lead in result.leads if lead.leads)
    assert found.effect is not None
    assert found.effect.low < 0.4 < found.effect.high
    assert 0 < found.low < found.gain < found.high


def test_one_series_without_units_will_do() -> None:
    y, x = planted(np.random.default_rng(2), 1, 150, 3, 0.8)
    table = {"week": range(150), "y": y[0], "x0": x[0, 0]}
    result = kapula.leading(table, None, "week", "y", ["x0"])
    assert [(lead.lag, lead.leads, lead.compared) for lead in result.leads] == [(3, True, "one_series")]
    assert "single_series" in result.warnings


def test_what_moves_in_the_same_period_is_told_at_lag_0_and_never_leads() -> None:
    y, x = NULL["same_period"](np.random.default_rng(3), UNITS, WEEKS, 2)
    for lead in answer(y, x).leads:
        assert not lead.leads
        assert lead.profile[0].lag == 0
        assert abs(lead.profile[0].t) > 5
        assert lead.profile[0].q is None


def test_a_candidate_that_follows_the_target_is_told_to_follow() -> None:
    rng = np.random.default_rng(4)
    follower, target = planted(rng, UNITS, WEEKS, 2, 0.6, weight=0.7, noise=0.3)
    (lead,) = answer(target[0], follower[None]).leads
    assert not lead.leads
    assert lead.reverse is not None
    assert (lead.reverse.found, lead.reverse.lag) == (True, 2)
    assert "moves_after" in lead.warnings


def test_a_wandering_pair_is_differenced_and_its_lag_found() -> None:
    y, x = planted(np.random.default_rng(5), UNITS, WEEKS, 4, 0.5, weight=1.0)
    (lead,) = answer(y, x).leads
    assert (lead.lag, lead.leads, lead.differenced) == (4, True, True)
    assert "wandering" in lead.warnings


def test_the_same_candidate_for_every_unit_is_held_against_their_mean() -> None:
    rng = np.random.default_rng(6)
    x = memory(rng, (1, 1, WEEKS + 3), 0.5)
    y = 0.6 * x[0, :, :WEEKS] + memory(rng, (UNITS, WEEKS), 0.4)
    y[2, 10:40] = np.nan
    (lead,) = answer(y, np.repeat(x[:, :, 3:], UNITS, axis=1)).leads
    assert (lead.lag, lead.leads, lead.compared) == (3, True, "units_together")


def test_a_candidate_that_hardly_differs_between_units_is_too() -> None:
    rng = np.random.default_rng(21)
    shared = 10 * memory(rng, (1, 1, WEEKS + 2), 0.5)
    x = shared + 0.3 * memory(rng, (1, UNITS, WEEKS + 2), 0.5) + 5 * np.arange(UNITS)[:, None]
    y = 0.06 * x[0, :, :WEEKS] + memory(rng, (UNITS, WEEKS), 0.4)
    x[0, 1, 30:60] = np.nan
    (lead,) = answer(y, x[:, :, 2:]).leads
    assert (lead.lag, lead.leads, lead.compared) == (2, True, "units_together")


def test_gaps_cost_figures_and_not_the_lag() -> None:
    rng = np.random.default_rng(7)
    y, x = planted(rng, UNITS, WEEKS, 2, 0.5)
    y[rng.random(y.shape) < 0.15] = np.nan
    x[rng.random(x.shape) < 0.15] = np.nan
    result = answer(y, x)
    (lead,) = result.leads
    assert (lead.lag, lead.leads) == (2, True)
    assert "gaps" in lead.warnings
    assert lead.profile[2].n < 0.8 * y.size


def test_answers_behind_a_figure_count() -> None:
    """Half of the figures rest on two answers, the others on two hundred."""
    rng = np.random.default_rng(8)
    y, x = planted(rng, UNITS, WEEKS, 2, 0.35, noise=0.0)
    n = np.where(rng.random(y.shape) < 0.5, 2.0, 200.0)
    table = rows(y + 8 * rng.normal(size=y.shape) / np.sqrt(n), x) | {"n": n.ravel()}
    plain, weighted = (
        kapula.leading(table, "unit", "week", "y", ["x0"], weight=weight).leads[0] for weight in (None, "n")
    )
    assert weighted.leads
    assert abs(weighted.t) > 1.3 * abs(plain.t)


def test_segments_are_scanned_apart_and_corrected_together() -> None:
    rng = np.random.default_rng(9)
    moved, still = planted(rng, 3, WEEKS, 2, 0.7), (memory(rng, (3, WEEKS), 0.5), memory(rng, (1, 3, WEEKS), 0.5))
    tables = [rows(*world) for world in (moved, still)]
    table = {name: np.concatenate([one[name] for one in tables]) for name in tables[0]}
    table["place"] = np.repeat(["field", "office"], 3 * WEEKS)
    result = kapula.leading(table, "unit", "week", "y", ["x0"], segment="place")
    assert result.tested == 2 * 8
    assert [(lead.segment, lead.leads) for lead in result.leads] == [("field", True), ("office", False)]


def overlapping(rng: np.random.Generator, window: int) -> tuple[np.ndarray, np.ndarray]:
    """A target that is each period's mean of the last ``window`` ones, and a candidate that moves in the very same period."""
    x = memory(rng, (1, UNITS, 240 + window - 1), 0.0)
    weekly = 0.8 * x[0] + memory(rng, x.shape[1:], 0.0)
    rolling = np.stack([weekly[:, start : start + 240] for start in range(window)]).mean(axis=0)
    return rolling, x[:, :, window - 1 :]


def test_overlapping_survey_windows_make_false_leads_unless_they_are_thinned() -> None:
    y, x = overlapping(np.random.default_rng(10), 4)
    naive, declared = (answer(y, x, window=window).leads[0] for window in (1, 4))
    assert naive.leads  # the week that both figures share
    assert not declared.leads
    assert {step.lag for step in declared.profile} == {0, 4, 8}


def test_an_undeclared_window_is_seen() -> None:
    y, x = overlapping(np.random.default_rng(11), 4)
    result = kapula.leading(rows(y, x), "unit", "week", "y", ["x0"], season=0)
    assert result.method["window"] == 4
    assert "windows_thinned" in result.warnings
    assert result.verdict == "none_found"


def test_a_lead_beyond_the_window_survives_thinning() -> None:
    rng = np.random.default_rng(12)
    x = memory(rng, (1, UNITS, 260), 0.0)
    weekly = memory(rng, (UNITS, 260), 0.0)
    weekly[:, 4:] += 2.0 * x[0, :, :-4]
    y = (weekly[:, 1:] + weekly[:, :-1]) / 2
    (lead,) = answer(y, x[:, :, 1:], window=2).leads
    assert (lead.lag, lead.leads) == (4, True)


def test_a_horizon_asks_for_leads_that_leave_time_to_act() -> None:
    y, x = planted(np.random.default_rng(13), UNITS, WEEKS, 4, 0.5)
    result = answer(y, x, horizon=3)
    assert result.tested == 6
    assert [(lead.lag, lead.leads) for lead in result.leads] == [(4, True)]


def test_dependence_told_makes_q_larger() -> None:
    y, x = planted(np.random.default_rng(14), UNITS, WEEKS, 2, 0.3)
    usual, cautious = (answer(y, x, dependent=told).leads[0] for told in (False, True))
    assert cautious.q == pytest.approx(usual.q * sum(1 / rank for rank in range(1, 9)))


def test_a_season_of_numbered_periods_is_found_and_taken_out() -> None:
    wave = 3 * np.sin(2 * np.pi * np.arange(160) / 12)
    rng = np.random.default_rng(15)
    table = {"month": range(160), "y": wave + rng.normal(size=160), "x": np.roll(wave, 2) + rng.normal(size=160)}
    result = kapula.leading(table, None, "month", "y", ["x"])
    assert result.method["season"] == 12
    assert result.verdict == "none_found"


def test_rows_of_one_unit_and_period_are_averaged_and_counted() -> None:
    y, x = planted(np.random.default_rng(16), UNITS, WEEKS, 2, 0.5)
    table = rows(y, x)
    twice = {name: np.concatenate([values, values]) for name, values in table.items()}
    once, doubled = (kapula.leading(one, "unit", "week", "y", ["x0"]) for one in (table, twice))
    assert doubled.leads[0].t == pytest.approx(once.leads[0].t)
    assert doubled.set_aside["cells_of_several_rows"] == UNITS * WEEKS
    assert "rows_averaged" in doubled.warnings


def test_order_of_rows_and_names_of_units_change_nothing() -> None:
    y, x = planted(np.random.default_rng(17), UNITS, WEEKS, 2, 0.5)
    table = rows(y, x)
    order = np.random.default_rng(1).permutation(y.size)
    shuffled = {name: np.asarray(values)[order] for name, values in table.items()}
    one, two = (kapula.leading(given, "unit", "week", "y", ["x0"]).leads[0] for given in (table, shuffled))
    assert two.t == pytest.approx(one.t)
    assert two.gain == pytest.approx(one.gain)


@pytest.mark.parametrize(("shift", "scale"), [(100.0, 1.0), (-3.0, 1000.0), (0.0, 1e-6)])
def test_the_candidates_unit_changes_only_the_slope(shift: float, scale: float) -> None:
    y, x = planted(np.random.default_rng(18), UNITS, WEEKS, 2, 0.5)
    one, two = answer(y, x).leads[0], answer(y, shift + scale * x).leads[0]
    assert two.t == pytest.approx(one.t, rel=1e-5)
    assert two.gain == pytest.approx(one.gain, rel=1e-5)
    assert one.effect is not None
    assert two.effect is not None
    assert two.effect.value * scale == pytest.approx(one.effect.value, rel=1e-5)


def weeks(count: int) -> list[date]:
    return [date(2025, 1, 6) + timedelta(weeks=week) for week in range(count)]


TIMES: dict[str, tuple[list[Any], str]] = {
    "week": (weeks(4), "2025-W03"),
    "month": ([date(2025, month, 1) for month in (1, 2, 3, 4)], "2025-02"),
    "quarter": (["2025-Q1", "2025-Q2", "2025-Q4"], "2025-Q2"),
    "year": ([date(2020, 6, 1), date(2021, 6, 1), date(2023, 6, 1)], "2021"),
    "day": (["2025-01-01", "2025-01-02", "2025-01-05"], "2025-01-02"),
}


@pytest.mark.parametrize("grain", TIMES)
def test_times_fall_on_a_grid_of_their_own_kind(grain: str) -> None:
    times, second = TIMES[grain]
    grid = grid_of(times, None, "t")
    assert grid.grain == grain
    assert grid.labels[1] == second
    assert grid.places[-1] == len(grid.labels) - 1


def test_numbered_periods_keep_their_step() -> None:
    grid = grid_of([10, 14, 12, 18], None, "t")
    assert (grid.labels, grid.places.tolist()) == ((10, 12, 14, 16, 18), [0, 2, 1, 4])


@pytest.mark.parametrize("times", [["first", "second"], [1.5, 2.0], [True, False]])
def test_times_without_an_order_are_refused(times: list[Any]) -> None:
    with pytest.raises(ColumnTypeError) as error:
        grid_of(times, None, "when")
    assert error.value.context["column"] == "when"
