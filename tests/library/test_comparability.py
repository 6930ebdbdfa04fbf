"""Breaks of comparability: found where a mix changed, silent where it only seems to."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from kapula.measures.engine.run import make_request
from kapula.measures.families import family
from kapula.results import WARNING_CODES
from kapula.trends.comparability import KINDS, find_splits, mix_distance, overdispersion, stretches
from kapula.trends.mixes import find_mixes, scale_breaks


def weeks(rng, shares, n, count):
    return rng.multinomial(n, shares, size=count).astype(float)


def labels(count):
    return [f"2025-W{week:02d}" for week in range(1, count + 1)]


def test_every_kind_has_a_warning_code():
    assert {kind.code for kind in KINDS.values()} <= set(WARNING_CODES)


def test_a_new_wording_is_a_break_in_the_week_it_came():
    counts = np.array([[80, 0]] * 6 + [[0, 75]] * 5, dtype=float)
    (split,) = find_splits(counts, KINDS["wording"])
    assert split.at == 6
    assert split.distance == 1.0
    assert split.p < 1e-9


def test_a_wording_that_came_last_week_is_a_break_already():
    counts = np.array([[80, 0]] * 10 + [[0, 75]], dtype=float)
    assert [split.at for split in find_splits(counts, KINDS["wording"])] == [10]


def test_two_wordings_side_by_side_are_no_break():
    rng = np.random.default_rng(1)
    assert find_splits(weeks(rng, [0.5, 0.5], 60, 40), KINDS["wording"]) == ()


def test_a_shift_of_channels_is_found_with_its_evidence():
    rng = np.random.default_rng(2)
    counts = np.vstack([weeks(rng, [0.7, 0.2, 0.1], 120, 20), weeks(rng, [0.4, 0.5, 0.1], 120, 15)])
    (split,) = find_splits(counts, KINDS["channel"])
    assert split.at == 20
    assert split.distance == pytest.approx(0.3, abs=0.05)  # planted: 0.3 of the answers changed channel


def test_a_campaign_week_is_no_new_mix():
    rng = np.random.default_rng(3)
    counts = weeks(rng, [0.7, 0.3], 120, 30)
    counts[14] = [10, 200]
    assert find_splits(counts, KINDS["channel"]) == ()


def test_small_samples_do_not_alarm():
    """Twelve answers a week whose mix differs by chance: 200 series, at most 1 % alarm (the level), and twice its
    error."""
    rng = np.random.default_rng(4)
    alarms = sum(bool(find_splits(weeks(rng, [0.6, 0.3, 0.1], 12, 30), KINDS["channel"])) for _ in range(200))
    assert alarms / 200 <= 0.01 + 2 * (0.01 * 0.99 / 200) ** 0.5


def test_a_huge_sample_whose_mix_hardly_differs_does_not_alarm():
    counts = np.array([[50_000, 50_000]] * 10 + [[52_000, 48_000]] * 10, dtype=float)
    assert find_splits(counts, KINDS["channel"]) == ()


def test_a_mix_that_always_swings_is_not_a_series_of_breaks():
    rng = np.random.default_rng(5)
    counts = np.vstack([weeks(rng, [share, 1 - share], 200, 1) for share in rng.uniform(0.3, 0.7, 40)])
    assert overdispersion(counts) > 3
    assert find_splits(counts, KINDS["channel"]) == ()


def test_weeks_without_answers_are_passed_over():
    counts = np.array([[50, 0]] * 4 + [[0, 0]] * 3 + [[0, 50]] * 4, dtype=float)
    assert [split.at for split in find_splits(counts, KINDS["wording"])] == [7]


def test_a_language_that_enters_later_is_found_by_the_same_rule():
    rng = np.random.default_rng(6)
    counts = np.vstack([weeks(rng, [1.0, 0.0], 90, 20), weeks(rng, [0.7, 0.3], 90, 20)])
    assert [split.at for split in find_splits(counts, KINDS["language"])] == [20]


def test_total_variation_distance_by_hand():
    assert mix_distance(np.array([30.0, 70.0]), np.array([50.0, 50.0])) == pytest.approx(0.2)
    assert mix_distance(np.array([0.0, 0.0]), np.array([5.0, 5.0])) == 0.0


def test_stretches_lie_between_breaks():
    assert stretches(10, [4, 7]) == ((0, 4), (4, 7), (7, 10))
    assert stretches(10, []) == ((0, 10),)
    assert stretches(0, []) == ()


def answers(rng, codes, weeks_of_them):
    return [
        {float(code): int(n) for code, n in zip(*np.unique(rng.choice(codes, 100), return_counts=True), strict=True)}
        for _ in range(weeks_of_them)
    ]


def test_a_change_of_scale_is_seen_in_the_answers():
    """0…10 until week 10, 1…5 after: the codes above 5 leave for good."""
    rng = np.random.default_rng(7)
    periods = dict(zip(labels(20), [*answers(rng, np.arange(11), 10), *answers(rng, np.arange(1, 6), 10)], strict=True))
    (found,) = scale_breaks(([float(code) for code in range(11)], periods), labels(20), "week")
    assert (found.code, found.period, found.hard) == ("break_scale", "2025-W11", True)
    assert found.date == "2025-03-10"


def test_worse_answers_on_the_same_scale_are_no_change_of_scale():
    rng = np.random.default_rng(8)
    periods = dict(
        zip(labels(20), [*answers(rng, [8, 9, 10, 10, 3, 0], 10), *answers(rng, [0, 2, 3, 5, 6, 10], 10)], strict=True)
    )
    assert scale_breaks(([float(code) for code in range(11)], periods), labels(20), "week") == []


def test_mixes_counted_in_one_pass_are_those_counted_one_by_one():
    """Every kind has its own blanks: a row without a channel still counts for the language. Counted by hand."""
    day = dt.date(2026, 1, 5)
    table = pa.table(
        {
            "day": [day] * 4 + [day + dt.timedelta(7)],
            "nps": [9.0, 10.0, 9.0, None, 3.0],
            "channel": ["sms", None, "web", "web", "web"],
            "language": ["fi", "fi", None, "sv", "sv"],
        }
    )
    request = make_request(
        table, "nps", by=None, time="day", period="week", weight=None, cluster=None, filters=None, column="nps",
        missing=(), scale=None, off_scale="error", timezone="UTC", options={},
    )  # fmt: skip
    found = find_mixes(request, family(request.measure.family), {"channel": "channel", "language": "language"})
    assert found["channel"][()] == (["sms", "web"], {"2026-W02": {"sms": 1, "web": 1}, "2026-W03": {"web": 1}})
    assert found["language"][()] == (["fi", "sv"], {"2026-W02": {"fi": 2}, "2026-W03": {"sv": 1}})
    assert found["answers"][()] == ([3.0, 9.0, 10.0], {"2026-W02": {9.0: 2, 10.0: 1}, "2026-W03": {3.0: 1}})
