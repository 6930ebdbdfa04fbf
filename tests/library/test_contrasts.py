"""Each group against the rest: one pass, the rest is exactly the others, corrected over the groups."""

from __future__ import annotations

import pytest

import kapula
from kapula.analyses.contrasts import contrasts
from kapula.errors import ParameterError

TABLE = {
    "group": ["a"] * 40 + ["b"] * 40 + ["c"] * 40 + ["d"] * 3 + [None] * 5,
    "score": [10] * 30 + [0] * 10 + [10] * 20 + [0] * 20 + [10] * 20 + [0] * 20 + [10] * 3 + [0] * 5,
}


def test_a_contrast_is_the_comparison_with_all_others_together() -> None:
    found = {row.by: row for row in contrasts(TABLE, "nps", "group", column="score").rows}
    known = {name: [v for v, g in zip(values, TABLE["group"], strict=True) if g] for name, values in TABLE.items()}
    side = ["a" if group == "a" else "rest" for group in known["group"]]
    expected = kapula.compare({**known, "side": side}, "nps", ("rest", "a"), on="side", column="score")
    assert found["a"].value == pytest.approx(expected.value)
    assert (found["a"].low, found["a"].high) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_groups_below_the_minimum_take_no_part() -> None:
    found = contrasts(TABLE, "nps", "group", column="score", minimum_n=10)
    assert [row.by for row in found.rows] == ["a", "b", "c"]


def test_a_rest_below_the_minimum_is_not_shown_either() -> None:
    """Two groups, one too small: the contrast of the large one would give the small one away."""
    table = {"group": ["a"] * 40 + ["b"] * 3, "score": [10] * 43}
    assert contrasts(table, "nps", "group", column="score", minimum_n=10).rows == ()


def test_sure_asks_for_the_interval_and_for_q() -> None:
    for row in contrasts(TABLE, "nps", "group", column="score").rows:
        assert row.q is not None
        assert row.p is not None
        assert row.q >= row.p
        assert row.low is not None
        assert row.high is not None
        assert not row.sure or (row.low > 0 or row.high < 0)


def test_a_median_has_no_rest() -> None:
    with pytest.raises(ParameterError):
        contrasts(TABLE, "median", "group", column="score")
