"""Times that name periods mean the same in every analysis, as text and as numbers, and what names none is refused alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

import kapula
from kapula.errors import ColumnTypeError, KapulaError, ParameterError

MONTHS = [dt.date(2021 + place // 12, place % 12 + 1, 1) for place in range(36)]
WEEKS = [dt.date(2021, 1, 4) + dt.timedelta(weeks=place) for place in range(60)]
WRITTEN: dict[str, tuple[str, Sequence[Any]]] = {
    "ISO months": ("month", [f"{day:%Y-%m}" for day in MONTHS]),
    "with spaces": ("month", [f" {day:%Y-%m} " for day in MONTHS]),
    "numbers": ("month", [day.year * 100 + day.month for day in MONTHS]),
    "numbers with decimals": ("month", [float(day.year * 100 + day.month) for day in MONTHS]),
    "numbers as text": ("month", [f"{day:%Y%m}" for day in MONTHS]),
    "days as text": ("month", [f"{day:%Y%m%d}" for day in MONTHS]),
    "ISO weeks": ("week", ["{}-W{:02d}".format(*day.isocalendar()[:2]) for day in WEEKS]),
    "ISO quarters": ("quarter", [f"{2012 + place // 4}-Q{place % 4 + 1}" for place in range(40)]),
    "years": ("year", [str(1985 + place) for place in range(40)]),
}
ODD: dict[str, Sequence[Any]] = {
    "weeks as numbers": [year * 100 + week for year in (2021, 2022) for week in range(1, 21)],
    "weeks as text": [f"{year}{week:02d}" for year in (2021, 2022) for week in range(1, 21)],
    "slashes": [f"{day.month:02d}/{day.year}" for day in MONTHS],
    "two kinds": [f"{day:%Y-%m}" for day in MONTHS[:20]] + [f"{day.year}-Q{day.month // 4 + 1}" for day in MONTHS[20:]],
    "a month that is not there": ["2021-13", *(f"{day:%Y-%m}" for day in MONTHS)],
}


def link(times: Sequence[Any], **settings: Any) -> Any:
    """Eight teams whose staff's figure shows in the customers' two periods later."""
    random, units, count = np.random.default_rng(3), 8, len(times)
    felt = random.normal(size=(units, count))
    before = np.concatenate([np.zeros((units, 2)), felt[:, :-2]], axis=1)
    table = {
        "unit": np.repeat(np.arange(units), count), "when": list(times) * units, "staff": felt.ravel(),
        "customer": (7 + 0.8 * before + 0.3 * random.normal(size=(units, count))).ravel(),
    }  # fmt: skip
    return kapula.linkage(table, "unit", "when", "customer", "staff", **settings)


def drift(times: Sequence[Any], **settings: Any) -> Any:
    random, each = np.random.default_rng(4), 20
    place = np.repeat(np.arange(len(times)), each)
    speed = random.integers(1, 6, len(place)).astype(float)
    table = {
        "when": [times[one] for one in place], "speed": speed,
        "score": 5 + 0.5 * speed - 0.05 * place + random.normal(size=len(place)),
    }  # fmt: skip
    return kapula.expectations(table, "score", "speed", "when", **settings)


def lead(times: Sequence[Any], **settings: Any) -> Any:
    random = np.random.default_rng(5)
    table = {"when": list(times), "q": random.normal(size=len(times)), "y": random.normal(size=len(times))}
    return kapula.leading(table, None, "when", "y", ["q"], max_lag=2, season=0, **settings)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_named_is_the_period_in_all_three(name: str) -> None:
    kind, times = WRITTEN[name]
    linked = link(times, **({"period": kind} if name == "days as text" else {}))
    assert (linked.leads, linked.method["period"]) == (((None, 2),), kind)
    if name != "days as text":
        assert lead(times).grain == kind
    found = drift(times)
    assert found.verdict != "not_enough"
    assert found.method["grain"] == {"month": "quarter", "week": "month"}.get(kind, kind)


def test_months_as_numbers_are_the_days_they_name() -> None:
    plain = link(MONTHS, period="month").to_dict()
    assert link(WRITTEN["numbers"][1]).to_dict()["effects"] == plain["effects"]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("ask", [link, drift, lead])
def test_what_names_no_period_is_refused_by_all_three(name: str, ask: Callable[..., Any]) -> None:
    with pytest.raises(KapulaError) as error:
        ask(ODD[name])
    assert isinstance(error.value, ColumnTypeError | ParameterError)
    assert "2026-" in error.value.hint or "is written like" in error.value.hint


@pytest.mark.parametrize(("ask", "parameter"), [(link, "period"), (drift, "grain"), (lead, "period")])
def test_months_are_not_cut_into_weeks(ask: Callable[..., Any], parameter: str) -> None:
    for name in ("ISO months", "numbers"):
        with pytest.raises(ParameterError) as error:
            ask(WRITTEN[name][1], **{parameter: "week"})
        assert error.value.context["parameter"] == parameter
        assert error.value.context["allowed"] == ["month", "quarter", "year"]


def test_one_sides_single_period_is_read_as_the_others() -> None:
    """A staff survey of one month tells by itself only a number."""
    months = WRITTEN["numbers"][1]
    customers = {
        "unit": [u for u in "abcdef" for _ in months],
        "when": list(months) * 6,
        "customer": np.arange(216.0) % 7,
    }
    staff = {"unit": list("abcdef"), "when": [months[3]] * 6, "staff": [1.0, 2.0, 3.0, 4.0, 5.0, 5.0]}
    found = kapula.linkage(customers, "unit", "when", "customer", "staff", staff_table=staff)
    assert found.method["period"] == "month"


def test_dates_beside_names_of_months_need_a_period() -> None:
    customers = {"unit": [u for u in "abcdef" for _ in MONTHS], "when": MONTHS * 6, "customer": np.arange(216.0) % 7}
    names = WRITTEN["ISO months"][1]
    staff = {"unit": [u for u in "abcdef" for _ in names], "when": list(names) * 6, "staff": np.arange(216.0) % 5}
    with pytest.raises(ParameterError) as error:
        kapula.linkage(customers, "unit", "when", "customer", "staff", staff_table=staff)
    assert error.value.context["parameter"] == "period"
    found = kapula.linkage(customers, "unit", "when", "customer", "staff", staff_table=staff, period="month")
    assert found.n == 6
