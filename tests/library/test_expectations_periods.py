"""The periods that answers are gathered into: figures of a row each, too few in each, and numbers of an unknown unit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

import kapula


def monthly(count: int, *, drift: float = -0.3, spread: float = 0.2) -> dict[str, Any]:
    """A figure a month, dated to its last day."""
    random = np.random.default_rng(0)
    months = [divmod(place + 1, 12) for place in range(count)]
    speed = random.normal(5, 1, count)
    return {
        "day": [dt.date(2014 + year, month + 1, 1) - dt.timedelta(days=1) for year, month in months],
        "number": np.arange(count),
        "flowing": np.round(2014 + np.arange(count) / 12, 4),
        "speed": speed,
        "score": 8 + 0.5 * speed + drift * np.arange(count) / 12 + spread * random.normal(size=count),
    }


def ask(table: Any, time: str = "day", **keywords: Any) -> dict[str, Any]:
    return kapula.expectations(table, "score", "speed", time, **keywords).to_dict()


@pytest.mark.parametrize(("time", "keywords"), [("day", {}), ("number", {"unit": "month"}), ("flowing", {})])
@pytest.mark.parametrize("count", [36, 48, 120])
def test_a_figure_a_month_is_gathered_into_quarters(count: int, time: str, keywords: dict[str, Any]) -> None:
    found = ask(monthly(count), time, **keywords)
    assert found["verdict"] == "rising"
    assert found["low"] < -0.3 < found["high"]
    assert (found["n"], found["periods"], found["set_aside"]) == (count, count // 3, {})
    assert found["points"][0]["n"] == 3


def test_a_figure_a_week_and_a_figure_a_quarter_are_gathered_too() -> None:
    table = monthly(120)
    table["day"] = [dt.date(2020, 1, 6) + dt.timedelta(weeks=place) for place in range(120)]
    assert ask(table)["method"]["grain"] == "month"
    table["day"] = [f"{1990 + place // 4}-Q{place % 4 + 1}" for place in range(120)]
    found = ask(table)
    assert (found["method"]["grain"], found["periods"], found["points"][0]["n"]) == ("year", 30, 4)


def test_the_spread_of_a_series_is_told_from_all_its_periods() -> None:
    """Three rows tell hardly anything of their own spread: the periods' intervals are of one width."""
    widths = [one["constant_high"] - one["constant_low"] for one in ask(monthly(120))["points"]]
    assert widths == pytest.approx([widths[0]] * len(widths))


def test_a_grain_left_out_is_one_whose_periods_are_large_enough() -> None:
    random = np.random.default_rng(1)
    place = np.repeat(np.arange(40), 2)
    speed = random.normal(size=80)
    table = {
        "day": [dt.date(2014 + one // 4, 3 * (one % 4) + 1, 1) for one in place], "speed": speed,
        "score": speed - 0.5 * place / 4 + 0.2 * random.normal(size=80),
    }  # fmt: skip
    found = ask(table)
    assert (found["method"]["grain"], found["verdict"], found["n"]) == ("year", "rising", 80)


@pytest.mark.parametrize("keywords", [{"grain": "month"}, {"minimum_n": 200}])
def test_answers_in_periods_too_small_are_not_said_to_be_none(keywords: dict[str, Any]) -> None:
    found = ask(monthly(120), **keywords)
    assert (found["verdict"], found["n"], found["warnings"]) == ("not_enough", 120, ["small_periods"])
    assert found["needed_n"] > 120
    assert found["set_aside"] == {"small_period": 120}


def test_a_few_figures_are_said_to_be_too_few_for_their_columns() -> None:
    found = ask(monthly(24))
    assert (found["verdict"], found["n"], found["needed_n"]) == ("not_enough", 24, 36)


def answers(name: str, months: int = 48) -> dict[str, Any]:
    random = np.random.default_rng(2)
    place = np.repeat(np.arange(months), 20)
    speed = random.integers(1, 6, len(place)).astype(float)
    return {name: place + 1, "speed": speed, "score": speed - 0.3 * place / 12 + random.normal(size=len(place))}


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("month", "month"), ("SurveyMonth", "month"), ("kuukausi_nro", "month"), ("månad", "month"), ("manad", "month"),
        ("kk", "month"), ("week", "week"), ("viikko", "week"), ("vecka", "week"), ("quarter", "quarter"), ("kvartal", "quarter"),
        ("vuosineljännes", "quarter"), ("päivä", "day"), ("vuosi", "year"), ("år", "year"),
    ],
)  # fmt: skip
def test_a_columns_name_says_its_unit(name: str, unit: str) -> None:
    found = ask(answers(name), name)
    assert (found["method"]["unit"], found["warnings"]) == (unit, [])


def test_plain_numbers_are_taken_for_years_with_a_warning() -> None:
    found = ask(answers("wave"), "wave")
    assert (found["method"]["unit"], found["warnings"]) == ("year", ["unit_assumed"])
    assert ask(answers("wave"), "wave", unit="month")["warnings"] == []
    few = answers("wave", months=3)
    assert ask(few, "wave")["warnings"] == ["unit_assumed"]


def test_years_as_written_and_times_that_flow_are_not_warned_of() -> None:
    table = answers("wave", months=8)
    assert ask({**table, "wave": table["wave"] + 2015}, "wave")["warnings"] == []
    assert ask({**table, "wave": table["wave"] / 4}, "wave")["warnings"] == []
