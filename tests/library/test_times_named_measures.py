"""Times that name periods (2024-05, 2024-W07, 2024-Q3) are read by trends, roll-outs, memory and health as by the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.health.example import example as answers
from kapula.analyses.memory.example import example as moments
from kapula.analyses.noticed.example import example as comments
from kapula.errors import ColumnTypeError, ParameterError
from kapula.trends.periods import label_of

WRITINGS: dict[str, tuple[str, Callable[[dt.date], Any]]] = {
    "ISO weeks": ("week", lambda day: label_of(day, "week")),
    "ISO months": ("month", lambda day: label_of(day, "month")),
    "with spaces": ("month", lambda day: f" {day:%Y-%m} "),
    "numbers": ("month", lambda day: 100 * day.year + day.month),
    "numbers as text": ("month", lambda day: f"{day:%Y%m}"),
    "quarters": ("quarter", lambda day: label_of(day, "quarter")),
    "years": ("year", lambda day: str(day.year)),
}
EVERY = pytest.mark.parametrize("writing", WRITINGS)
START = dt.date(2021, 1, 4)


def a_survey() -> dict[str, Any]:
    draw = np.random.default_rng(1)
    days = [START + dt.timedelta(days=int(one)) for one in np.sort(draw.integers(0, 4 * 364, 4000))]
    return {"when": days, "score": draw.integers(0, 11, 4000), "team": draw.choice(["a", "b"], 4000).tolist()}


def renamed(table: Any, column: str, writing: Callable[[dt.date], Any]) -> pa.Table:
    table = pa.table(table)
    told = [None if day is None else writing(day) for day in table[column].to_pylist()]
    return table.set_column(table.column_names.index(column), column, pa.array(told))


@EVERY
def test_a_trend_of_named_periods_is_that_of_their_days(writing: str) -> None:
    kind, written = WRITINGS[writing]
    survey = a_survey()
    settings: dict[str, Any] = {"time": "when", "column": "score", "by": "team", "as_of": dt.date(2025, 6, 1)}
    told = kapula.trend(renamed(survey, "when", written), "nps", **settings).to_dict()
    assert told == kapula.trend(survey, "nps", period=kind, **settings).to_dict()


@EVERY
def test_measures_and_comparisons_read_them_too(writing: str) -> None:
    kind, written = WRITINGS[writing]
    survey = a_survey()
    named = renamed(survey, "when", written)
    asked: dict[str, Any] = {"column": "score", "time": "when", "period": kind}
    assert kapula.measure(named, "nps", **asked).rows == kapula.measure(survey, "nps", **asked).rows
    two = tuple(label_of(dt.date(year, 5, 5), kind) for year in (2021, 2022))
    sides = [kapula.compare(table, "nps", two, **asked).to_dict() for table in (named, survey)]
    assert sides[0] == sides[1]


def test_a_named_week_belongs_to_the_year_of_its_thursday() -> None:
    weeks = {"when": ["2020-W53", "2021-W01"], "score": [9, 9]}
    rows = kapula.measure(weeks, "nps", column="score", time="when", period="year").rows
    assert [(row.period, row.n) for row in rows] == [("2020", 1), ("2021", 1)]


def test_filters_see_the_times_as_they_are_written() -> None:
    named = renamed(a_survey(), "when", WRITINGS["ISO months"][1])
    found = kapula.trend(named, "nps", time="when", column="score", filters={"when": ["2021-03", "2021-04"]})
    assert [row.period for row in found.rows] == ["2021-03", "2021-04"]


@pytest.mark.parametrize("ask", [kapula.trend, kapula.measure])
def test_a_period_shorter_than_those_named_is_refused(ask: Callable[..., Any]) -> None:
    named = renamed(a_survey(), "when", WRITINGS["quarters"][1])
    with pytest.raises(
        ParameterError, match="The times in 'when' name quarters, and cannot be cut into months"
    ) as caught:
        ask(named, "nps", time="when", column="score", period="month")
    assert caught.value.context["allowed"] == ["quarter", "year"]


@pytest.mark.parametrize("odd", ["2021-13", "2021-W54", "03/2021"])
def test_what_names_no_period_is_refused(odd: str) -> None:
    survey = a_survey() | {"when": [odd] * 4000}
    with pytest.raises((ParameterError, ColumnTypeError)):
        kapula.trend(survey, "nps", time="when", column="score")


def begun(
    writing: Callable[[dt.date], Any], rollout: Callable[[dt.date], Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The roll-outs of the example, each moved to the first of its month, by the day and as written."""
    made = comments()
    plain = renamed(made.table, "began", lambda day: day.replace(day=1))
    named = renamed(renamed(plain, "day", writing), "began", rollout)
    return tuple(kapula.noticed(one, **made.keywords).to_dict() for one in (plain, named))  # type: ignore[return-value]


@pytest.mark.parametrize("writing", ["ISO months", "with spaces", "numbers", "numbers as text"])
@pytest.mark.parametrize("same", [True, False])
def test_roll_outs_are_told_by_periods_as_by_their_days(writing: str, same: bool) -> None:
    """``same``: the roll-outs too are written as periods, each from its beginning."""
    written = WRITINGS[writing][1]
    plain, named = begun(written, written if same else lambda day: day)
    assert named == plain


