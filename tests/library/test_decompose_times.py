"""``kapula.decompose``: periods asked for as people write days, and time columns that name periods."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.decompose.spans import as_iso, single_day, span_of
from kapula.errors import ParameterError

DAY = dt.date


def dated(n: int = 600) -> dict[str, Any]:
    """Two years of answers, a score that falls in the second."""
    draw = np.random.default_rng(4)
    days = [DAY(2021, 1, 1) + dt.timedelta(days=int(place)) for place in np.sort(draw.integers(0, 730, n))]
    late = np.array([day.year == 2022 for day in days])
    return {"day": days, "group": draw.choice(["a", "b"], n).tolist(), "score": 4 - late + draw.normal(size=n)}


def ask(given: dict[str, Any], **settings: Any) -> dict[str, Any]:
    found = kapula.decompose(pa.table(given), "mean", column="score", segment="group", n_boot=50, **settings)
    return found.to_dict()


def without_names(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in ("first", "second", "method", "stretch")}


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("31.01.2022", (DAY(2022, 1, 31),) * 2),
        ("ma 31.1.2022", (DAY(2022, 1, 31),) * 2),
        ("31/01/2022", (DAY(2022, 1, 31),) * 2),
        ("2022/01/31", (DAY(2022, 1, 31),) * 2),
        ("20220131", (DAY(2022, 1, 31),) * 2),
        ("1.1.2022/30.6.2022", (DAY(2022, 1, 1), DAY(2022, 6, 30))),
        ("1.1.2022 / 2022-06", (DAY(2022, 1, 1), DAY(2022, 6, 30))),
        ("13/01/2022/30/06/2022", (DAY(2022, 1, 13), DAY(2022, 6, 30))),
        ("2021-W05", (DAY(2021, 2, 1), DAY(2021, 2, 7))),
        (DAY(2022, 1, 31), (DAY(2022, 1, 31),) * 2),
    ],
)  # fmt: skip
def test_a_day_is_read_as_the_columns_of_files_are(asked: Any, days: tuple[DAY, DAY]) -> None:
    assert span_of(asked, "first", "day") == days


@pytest.mark.parametrize("asked", ["31.2.2022", "jouluna", "2022-13", "1.1.2022/jouluna", ""])
def test_what_names_no_day_is_refused(asked: str) -> None:
    with pytest.raises(ParameterError, match="names no period"):
        span_of(asked, "second", "day")


def test_a_day_that_may_be_two_is_refused_and_named() -> None:
    with pytest.raises(ParameterError, match="may be 2022-03-04 or 2022-04-03"):
        span_of("03/04/2022", "first", "day")
    assert as_iso("03/04/2022", "%d/%m/%Y") == "2022-04-03"
    assert as_iso("03/04/2022", "%m/%d/%Y") == "2022-03-04"
    assert as_iso("03/04/2022/2022-12", "%d/%m/%Y") == "2022-04-03/2022-12"
    assert as_iso("2022-01/2022-06", "%d/%m/%Y") == "2022-01/2022-06"
    with pytest.raises(ParameterError, match="is no day"):
        single_day("2022-01", "first")


def test_days_as_written_give_the_answer_that_iso_gives() -> None:
    given = dated()
    iso = ask(given, time="day", first="2021-01-01/2021-12-31", second="2022-01-01/2022-12-31", reworded=["2022-01-01"])
    written = ask(given, time="day", first="1.1.2021/31.12.2021", second="1.1.2022/31.12.2022", reworded=["1.1.2022"])
    assert written == iso


def test_a_column_of_dates_takes_its_days_as_written() -> None:
    given = dated()
    given["day"] = [DAY(day.year, 1, 31) for day in given["day"]]
    iso = ask(given, period="day", first="2021-01-31", second="2022-01-31")
    assert ask(given, period="day", first="31.01.2021", second="31.1.2022") == iso
    moments = given | {"day": [dt.datetime(day.year, day.month, day.day) for day in given["day"]]}
    found = ask(moments, period="day", first="31.01.2021", second="31.1.2022")
    assert without_names(found) == without_names(iso)


NAMES = {
    "week": lambda day: "{}-W{:02d}".format(*day.isocalendar()),
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year}",
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_of_periods_are_a_time_column(kind: str) -> None:
    given = dated()
    named = given | {"day": [NAMES[kind](day) for day in given["day"]]}
    asked = {"first": "2021", "second": "2022"}
    found = ask(named, time="day", **asked)
    assert found["method"]["grain"] == ("month" if kind == "week" else kind)
    years = given | {"day": [day.isocalendar().year if kind == "week" else day.year for day in given["day"]]}
    plain = ask(years, period="day", **asked)
    told = ("total", "total_low", "total_high", "mix", "within", "n_first", "n_second", "segments", "verdict")
    assert {name: found[name] for name in told} == {name: plain[name] for name in told}
    assert {name: ask(named, time="day")[name] for name in ("n_first", "n_second")} != {"n_first": 0, "n_second": 0}


def test_months_written_as_numbers_are_months() -> None:
    given = dated()
    text = ask(given | {"day": [f"{day:%Y-%m}" for day in given["day"]]}, time="day")
    number = ask(given | {"day": [100 * day.year + day.month for day in given["day"]]}, time="day")
    assert number == text
    assert (text["first"], text["second"]) == ("2021-01-01/2021-12-31", "2022-01-01/2022-12-31")
    assert text["stretch"]["periods"] == 24


def test_a_week_belongs_to_the_year_of_its_name() -> None:
    """The first week of 2020 begins on 30 December 2019."""
    given = dated()
    weeks = ["2019-W52" if day.year == 2021 else "2020-W01" for day in given["day"]]
    found = ask(given | {"day": weeks}, time="day", first="2019", second="2020")
    assert (found["n_first"], found["n_second"]) == (weeks.count("2019-W52"), weeks.count("2020-W01"))


@pytest.mark.parametrize(
    ("settings", "parameter"),
    [({"grain": "week"}, "grain"), ({"first": "2021-W05"}, "first"), ({"second": "1.1.2022/31.12.2022"}, "second")],
)
def test_what_would_cut_a_month_is_refused(settings: dict[str, Any], parameter: str) -> None:
    given = dated()
    months = given | {"day": [f"{day:%Y-%m}" for day in given["day"]]}
    with pytest.raises(ParameterError, match="name months") as refused:
        ask(months, time="day", **settings)
    assert refused.value.context["parameter"] == parameter
