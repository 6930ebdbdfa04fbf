"""EX → CX: figures of others, what holds always, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import statsmodels.api as sm

import kapula
from kapula.analyses.linkage import multilevel
from kapula.analyses.linkage.agreement import rwg
from kapula.analyses.linkage.between import between
from kapula.analyses.linkage.example import example
from kapula.analyses.linkage.reliability import icc
from kapula.analyses.linkage.robust import clustered
from kapula.errors import KapulaError, ParameterError, TableError

JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
BCG = [
    (4, 119, 11, 128, 44), (6, 300, 29, 274, 55), (3, 228, 11, 209, 42), (62, 13536, 248, 12619, 52),
    (33, 5036, 47, 5761, 13), (180, 1361, 372, 1079, 44), (8, 2537, 10, 619, 19), (505, 87886, 499, 87892, 13),
    (29, 7470, 45, 7232, 27), (17, 1699, 65, 1600, 42), (186, 50448, 141, 27197, 18), (5, 2493, 3, 2338, 33),
    (27, 16886, 29, 17825, 33),
]  # fmt: skip


def ask(table: Any = None, **changed: Any) -> Any:
    made = example()
    return kapula.linkage(made.table if table is None else table, **{**made.keywords, **changed})


def test_the_sleep_study_of_lme4(shared: Path) -> None:
    """Case excx01: Bates et al. (2015), Reaction ~ Days + (Days | Subject). Degrees of freedom: 17, as lmerTest prints."""
    folder = shared / "cases" / "excx01_sleepstudy_lmm"
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["expected"]
    table = {"y": [float(row["Reaction"]) for row in rows], "days": [int(row["Days"]) for row in rows],
             "who": [row["Subject"] for row in rows]}  # fmt: skip
    found = multilevel(table, "y", ["days"], "who", random=["days"])
    fixed = list(found.fixed.values())
    told = {
        "fixed": [one.value for one in fixed],
        "se": [one.se for one in fixed],
        "sd_int_slope_resid": [*found.sd.values(), found.residual],
        "corr": found.correlation[0][1],
        "REML_crit": found.criterion,
    }
    for name, entry in expected.items():
        assert told[name] == pytest.approx(entry["value"], abs=entry["tol"]), name
    assert [one.df for one in fixed] == pytest.approx([17, 17], abs=0.05)


def test_a_balanced_random_intercept_has_closed_forms() -> None:
    """One-way layout: the mean's standard error is √(MSB / N) on J − 1 degrees of freedom (Searle, Variance Components, 3.4)."""
    y = np.array(JUDGES, float)
    table = {"y": y.ravel(), "who": np.repeat(np.arange(6), 4), "x": np.tile([1.0, 2.0, 3.0, 4.0], 6)}
    within, between_squares = y.var(axis=1, ddof=1).mean(), 4 * y.mean(axis=1).var(ddof=1)
    found = multilevel(table, "y", [], "who")
    assert found.residual**2 == pytest.approx(within, rel=1e-5)
    assert found.sd["(intercept)"] ** 2 == pytest.approx((between_squares - within) / 4, rel=1e-4)
    mean = found.fixed["(intercept)"]
    assert mean.se == pytest.approx(np.sqrt(between_squares / 24), rel=1e-4)
    assert mean.df == pytest.approx(5, abs=0.01)


def test_the_context_is_told_apart_from_the_person() -> None:
    """Planted as in Bliese's work hours: −0.046 within groups and −0.127 more by the group's mean."""
    rng = np.random.default_rng(3)
    unit = np.repeat(np.arange(99), 75)
    hours = rng.normal(11, 1, 99)[unit] + rng.normal(0, 2, len(unit))
    usual = np.array([hours[unit == u].mean() for u in range(99)])[unit]
    y = 4 - 0.046 * hours - 0.127 * usual + rng.normal(0, 0.12, 99)[unit] + rng.normal(0, 0.8, len(unit))
    found = multilevel({"y": y, "hours": hours, "unit": unit}, "y", ["hours"], "unit", split=["hours"]).fixed
    assert found["hours within"].low < -0.046 < found["hours within"].high < 0
    assert found["hours between"].low < -0.173 < found["hours between"].high < -0.046
    assert found["hours between"].df < 99 < found["hours within"].df