def test_a_roll_out_inside_a_named_period_is_refused() -> None:
    made = comments()
    table = renamed(renamed(made.table, "began", lambda day: day.replace(day=15)), "day", WRITINGS["ISO months"][1])
    with pytest.raises(
        ParameterError, match=r"lies inside 20.*which of that month's comments came after it cannot be told"
    ) as caught:
        kapula.noticed(table, **made.keywords)
    assert caught.value.context["parameter"] == "rollout"
    assert "from whose beginning it held" in caught.value.hint


def test_periods_of_roll_outs_are_those_that_the_times_name_when_longer() -> None:
    made = comments()
    table = renamed(
        renamed(made.table, "began", lambda day: dt.date(day.year, 1 + (day.month - 1) // 3 * 3, 1)),
        "day",
        WRITINGS["quarters"][1],
    )
    assert kapula.noticed(table, **made.keywords).to_dict()["method"]["period"] == "quarter"
    with pytest.raises(ParameterError, match="name quarters, and cannot be cut into months"):
        kapula.noticed(table, **made.keywords, period="month")


def spread(step: int) -> tuple[pa.Table, dict[str, Any]]:
    """The example's journeys with each customer's rows ``step`` days apart, so that no two lie in one period of that length."""
    made = moments()
    rows = sorted(made.table.to_pylist(), key=lambda row: (row["customer"], row["day"], row["nps"] is not None))
    count: dict[Any, int] = {}
    for row in rows:
        place = count[row["customer"]] = count.get(row["customer"], -1) + 1
        row["day"] = dt.date(2010, 1, 15) + dt.timedelta(days=step * place)
    return pa.Table.from_pylist(rows), dict(made.keywords)


@pytest.mark.parametrize(("writing", "step"), [("ISO weeks", 7), ("ISO months", 31), ("numbers", 31), ("quarters", 93)])
def test_journeys_of_one_moment_a_period_are_read(writing: str, step: int) -> None:
    table, keywords = spread(step)
    named = kapula.memory(renamed(table, "day", WRITINGS[writing][1]), **keywords)
    assert named.to_dict() == kapula.memory(table, **keywords).to_dict()
    assert named.verdict != "not_enough"


def test_journeys_whose_order_periods_do_not_tell_are_refused() -> None:
    table, keywords = spread(7)
    with pytest.raises(
        ParameterError, match=r"name months, and \d+ customers have several moments in one: which of them was the last"
    ):
        kapula.memory(renamed(table, "day", WRITINGS["ISO months"][1]), **keywords)


def test_days_before_the_end_are_not_counted_in_periods() -> None:
    table, keywords = spread(31)
    with pytest.raises(ParameterError, match="moments of the last 90 days cannot be told by them") as caught:
        kapula.memory(renamed(table, "day", WRITINGS["ISO months"][1]), **keywords, days=90)
    assert caught.value.context["parameter"] == "days"


@EVERY
def test_the_datas_health_is_told_of_named_periods(writing: str) -> None:
    kind, written = WRITINGS[writing]
    made = answers()
    found = kapula.health(renamed(made.table, "day", written), **made.keywords).to_dict()
    last = max(made.table["day"].to_pylist())
    assert found["n"] == kapula.health(made.table, **made.keywords).to_dict()["n"]
    assert label_of(dt.date.fromisoformat(found["method"]["as_of"]), kind) == label_of(last, kind)


def test_nothing_named_by_its_month_is_silent_for_longer_than_it_surely_is() -> None:
    """Answers came until September: looked from the tenth of November, the silence may have begun on the last of September."""
    months = [dt.date(2024 + place // 12, place % 12 + 1, 1) for place in range(21)]
    table = pa.table(
        {
            "when": [f"{day:%Y-%m}" for day in months for _ in range(5)],
            "source": ["s"] * 105, "ease": [1 + place % 5 for place in range(105)],
        }
    )  # fmt: skip

    def stale(day: dt.date) -> list[Any]:
        found = kapula.health(table, questions=["ease"], time="when", source="source", divisions=[], as_of=day)
        return [one for one in found.to_dict()["findings"] if one["kind"] == "stale"]

    assert stale(dt.date(2025, 11, 10)) == []
    (one,) = stale(dt.date(2026, 2, 10))
    assert one["evidence"]["last"] == "2025-09-30"
    assert one["evidence"]["days_silent"] == (dt.date(2026, 2, 10) - dt.date(2025, 9, 30)).days


@pytest.mark.parametrize(
    ("times", "told"),
    [(["2024-Q1", "2024-Q2", "2024-Q9"], "It has '2024-Q9'. Write"), (["2024-Q1", "2024-05"], "Write dates")],
)
def test_what_is_no_time_among_names_of_periods_is_the_one_that_is_told(times, told):
    table = {"t": times * 20, "score": [9] * len(times) * 20}
    with pytest.raises(ColumnTypeError) as error:
        kapula.trend(table, "nps", column="score", time="t")
    assert error.value.hint.startswith(told)
    assert "periods of one kind" in error.value.hint
