"""The same answers from every engine, beyond the contract: periods, clocks, comparisons and raking."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import kapula
from tests.library.engines import Engine

MOMENTS = [
    dt.datetime(2026, 1, 4, 22, 30, tzinfo=dt.UTC),
    dt.datetime(2025, 12, 29, 8, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 2, 11, 8, 0, tzinfo=dt.UTC),
    None,
]
ROWS = pa.table(
    {
        "score": pa.array([9, 3, 10, 10] * 6, pa.int32()),
        "at": pa.array(MOMENTS * 6, pa.timestamp("us", tz="UTC")),
        "team": pa.array((["a"] * 5 + ["b"] * 5 + [None] * 2) * 2),
        "yes": pa.array([True, False, False, None] * 6),
        "person": pa.array([str(place % 7) for place in range(24)]),
    }
)


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
def test_periods(engine: Engine, period: str) -> None:
    result = kapula.measure(engine.load(ROWS), "nps", by="team", time="at", period=period, minimum_n=2)
    expected = kapula.measure(ROWS, "nps", by="team", time="at", period=period, minimum_n=2)
    assert result.to_dict() == expected.to_dict()
    assert result.set_aside == {"no_period": 6}


def test_the_clock_of_the_time_zone(engine: Engine) -> None:
    table = engine.load(ROWS)
    weeks = {
        zone: kapula.measure(table, "nps", time="at", period="week", timezone=zone).rows
        for zone in ("UTC", "Europe/Helsinki")
    }
    assert [row.period for row in weeks["UTC"]] == ["2026-W01", "2026-W07"]
    assert [row.period for row in weeks["Europe/Helsinki"]] == ["2026-W01", "2026-W02", "2026-W07"]


def test_percentiles_by_group_and_period(engine: Engine) -> None:
    settings = {"column": "score", "by": "team", "time": "at", "period": "month", "p": 0.5}
    for more in ({}, {"cluster": "person"}):
        found = kapula.measure(engine.load(ROWS), "percentile", **settings, **more)
        assert found.rows == kapula.measure(ROWS, "percentile", **settings, **more).rows
        assert len(found.rows) > 3


def test_booleans_and_bootstrap(engine: Engine) -> None:
    table = engine.load(ROWS)
    assert kapula.measure(table, "fcr", column="yes").rows[0].value == pytest.approx(1 / 3)
    for more in ({}, {"cluster": "person"}):
        found = kapula.measure(table, "nps", interval="bootstrap", seed=3, **more).rows[0]
        assert found == kapula.measure(ROWS, "nps", interval="bootstrap", seed=3, **more).rows[0]


def test_comparisons(engine: Engine) -> None:
    for more in ({}, {"cluster": "person"}):
        settings = {"between": ("2026-W01", ["2026-W07"]), "time": "at", "period": "week", **more}
        found, expected = (kapula.compare(rows, "nps", **settings) for rows in (engine.load(ROWS), ROWS))
        assert (found.value, found.low, found.high) == pytest.approx((expected.value, expected.low, expected.high))
        assert found.value is not None
        assert found.value > 0


def test_raking(engine: Engine) -> None:
    rows = engine.load(ROWS.filter(pa.compute.is_valid(ROWS["team"])))
    raked = kapula.rake(rows, {"team": {"a": 0.25, "b": 0.75}})
    shares = {row.by: row.value for row in kapula.shares(raked.table, "team", weight="weight").rows}
    assert shares == pytest.approx({"a": 0.25, "b": 0.75})


def test_off_scale_and_weights_are_found_in_the_engine(engine: Engine) -> None:
    table = engine.load(pa.table({"score": [9, 12, 12], "w": [1.0, -2.0, 1.0]}))
    with pytest.raises(kapula.errors.OffScaleError) as caught:
        kapula.measure(table, "nps")
    assert caught.value.context["values"] == {"12": 2}
    with pytest.raises(kapula.errors.ParameterError, match="negative"):
        kapula.measure(table, "nps", weight="w", off_scale="set_aside")
