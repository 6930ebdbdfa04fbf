"""A trend says the same in any unit; figures too small to be squared are refused in words, and never end in a traceback."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pytest

import kapula
from kapula.errors import ParameterError
from kapula.measures.engine.infinite import SMALLEST
from kapula_cli.main import main

WEEKS, EACH = 30, 4
RISE = np.random.default_rng(1).random(WEEKS * EACH) + np.repeat(np.arange(WEEKS) > 15, EACH)
DAYS = [dt.date(2025, 1, 6) + dt.timedelta(weeks=place // EACH) for place in range(WEEKS * EACH)]


def drawn(figures, measure="mean", **more):
    table = {"day": DAYS, "x": figures}
    return kapula.trend(
        table | more, measure, time="day", column="x", as_of=dt.date(2026, 1, 1), by=next(iter(more), None)
    )


@pytest.mark.parametrize("measure", ["mean", "median"])
@pytest.mark.parametrize("power", [-320, -200, 200, 320], ids="2^{}".format)
def test_a_unit_changes_no_digit(measure, power):
    """Powers of two: what is computed in them must be the same to the last bit."""
    (plain,), (scaled,) = (drawn(np.ldexp(RISE, one), measure).series for one in (0, power))
    assert plain.changes
    assert [(one.period, one.low, one.high, one.p, one.f) for one in scaled.changes] == [
        (one.period, one.low, one.high, one.p, one.f) for one in plain.changes
    ]
    assert [np.ldexp(one.value_after, -power) for one in scaled.changes] == [one.value_after for one in plain.changes]
    for name in ("limit_low", "limit_high", "ewma", "ewma_low", "ewma_high"):
        before, after = ([getattr(point, name) for point in one.points] for one in (plain, scaled))
        assert [np.ldexp(one, -power) for one in after] == before
    assert (scaled.signals, scaled.warnings) == (plain.signals, plain.warnings)
    if measure == "mean":
        one, two = plain.summary.change, scaled.summary.change
        assert (np.ldexp(two.low, -power), two.p) == (pytest.approx(one.low), pytest.approx(one.p))


@pytest.mark.parametrize("measure", ["mean", "median", "rate"])
@pytest.mark.parametrize("size", [1e-101, 1e-160, 1e-300, 1e-310])
@pytest.mark.parametrize("ask", [kapula.trend, kapula.measure])
def test_figures_that_cannot_be_squared_are_refused(ask, measure, size):
    """Each interval would have no width, and "all answers are the same" be said of answers that are not."""
    with pytest.raises(
        ParameterError, match=r"The figures of 'x' are too small to compute with: .*Give them in another unit\."
    ):
        ask({"day": DAYS, "x": RISE * size / 2}, measure, time="day", period="week", column="x")


def test_a_small_figure_among_others_is_one_of_them():
    figures = RISE.copy()
    figures[0] = 1e-300
    assert drawn(figures).series[0].changes == drawn(np.where(figures == 1e-300, 0.0, figures)).series[0].changes


def test_a_group_of_small_figures_among_others_is_drawn():
    team = np.where(np.arange(len(RISE)) % 2, "a", "b")
    result = drawn(np.where(team == "a", RISE, RISE * 1e-300), team=team)
    assert [len(one.points) for one in result.series] == [WEEKS, WEEKS]
    assert [one.summary.change.first.by for one in result.series] == [one.by for one in result.series] == ["a", "b"]
    assert "NaN" not in json.dumps(result.to_dict())


def test_answers_that_differ_by_little_are_not_all_the_same():
    assert kapula.measure({"x": [1e-9, 2e-9, 4e-9]}, "mean", column="x").rows[0].warnings == ()
    assert kapula.measure({"x": [1e-9, 1e-9]}, "mean", column="x").rows[0].warnings == ("zero_variance",)


def test_the_limit_holds_its_own_side():
    assert kapula.measure({"x": [SMALLEST, 0.0]}, "mean", column="x").rows[0].n == 2
    assert kapula.measure({"x": [0.0, 0.0]}, "mean", column="x").rows[0].value == 0


def test_the_command_refuses_them_in_words(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("day,x\n" + "".join(f"{day},{figure}e-300\n" for day, figure in zip(DAYS, RISE, strict=True)))
    code = main(["trend", str(path), "--measure", "mean", "--column", "x", "--time", "day", "--json"])
    error = json.loads(capsys.readouterr().err)["error"]
    assert (code, error["code"], error["context"]) == (2, "parameter", {"parameter": "columns", "value": "x"})
