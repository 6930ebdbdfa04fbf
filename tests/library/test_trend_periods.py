"""Arithmetic of period labels at the edges of years."""

from __future__ import annotations

from datetime import date

import pytest

from kapula.errors import ParameterError
from kapula.schema import PERIODS
from kapula.trends.periods import is_full, label_of, period_end, period_start, sequence, year_before


@pytest.mark.parametrize(
    ("label", "period", "first", "last"),
    [
        ("2026-01-31", "day", date(2026, 1, 31), date(2026, 1, 31)),
        ("2026-W01", "week", date(2025, 12, 29), date(2026, 1, 4)),
        ("2020-W53", "week", date(2020, 12, 28), date(2021, 1, 3)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", "month", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025-Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_label_knows_its_days(label, period, first, last):
    assert (period_start(label, period), period_end(label, period)) == (first, last)
    assert label_of(first, period) == label_of(last, period) == label


def test_weeks_run_over_a_year_with_53_of_them():
    assert sequence("2020-W52", "2021-W02", "week") == ("2020-W52", "2020-W53", "2021-W01", "2021-W02")


@pytest.mark.parametrize("period", PERIODS)
def test_a_sequence_of_one_is_itself(period):
    label = label_of(date(2026, 3, 9), period)
    assert sequence(label, label, period) == (label,)


@pytest.mark.parametrize(
    ("label", "period", "earlier"),
    [
        ("2020-W53", "week", "2019-W52"),
        ("2026-W53", "week", "2025-W52"),
        ("2024-02-29", "day", "2023-02-28"),
        ("2026-Q1", "quarter", "2025-Q1"),
        ("2026", "year", "2025"),
    ],
)
def test_a_year_before(label, period, earlier):
    assert year_before(label, period) == earlier


def test_a_period_is_full_the_day_after_its_last():
    assert not is_full("2026-W05", "week", date(2026, 2, 1))
    assert is_full("2026-W05", "week", date(2026, 2, 2))


@pytest.mark.parametrize(
    ("label", "period"), [("2026-W54", "week"), ("2026-13", "month"), ("2026-05", "week"), ("now", "day")]
)
def test_a_label_of_another_kind_is_refused(label, period):
    with pytest.raises(ParameterError, match=label):
        period_start(label, period)


def test_an_unknown_period_names_those_there_are():
    with pytest.raises(ParameterError) as caught:
        period_start("2026", "fortnight")
    assert caught.value.context["allowed"] == list(PERIODS)
