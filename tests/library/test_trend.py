"""``kapula.trend``: a measure over time, on planted worlds whose truth is known."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.errors import KapulaError, ParameterError, UnknownColumnError
from kapula.results import WARNING_CODES
from kapula.trends.run import corrected

START = dt.date(2024, 1, 1)  # a Monday: week 1 of 2024
AS_OF = dt.date(2025, 1, 6)


def world(weeks=53, per_week=120, promoters=lambda week: 0.45, seed=1, **columns):
    """NPS answers: a share of promoters (9), a quarter of passives (7), the rest detractors (3); plus columns by
    week."""
    rng = np.random.default_rng(seed)
    week = np.repeat(np.arange(weeks), per_week)
    draw = rng.random(len(week))
    share = np.array([promoters(one) for one in range(weeks)])[week]
    scores = np.where(draw < share, 9, np.where(draw < share + 0.25, 7, 3))
    days = [
        START + dt.timedelta(weeks=int(one), days=int(day))
        for one, day in zip(week, rng.integers(0, 7, len(week)), strict=True)
    ]
    made = {name: [value(one, rng) for one in week] for name, value in columns.items()}
    return pa.table({"score": scores, "day": pa.array(days), **made})


def drawn(table, **settings):
    return kapula.trend(table, "nps", time="day", column="score", **({"as_of": AS_OF} | settings))


def test_the_rows_are_those_of_kapula_measure():
    table = world()
    assert drawn(table).rows == kapula.measure(table, "nps", time="day", period="week", column="score").rows


def test_a_quiet_year_has_no_change_and_hardly_a_signal():
    (series,) = drawn(world()).series
    assert series.changes == ()
    assert series.breaks == ()
    assert len(series.signals) <= 1
    assert series.warnings == ()


def test_a_planted_fall_is_dated_and_the_limits_follow_it():
    (series,) = drawn(world(promoters=lambda week: 0.45 if week < 30 else 0.30)).series
    (change,) = series.changes
    assert change.low <= "2024-W31" <= change.high
    assert change.value_after - change.value_before == pytest.approx(
        -30, abs=6
    )  # 15 points from promoters to detractors
    assert {point.stretch for point in series.points} == {0}
    early, late = series.points[5], series.points[45]
    assert early.level == early.centre == pytest.approx(change.value_before)
    assert late.level == late.centre == pytest.approx(change.value_after)
    assert len(series.signals) <= 2  # what changed is told once, as a change, and not as a flood of signals


def test_on_a_baseline_the_fall_is_signalled_against_the_first_weeks():
    (series,) = drawn(world(promoters=lambda week: 0.45 if week < 30 else 0.30), baseline=20).series
    late = [signal for signal in series.signals if signal.period >= "2024-W31"]
    assert {signal.chart for signal in late} == {"individuals", "ewma"}
    assert {signal.direction for signal in late} == {-1}
    assert len({point.centre for point in series.points}) == 1


def test_limits_are_wider_in_a_week_of_few_answers():
    table = pa.concat_tables([world(), world(per_week=400, weeks=1, seed=3)])
    (series,) = drawn(table).series
    crowded, usual = series.points[0], series.points[1]
    assert (usual.limit_high - usual.centre) / (crowded.limit_high - crowded.centre) == pytest.approx(
        (520 / 120) ** 0.5
    )


def test_a_week_without_answers_is_a_gap():
    table = world()
    days = pa.array([not dt.date(2024, 3, 4) <= day < dt.date(2024, 3, 11) for day in table["day"].to_pylist()])
    (series,) = drawn(table.filter(days)).series
    gap = series.points[9]
    assert (gap.row.period, gap.row.value, gap.row.n, gap.row.warnings) == ("2024-W10", None, 0, ("empty",))
    assert gap.limit_low is None
    assert gap.ewma is None
    assert len(series.points) == 53


def test_limits_and_changes_stop_at_a_change_of_wording():
    table = world(
        promoters=lambda week: 0.45 if week < 30 else 0.30, version=lambda week, rng: "v1" if week < 30 else "v2"
    )
    (series,) = drawn(table, wording="version").series
    (found,) = series.breaks
    assert (found.code, found.period, found.date, found.hard) == ("break_wording", "2024-W31", "2024-07-29", True)
    assert found.before == {"v1": 1.0, "v2": 0.0}
    assert series.changes == ()  # the fall lies across the break: the question changed, so nothing is said of the level
    assert [point.stretch for point in series.points] == [0] * 30 + [1] * 23
    assert series.warnings == ("break_wording",)


def test_a_new_channel_mix_is_drawn_but_does_not_split_the_series():
    table = world(channel=lambda week, rng: "web" if rng.random() < (0.2 if week < 26 else 0.7) else "phone")
    (series,) = drawn(table, channel="channel").series
    (found,) = series.breaks
    assert (found.code, found.hard) == ("break_channel", False)
    assert abs(int(found.period[-2:]) - 27) <= 1
    assert found.distance == pytest.approx(0.5, abs=0.05)
    assert {point.stretch for point in series.points} == {0}


def test_the_summary_compares_by_the_interval_of_the_difference():
    table = world(promoters=lambda week: 0.45 if week < 49 else 0.30)
    (series,) = drawn(table).series
    summary = series.summary
    assert (summary.last, summary.silent, summary.window) == ("2025-W01", 0, 4)
    compared = kapula.compare(
        table, "nps", between=(["2024-W46", "2024-W47", "2024-W48", "2024-W49"], ["2024-W50", "2024-W51", "2024-W52", "2025-W01"]),
        time="day", period="week", column="score",
    )  # fmt: skip
    found = summary.window_change
    assert (found.value, found.low, found.high, found.p) == pytest.approx(
        (compared.value, compared.low, compared.high, compared.p)
    )
    assert found.sure
    assert found.second.n == 480


def test_the_week_that_has_not_ended_is_shown_but_is_not_the_last():
    (series,) = drawn(world(), as_of=dt.date(2025, 1, 3)).series
    assert not series.points[-1].full
    assert series.points[-1].limit_high is not None
    assert series.summary.last == "2024-W52"


def test_silence_is_counted():
    (series,) = drawn(world(), as_of=dt.date(2025, 2, 3)).series
    assert series.summary.silent == 4


def test_no_difference_is_given_across_a_change_of_wording():
    (series,) = drawn(world(version=lambda week, rng: "v1" if week < 51 else "v2"), wording="version").series
    assert series.summary.change is not None
    assert series.summary.window_change is None


def test_withheld_periods_show_nothing_and_estimate_nothing():
    table = pa.concat_tables([world(), pa.table({"score": [0, 0], "day": [dt.date(2023, 12, 25)] * 2})])
    (series,) = drawn(table, minimum_n=5).series
    thin = series.points[0]
    assert (thin.row.value, thin.row.low, thin.limit_low) == (None, None, None)
    assert "suppressed" in thin.row.warnings
    withheld = [point.row.period for point in series.points if point.row.value is None]
    assert len(withheld) == 2  # and one more, or the year and the weeks together would reveal it
    shown = [point.row for point in series.points if point.row.value is not None]
    centre = sum(row.n * row.value for row in shown) / sum(row.n for row in shown)
    assert series.stretches[0].centre == pytest.approx(centre)


def test_each_group_has_its_own_trend_and_the_scan_is_corrected():
    table = world(promoters=lambda week: 0.45, team=lambda week, rng: rng.choice(["A", "B"]))
    shifted = world(promoters=lambda week: 0.5 if week < 26 else 0.25, seed=9, team=lambda week, rng: "C")
    result = drawn(pa.concat_tables([table, shifted]), by="team")
    assert [series.by for series in result.series] == ["A", "B", "C"]
    assert [len(series.changes) for series in result.series] == [0, 0, 1]


def test_benjamini_hochberg_decides_over_the_whole_scan():
    assert corrected([0.04]) == [True]
    assert corrected([0.001, 0.04, 0.5, 0.6]) == [True, False, False, False]
    assert corrected([0.001, 0.02, 0.03, 0.6]) == [True, True, True, False]


def test_repeated_weeks_are_told_as_autocorrelated():
    rng = np.random.default_rng(12)
    noise = [0.0]
    for _ in range(103):
        noise.append(0.7 * noise[-1] + rng.normal(0, 0.04))
    (series,) = drawn(
        world(weeks=104, per_week=400, promoters=lambda week: 0.4 + noise[week]), as_of=dt.date(2026, 1, 1)
    ).series
    assert "autocorrelated" in series.warnings


def test_three_weeks_are_too_few_for_limits():
    (series,) = drawn(world(weeks=3)).series
    assert series.warnings == ("too_few_periods",)
    assert {point.limit_low for point in series.points} == {None}
    assert series.changes == ()


@pytest.mark.parametrize("measure", ["mean", "median"])
def test_other_families_have_trends_too(measure):
    result = kapula.trend(world(), measure, time="day", column="score", as_of=AS_OF)
    assert len(result.rows) == 53
    assert result.series[0].summary.last == "2025-W01"
    assert (result.series[0].summary.window_change is None) == (measure == "median")


def test_weights_and_clusters_reach_the_figures():
    table = world(weight=lambda week, rng: rng.choice([0.5, 2.0]), customer=lambda week, rng: int(rng.integers(0, 500)))
    settings = {"weight": "weight", "cluster": "customer"}
    found = drawn(table, **settings).rows
    assert found == kapula.measure(table, "nps", time="day", period="week", column="score", **settings).rows


def test_the_result_is_plain_json_and_arrow():
    result = drawn(world(version=lambda week, rng: "v1" if week < 30 else "v2"), wording="version")
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert told["rows"][0]["period"] == "2024-W01"
    assert told["method"]["as_of"] == "2025-01-06"
    assert told["series"][0]["rows"][0]["limit_low"] < told["series"][0]["rows"][0]["limit_high"]
    assert set(told["warnings"]) <= set(WARNING_CODES)
    arrow = result.to_arrow()
    assert arrow.num_rows == 53
    assert arrow["ewma"].null_count == 0


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"period": "fortnight"}, ParameterError),
        ({"rules": ["astrology"]}, ParameterError),
        ({"baseline": 1}, ParameterError),
        ({"ewma_weight": 0}, ParameterError),
        ({"limit_width": -1}, ParameterError),
        ({"interval": "bootstrap"}, ParameterError),
        ({"wording": "versoin"}, UnknownColumnError),
        ({"time": "score"}, KapulaError),
    ],
)
def test_what_cannot_be_used_is_refused(settings, error):
    with pytest.raises(error):
        kapula.trend(world(weeks=10), "nps", column="score", **({"time": "day", "as_of": AS_OF} | settings))


def test_an_empty_table_gives_an_empty_trend():
    result = drawn(world(weeks=2).slice(0, 0))
    assert result.series == ()
    assert result.rows == ()
