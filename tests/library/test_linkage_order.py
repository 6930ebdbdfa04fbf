"""``kapula.linkage``: the order of rows shows in no digit, and two tables need not hold their units as one type."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.errors import ParameterError

ASKED = {"unit": "team", "time": "day", "customer": "score", "lags": (0, 1), "staff_scale": (1, 5), "scale_step": 0.1}


def answers(units=7, weeks=20, each=6) -> pa.Table:
    """Scores of a decimal, whose sums depend on the order of adding."""
    rng = np.random.default_rng(4)
    team, week = (one.ravel() for one in np.indices((units, weeks)))
    team, week = np.repeat(team, each), np.repeat(week, each)
    felt = rng.normal(3, 0.7, (units, weeks))[team, week]
    one, two = (np.clip(np.round(felt + rng.normal(0, 0.5, len(team)), 1), 1, 5) for _ in range(2))
    score = np.round(7 + felt + rng.normal(0, 1, len(team)), 2)
    ours = rng.random(len(team)) < 0.5
    return pa.table(
        {
            "team": pa.array(team),
            "day": [date(2024, 1, 1) + timedelta(weeks=int(at)) for at in week],
            "score": pa.array(score, mask=ours),
            "one": pa.array(one, mask=~ours),
            "two": pa.array(two, mask=~ours),
            "n": pa.array(rng.integers(0, 3, len(team))),
        }
    )


def told(table: pa.Table, **asked) -> str:
    return json.dumps(kapula.linkage(table, staff=["one", "two"], **ASKED, **asked).to_dict(), default=str)


def test_the_same_rows_in_any_order_tell_exactly_the_same():
    table = answers()
    first = told(table)
    for seed in range(3):
        mixed = table.take(np.random.default_rng(seed).permutation(table.num_rows))
        assert told(mixed) == first


def test_a_cell_has_the_mean_and_the_spread_of_its_answers():
    table = answers(each=12)
    found = kapula.linkage(table, staff=["one", "two"], **ASKED)
    rows = table.to_pandas()
    ours = (rows["one"] + rows["two"]) / 2
    for unit in found.units:
        mine = rows["team"] == int(unit.unit)
        assert unit.staff == pytest.approx(ours[mine].mean())
        assert unit.customer == pytest.approx(rows["score"][mine].mean())
    between = rows.assign(week=rows["day"]).dropna(subset=["one"])
    cells = between.groupby(["team", "week"])[["one", "two"]].agg(["var", "count"])
    many = cells[cells["one", "count"] > 1]
    null = 0.1**2 * (41**2 - 1) / 12
    ratio = (many["one", "var"] + many["two", "var"]) / 2 / null
    agreed = 2 * np.maximum(1 - ratio, 0)
    assert found.agreement.median == pytest.approx(float(np.median(agreed / (agreed + ratio))))


def test_a_column_named_as_a_count_is_a_column():
    assert "effects" in told(answers(), touchpoint="n")


def test_the_staffs_table_may_hold_units_as_text():
    table = answers()
    ours = table.set_column(0, "team", pa.array([str(one) for one in table["team"].to_pylist()]))
    first, second = (json.loads(told(table, staff_table=one))["effects"] for one in (table, ours))
    assert first == second


def test_dates_beside_numbers_of_periods_are_refused():
    table = answers()
    ours = table.set_column(1, "day", pa.array(range(table.num_rows)))
    with pytest.raises(ParameterError, match="dates in one table"):
        told(table, staff_table=ours)