def test_icc_of_shrout_and_fleiss() -> None:
    """Shrout & Fleiss (1979), tables 2 and 4: ICC(1,1) 0.17, ICC(1,k) 0.44; intervals as psych prints them."""
    y = np.array(JUDGES, float)
    cells = (np.arange(6), np.full(6, 4.0), y.mean(axis=1), y.var(axis=1) * 4)
    found = icc(*cells, level=0.95)
    assert found is not None
    assert found.icc1 == pytest.approx((0.166, -0.133, 0.723), abs=0.001)
    assert found.icc2 == pytest.approx((0.443, -0.884, 0.912), abs=0.001)


def test_rwg_by_hand() -> None:
    """James, Demaree & Wolf (1984): a variance of 0.5 on five points is 1 − 0.5/2 of agreement, more with three items."""
    n, variances = np.array([4.0]), np.array([0.5])
    one, three = (rwg(n, variances, (1, 5), 1, items) for items in (1, 3))
    assert one is not None
    assert three is not None
    assert (one.null_variance, one.median, three.median) == pytest.approx((2.0, 0.75, 0.9))
    assert one.skewed_median == pytest.approx(1 - 0.5 / 1.34)
    assert rwg(n, np.array([3.0]), (1, 5), 1, 1).median == 0
    assert rwg(n, variances, None, 1, 1) is None


def test_the_between_part_of_the_bcg_trials() -> None:
    """Colditz et al. (1994): metafor's rma(yi, vi, mods = ~ ablat) by REML prints a slope of −0.0291."""
    t, tn, c, cn, latitude = (np.array(column, float) for column in zip(*BCG, strict=True))
    y = np.log(t / (t + tn)) - np.log(c / (c + cn))
    variance = 1 / t - 1 / (t + tn) + 1 / c - 1 / (c + cn)
    found = between(np.arange(13), latitude, y, variance, 0.95)
    assert found is not None
    assert found.value == pytest.approx(-0.0291, abs=5e-5)
    assert found.df == 11
    assert found.high < 0


def test_clusters_of_one_row_give_the_errors_of_hc2() -> None:
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.normal(size=40), np.ones(40), rng.gamma(1, size=40)])
    y = x @ [1.0, 2.0, 0.5] + rng.normal(size=40) * (1 + x[:, 2])
    found = clustered(x, y, np.arange(40), 0, level=0.95)
    oracle = sm.OLS(y, x).fit(cov_type="HC2")
    assert found is not None
    assert (found.value, found.se) == pytest.approx((oracle.params[0], oracle.bse[0]))
    assert found.df < 37


def test_the_planted_lag_of_the_example_is_found_alone() -> None:
    found = ask()
    assert (found.verdict, found.leads) == ("linked", (("visit", 2),))
    assert found.n == 6
    assert found.agreement.groups == 180
    assert 0.5 < found.steadiness < 0.9
    json.dumps(found.to_dict(), allow_nan=False)
    assert found == ask()


def test_two_tables_say_what_one_says() -> None:
    table = example().table
    customers, staff = table.filter(table["emotion"].is_valid()), table.filter(pa.compute.is_finite(table["support"]))
    assert ask(customers, staff_table=staff).to_dict()["effects"] == ask().to_dict()["effects"]


def test_rows_may_come_in_any_order_and_units_by_any_name() -> None:
    table = example().table
    mixed = table.take(np.random.default_rng(2).permutation(table.num_rows))
    mixed = mixed.set_column(0, "team", pa.array([name.as_py().upper() for name in mixed["team"]]))
    assert [one.within.estimate.value for one in ask(mixed).effects] == pytest.approx(
        [one.within.estimate.value for one in ask().effects]
    )


def test_scores_on_another_scale_move_the_slope_with_them() -> None:
    table = example().table
    tenfold = table.set_column(3, "emotion", pa.array(10 * table["emotion"].to_numpy()))
    first, second = ask().effects[2], ask(tenfold).effects[2]
    assert second.within.estimate.value == pytest.approx(10 * first.within.estimate.value)
    assert second.within.estimate.p == pytest.approx(first.within.estimate.p)


def test_without_time_units_are_compared_and_nothing_is_said_of_change() -> None:
    found = ask(time=None)
    assert all(one.within is None and one.between is not None for one in found.effects)
    assert len(found.effects) == 1


