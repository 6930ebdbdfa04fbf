"""What cannot be measured says why, where, and how to mend it."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kapula
from kapula.errors import (
    ColumnTypeError,
    OffScaleError,
    ParameterError,
    TableError,
    UnknownColumnError,
    UnknownMeasureError,
)
from kapula.measures import declare, get, load, register

TABLE = {"score": [9, 10, 3, 0, None], "team": ["a", "b", "a", "b", "a"], "weight": [1.0, 2.0, 1.0, 0.0, 1.0]}


def test_unknown_column_and_measure_offer_the_nearest() -> None:
    with pytest.raises(UnknownColumnError, match="Did you mean 'team'"):
        kapula.measure(TABLE, "nps", by="taem")
    with pytest.raises(UnknownColumnError, match="Did you mean 'score'"):
        kapula.measure(TABLE, "nps", column="scor")
    with pytest.raises(UnknownMeasureError, match="Did you mean 'nps'"):
        kapula.measure(TABLE, "nsp")


def test_text_is_no_score() -> None:
    with pytest.raises(ColumnTypeError) as caught:
        kapula.measure(TABLE, "nps", column="team")
    assert caught.value.context["column"] == "team"
    with pytest.raises(ColumnTypeError, match="which values count"):
        kapula.measure(TABLE, "share", column="team")
    assert kapula.measure(TABLE, "share", column="team", positive="a").rows[0].value == pytest.approx(0.6)


@pytest.mark.parametrize("bad", [-1.0, math.inf])
def test_unusable_weights_are_an_error(bad: float) -> None:
    with pytest.raises(ParameterError, match="1 negative or infinite") as caught:
        kapula.measure({**TABLE, "weight": [1.0, bad, 1.0, 1.0, 1.0]}, "nps", weight="weight")
    assert caught.value.context["value"] == "weight"
    with pytest.raises(ColumnTypeError):
        kapula.measure(TABLE, "nps", weight="team")


def test_rows_without_weight_or_with_weight_zero_are_counted_apart() -> None:
    result = kapula.measure({"score": [9, 3, 3], "w": [1.0, None, 0.0]}, "nps", weight="w")
    assert result.rows[0].n == 1
    assert result.set_aside == {"no_weight": 1, "zero_weight": 1}
    nothing = kapula.measure({"score": [9, 3], "w": [0.0, 0.0]}, "nps", weight="w").rows[0]
    assert nothing.warnings == ("weights_zero",)


def test_off_scale_answers_are_named_with_their_counts() -> None:
    with pytest.raises(OffScaleError) as caught:
        kapula.measure({"score": [9, 11, 11, -1, 0]}, "nps")
    assert caught.value.context["values"] == {"11": 2, "-1": 1}
    assert caught.value.context["count"] == 3
    with pytest.raises(OffScaleError):
        kapula.measure({"score": [9.5, 3.0]}, "nps")


def test_zero_is_an_answer_and_nan_is_none() -> None:
    result = kapula.measure({"score": [0.0, math.nan, None, 10.0]}, "nps")
    assert result.rows[0].n == 2
    assert result.rows[0].value == 0
    assert result.set_aside == {"no_answer": 2}
    with pytest.raises(OffScaleError, match="inf"):
        kapula.measure({"value": [1.0, math.inf]}, "mean")


@pytest.mark.parametrize(
    "settings",
    [
        {"level": 1.5}, {"level": 0}, {"period": "week"}, {"time": "day", "period": "fortnight"}, {"off_scale": "ignore"},
        {"interval": "guess"}, {"promotor_min": 8}, {"scale": (10, 0)}, {"columns": ["score", "team"]},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used(settings: dict[str, object]) -> None:
    table = {**TABLE, "day": ["2026-01-01"] * 5}
    with pytest.raises(ParameterError) as caught:
        kapula.measure(table, "nps", **settings)
    assert caught.value.context["parameter"]


def test_what_is_no_table() -> None:
    with pytest.raises(TableError):
        kapula.measure(17, "nps")
    with pytest.raises(TableError):
        kapula.measure({"a": [1, 2], "b": [1]}, "nps")


@pytest.mark.parametrize("make", [pa.table, pd.DataFrame, pl.DataFrame, pl.LazyFrame, dict])
def test_every_kind_of_table_gives_the_same(make: object) -> None:
    result = kapula.measure(make(TABLE), "nps", by="team", weight="weight")
    assert [(row.by, row.n, row.value) for row in result.rows] == [("a", 2, 0.0), ("b", 1, 100.0)]


def test_categoricals_group_by_their_labels() -> None:
    frame = pd.DataFrame(TABLE).astype({"team": "category"})
    assert [row.by for row in kapula.measure(frame, "nps", by="team").rows] == ["a", "b"]


def test_periods_are_iso_and_rows_are_in_order() -> None:
    days = [dt.date(2025, 12, 29), dt.date(2026, 1, 4), dt.date(2026, 1, 5), None]
    table = {"score": [9, 3, 10, 10], "day": days}
    result = kapula.measure(table, "nps", time="day", period="week")
    assert [(row.period, row.value, row.n) for row in result.rows] == [("2026-W01", 0.0, 2), ("2026-W02", 100.0, 1)]
    assert result.set_aside == {"no_period": 1}
    labels = {"day": "2025-12-29", "month": "2025-12", "quarter": "2025-Q4", "year": "2025"}
    text = {**table, "day": [day and day.isoformat() for day in days]}
    for period, label in labels.items():
        for rows in (table, text):
            assert kapula.measure(rows, "nps", time="day", period=period).rows[0].period == label


def test_the_clock_of_the_time_zone_decides_the_week() -> None:
    """Half past midnight on a Monday in Helsinki is still Sunday in UTC."""
    moment = dt.datetime(2026, 1, 4, 22, 30, tzinfo=dt.UTC)
    table = pa.table({"score": [9], "at": pa.array([moment], pa.timestamp("us", tz="UTC"))})
    assert kapula.measure(table, "nps", time="at", period="week").rows[0].period == "2026-W01"
    helsinki = kapula.measure(table, "nps", time="at", period="week", timezone="Europe/Helsinki")
    assert helsinki.rows[0].period == "2026-W02"


def test_several_groups_are_a_dict_and_blanks_are_a_group() -> None:
    table = {"score": [9, 3, 10], "team": ["a", None, "a"], "channel": ["x", "x", "y"]}
    result = kapula.measure(table, "nps", by=["team", "channel"])
    assert [row.by for row in result.rows] == [
        {"team": "a", "channel": "x"}, {"team": "a", "channel": "y"}, {"team": None, "channel": "x"},
    ]  # fmt: skip
    assert result.to_arrow().column_names[:2] == ["by.team", "by.channel"]


def test_filters_take_values_lists_blanks_and_predicates() -> None:
    assert kapula.measure(TABLE, "nps", filters={"team": "a"}).rows[0].n == 2
    assert kapula.measure(TABLE, "nps", filters={"team": ["a", "b"], "score": [9, None]}).rows[0].n == 1
    table = kapula.as_table(TABLE)
    assert kapula.measure(table, "nps", filters=table.score > 3).rows[0].n == 2


def test_declared_measures(tmp_path: object) -> None:
    trust = declare(name="trust", family="share", scale=[1, 6], options={"top": 2}, wording={"fi": "Luotan yhtiöön."})
    row = kapula.measure({"score": [6, 5, 1, 2]}, trust).rows[0]
    assert (row.value, trust.unit, trust.columns) == (0.5, "share", ("score",))
    assert declare(trust.to_dict()) == trust
    assert (
        kapula.measure({"score": [6, 5, 1, 2]}, {"name": "own", "family": "mean", "scale": [1, 6]}).rows[0].value == 3.5
    )
    path = tmp_path / "measures.yaml"
    path.write_text("measures:\n  - {name: care, family: mean, scale: [1, 4]}\n", encoding="utf-8")
    assert load(path)[0].scale.high == 4
    with pytest.raises(ParameterError, match="no field 'skale'"):
        declare(name="x", family="mean", skale=[1, 5])
    with pytest.raises(ParameterError, match="no family"):
        declare(name="x", family="meen")
    with pytest.raises(ParameterError, match="already"):
        register(declare(name="nps", family="mean"))
    assert get("nps").unit == "points"
