"""What counts as an emerging topic, and what does not."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest
from emerging_worlds import DAYS, WEEKS, names, planted, weeks

from kapula.errors import ParameterError
from kapula.text.topics.emerging import emerging, watch
from kapula.text.topics.emerging.evidence import onsets
from kapula.text.topics.emerging.run import _ratio_bounds


def watched(counts, totals, **more):
    return watch(counts, totals, names(counts), WEEKS[: len(totals)], **more)


def test_a_topic_nobody_spoke_of_before_is_found_at_once():
    counts, totals = planted(1, [0.0] * 60 + [0.03] * 2)
    result = watched(counts, totals)
    (alert,) = result.current
    assert result.verdict == "emerging"
    assert (alert.topic, alert.share_before, alert.ratio, alert.high) == ("topic_00", 0.0, None, None)
    assert alert.low > 1
    assert alert.p <= result.limit


def test_a_threefold_share_is_found_and_told_with_its_interval():
    counts, totals = planted(2, [0.03] * 60 + [0.09] * 4)
    (alert,) = watched(counts, totals).current
    assert alert.topic == "topic_00"
    assert WEEKS.index(alert.period) - 60 in range(4)
    assert 1 < alert.low < alert.ratio < alert.high
    assert alert.expected == pytest.approx(alert.share_before * alert.total)
    assert alert.ratio == pytest.approx(alert.share / alert.share_before)


def test_more_comments_of_everything_is_no_topic():
    counts, totals = weeks(3, 60)
    busy = np.random.default_rng(3).poisson(4 * totals[-1] * counts.sum(axis=0) / totals.sum())
    result = watched(np.vstack([counts, busy]), np.append(totals, 4 * totals[-1]))
    assert not [alert for alert in result.alerts if alert.period == WEEKS[60]]


def test_a_burst_that_is_over_is_told_but_not_current():
    counts, totals = planted(4, [0.02] * 60 + [0.15] * 2 + [0.02] * 12)
    told = [alert for alert in watched(counts, totals).alerts if alert.topic == "topic_00"]
    assert [alert.period for alert in told] == [WEEKS[60]]
    assert not told[0].current


def test_an_alarm_that_goes_on_is_one_alarm():
    alarms = np.array([0, 1, 1, 0, 1, 0, 0, 0, 0, 1], dtype=bool)[None, :, None]
    assert np.nonzero(onsets(alarms, quiet=3)[0, :, 0])[0].tolist() == [1, 9]


def test_bounds_of_the_ratio_are_clopper_and_pearsons():
    # 8 of 10 in the window, equal exposures: Clopper & Pearson's 0.444 to 0.975 (Biometrika 26, 1934) as odds.
    low, high = _ratio_bounds(8, 2, 1.0, 0.95)
    assert low == pytest.approx(0.4439 / 0.5561, rel=1e-3)
    assert high == pytest.approx(0.9748 / 0.0252, rel=5e-3)


def test_last_years_rise_at_the_same_time_is_expected():
    season = np.where((np.arange(130) % 52) >= 45, 0.10, 0.03)
    counts, totals = planted(5, season[: 52 + 47], volume=400, spread=0.01)
    rises = [alert.period for alert in watched(counts, totals).alerts if alert.topic == "topic_00"]
    assert rises
    assert all(WEEKS.index(period) < 52 for period in rises)


def test_weekdays_that_differ_are_no_news():
    random = np.random.default_rng(6)
    weekend = np.arange(200) % 7 >= 5
    totals = random.poisson(np.where(weekend, 20, 80))
    shares = np.where(weekend, 0.3, 0.1)
    counts = random.poisson(np.stack([totals * shares, totals * 0.2], axis=1))
    result = watch(counts, totals, ["leisure", "other"], DAYS[:200], period="day")
    assert result.alerts == ()


def test_comments_are_counted_by_week_and_an_open_week_is_left_out():
    start = date(2025, 1, 6)
    days = [start + timedelta(days=index // 5) for index in range(7 * 5 * 40)]
    topics = [("queue",) if index % 10 == 0 else () for index in range(len(days))]
    whole = emerging(days, topics)
    assert (whole.verdict, whole.n, len(whole.periods), whole.topics) == ("quiet", len(days), 40, ("queue",))
    before = emerging(days, topics, as_of=days[-1])
    assert before.periods == whole.periods[:-1]


def test_a_new_topic_among_dated_comments():
    start = date(2025, 1, 6)
    days = [start + timedelta(days=index // 10) for index in range(10 * 7 * 30)]
    late = start + timedelta(days=7 * 29)
    topics = [
        ("outage",) if day >= late and index % 4 == 0 else ("price",) * (index % 5 == 0)
        for index, day in enumerate(days)
    ]
    assert [alert.topic for alert in emerging(days, topics).current] == ["outage"]


def test_too_short_a_past_is_an_answer():
    counts, totals = weeks(7, 11)
    result = watched(counts, totals)
    assert (result.verdict, result.alerts, result.limit) == ("not_enough", (), None)
    assert result.needed_n == 13
    assert emerging([], []).verdict == "not_enough"
    assert emerging([date(2026, 1, 1)] * 50, [()] * 50).verdict == "not_enough"


def test_weeks_without_comments_do_no_harm():
    counts, totals = weeks(8, 60)
    counts[20:30], totals[20:30] = 0, 0
    result = watched(counts, totals)
    assert result.verdict in ("quiet", "emerging")
    assert all(np.isfinite(alert.p) for alert in result.alerts)


def test_a_rarer_promise_is_a_stricter_limit():
    counts, totals = weeks(9, 80)
    assert watched(counts, totals, rate=0.25).limit < watched(counts, totals, rate=4).limit


def test_the_same_call_gives_the_same_bytes():
    counts, totals = planted(10, [0.02] * 60 + [0.1])
    first, second = (json.dumps(watched(counts, totals).to_dict(), allow_nan=False) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("keywords", [{"period": "year"}, {"rate": 0}, {"level": 2}])
def test_what_cannot_be_asked_is_said(keywords):
    with pytest.raises(ParameterError):
        emerging([date(2026, 1, 1)], [("a",)], **keywords)


def test_lengths_must_fit():
    with pytest.raises(ParameterError):
        emerging([date(2026, 1, 1)], [])
    with pytest.raises(ParameterError):
        watch(np.zeros((3, 2)), np.zeros(3), ["a"], WEEKS[:3])