def test_the_contextual_part_is_between_minus_within() -> None:
    one = ask().effects[0]
    assert one.contextual.estimate.value == pytest.approx(one.between.estimate.value - one.within.estimate.value)


@pytest.mark.parametrize("units", [["team 0"], ["team 0", "team 1"]])
def test_few_units_in_few_weeks_are_not_enough(units: list[str]) -> None:
    found = ask(filters={"team": units})
    assert (found.verdict, found.n, found.needed_n) == ("not_enough", len(units), 6)
    assert found.effects == ()
    assert found.units == ()


def test_one_period_leaves_the_units_only() -> None:
    found = ask(filters={"week": 4})
    assert found.verdict in ("linked_between", "no_link_seen")
    assert all(one.within is None for one in found.effects)


def test_small_units_are_withheld_with_what_would_reveal_them() -> None:
    table = example().table
    few = pa.array([name.as_py() != "team 0" or row % 60 == 0 for row, name in enumerate(table["team"])])
    rows = ask(table.filter(few), minimum_n=5).units
    hidden = [row for row in rows if row.staff is None]
    assert rows[0].staff is None
    assert "suppressed" in rows[0].warnings
    assert len(hidden) >= 2
    assert sum(row.n_staff for row in hidden) >= 5


def test_nobody_varies() -> None:
    table = example().table
    flat = table.set_column(3, "emotion", pa.array([None if np.isnan(v) else 5.0 for v in table["emotion"].to_numpy()]))
    found = ask(flat)
    assert found.verdict == "not_enough"
    assert found.warnings == ("zero_variance",)


@pytest.mark.parametrize(
    "changed",
    [
        {"customer": "place"}, {"customer": "emotions"}, {"staff": "emotion"}, {"unit": "week"}, {"lags": ()},
        {"lags": (0.5,)}, {"lags": (900,)}, {"adjust": "magic"}, {"level": 1.0}, {"period": "moon"}, {"time": "team"},
        {"staff_scale": (5, 1)}, {"minimum_n": -1}, {"time": "emotion"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(KapulaError):
        ask(**changed)


@pytest.mark.parametrize("side", ["support", "emotion"])
def test_one_side_alone_is_too_little_data(side: str) -> None:
    table = example().table
    place = table.column_names.index(side)
    found = ask(table.set_column(place, side, pa.nulls(table.num_rows, pa.float64())))
    assert (found.verdict, found.n, found.needed_n, found.warnings) == ("not_enough", 0, 6, ("empty",))
    assert found.to_dict()["effects"] == []


def test_a_side_that_is_blank_in_a_table_of_its_own_has_no_times_to_compare() -> None:
    staff = {"unit": ["A", "B"] * 6, "month": [f"2025-{1 + k // 2:02}" for k in range(12)], "felt": [3.0, 4.0] * 6}
    blank = pa.table({"unit": ["A"], "month": pa.array([None], pa.string()), "score": pa.array([None], pa.float64())})
    found = kapula.linkage(blank, "unit", "month", "score", "felt", staff_table=staff)
    assert (found.verdict, found.n_staff, found.n_customers) == ("not_enough", 12, 0)


def test_no_staff_column_is_refused_in_words() -> None:
    with pytest.raises(ParameterError, match="No staff column was named"):
        ask(staff=[])


def test_infinite_values_are_refused() -> None:
    table = example().table
    with pytest.raises(TableError, match="infinite"):
        ask(table.set_column(4, "support", pa.array([np.inf] * table.num_rows)))


@pytest.mark.parametrize(
    ("columns", "settings"),
    [
        ({"x": [1.0] * 6}, {}), ({"x": [1.0, 2, 3, 4, 5, 7], "unit": [1] * 6}, {}), ({"y": [1.0, 2, 3, 4, 5, 6]}, {}),
        ({}, {"method": "magic"}), ({}, {"random": ["z"]}),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_fitted_is_refused(columns: dict[str, Any], settings: dict[str, Any]) -> None:
    table = {"y": [1.0, 3, 2, 5, 4, 7], "x": [1.0, 2, 3, 4, 5, 6], "unit": [1, 1, 2, 2, 3, 3]}
    with pytest.raises(ParameterError):
        multilevel(table | columns, "y", ["x"], "unit", **settings)


def test_the_documentations_example_runs() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "analyses" / "linkage.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    exec(code, {})
    assert "assert" in code
