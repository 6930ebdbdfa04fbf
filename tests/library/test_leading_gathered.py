"""Answers with days of their own are gathered into weeks, or months, where most days would be blank, and the answer says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

import kapula
from kapula.analyses.leading.density import gathered

MONDAY = date(2022, 1, 3)
WEEKS, LAG = 110, 2


def answers(each_week: float, units: int = 5, text: bool = False) -> dict[str, list[Any]]:
    """Each team's answers on days by chance; waiting lowers the score LAG weeks later."""
    draw = np.random.default_rng(5)
    rows: dict[str, list[Any]] = {"team": [], "day": [], "score": [], "waiting": []}
    for unit in range(units):
        waiting = draw.normal(size=WEEKS)
        level = np.concatenate([np.zeros(LAG), 1.2 * waiting[:-LAG]])
        for week in range(WEEKS):
            for _ in range(draw.poisson(each_week)):
                day = MONDAY + timedelta(days=7 * week + int(draw.integers(0, 7)))
                rows["team"].append(f"t{unit}")
                rows["day"].append(day.isoformat() if text else day)
                rows["score"].append(7 - level[week] + draw.normal())
                rows["waiting"].append(waiting[week] + 0.1 * draw.normal())
    return rows


def ask(rows: dict[str, list[Any]], **settings: Any) -> Any:
    return kapula.leading(rows, "team", "day", "score", ["waiting"], **settings)


@pytest.mark.parametrize("text", [False, True], ids=["dates", "text"])
def test_several_answers_a_week_are_weeks(text: bool) -> None:
    found = ask(answers(3, text=text))
    assert (found.grain, found.n, found.method["period"]) == ("week", WEEKS, "week")
    assert "period_chosen" in found.warnings
    assert (found.leads[0].lag, found.leads[0].leads) == (LAG, True)
    assert ask(answers(3, text=text), period="week").leads[0].t == pytest.approx(found.leads[0].t, rel=1e-9)


def test_a_period_asked_for_is_taken_and_nothing_is_said() -> None:
    for period in ("day", "week"):
        found = ask(answers(1), period=period)
        assert found.grain == period
        assert "period_chosen" not in found.warnings


def test_answers_too_rare_for_weeks_are_months() -> None:
    found = ask(answers(0.3))
    assert found.grain == "month"
    assert "period_chosen" in found.warnings


def test_too_little_data_says_of_which_periods_it_is() -> None:
    rows = {name: values[:40] for name, values in answers(1, units=1).items()}
    found = ask(rows)
    assert (found.verdict, found.grain) == ("not_enough", "week")
    assert found.warnings == ("period_chosen",)


def test_segments_are_gathered_alike() -> None:
    """Lags of one scan are of one length, though one segment answers daily."""
    often, rarely = answers(12, units=2), answers(0.6, units=12)
    rows = {name: often[name] + rarely[name] for name in often}
    rows["place"] = ["shop"] * len(often["day"]) + ["office"] * len(rarely["day"])
    rows["team"] = [f"{place} {team}" for place, team in zip(rows["place"], rows["team"], strict=True)]
    found = ask(rows, segment="place")
    assert found.grain == "week"
    assert all(len(watch.series) <= WEEKS for watch in found.watch)


def test_days_stay_days_where_they_are_dense() -> None:
    every = [MONDAY + timedelta(days=place) for place in range(200)]
    business = [day for day in every if day.weekday() < 5]
    stray = [*business, date(1970, 1, 1)]
    for days in (every, business, stray, every[:5]):
        assert gathered(days, np.zeros(len(days), dtype=np.int64)) == "day"
    thirds = every[::3]
    assert gathered(thirds, np.zeros(len(thirds), dtype=np.int64)) == "week"


def test_days_of_the_candidate_alone_do_not_count() -> None:
    """A candidate measured daily beside answers on a few days: the answers' periods are what can be told of."""
    draw = np.random.default_rng(7)
    days = [MONDAY + timedelta(days=place) for place in range(7 * WEEKS)]
    told = draw.random(len(days)) < 0.3
    rows = {
        "team": ["t"] * len(days),
        "day": days,
        "score": [float(draw.normal()) if one else None for one in told],
        "waiting": draw.normal(size=len(days)).tolist(),
    }
    found = ask(rows)
    assert (found.grain, found.n) == (
        "week",
        len({day.isocalendar()[:2] for day, one in zip(days, told, strict=True) if one}),
    )
