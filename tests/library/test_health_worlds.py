"""Data health in healthy worlds: how often it cries wolf; and in the example."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from example_statistics import planted
from test_health import TODAY, kinds, survey

import kapula
from kapula.analyses.health.freshness import stale
from kapula.example import build


@pytest.mark.slow
def test_healthy_surveys_are_seldom_faulted() -> None:
    """A finding in at most 5 % of forty healthy surveys, within binomial error (99 %)."""
    assert sum(bool(kinds(survey(seed))) for seed in range(40)) <= 6


def rhythms(rng: np.random.Generator) -> dict[tuple[str, str], list[dt.date]]:
    """Eight living sources seen on one day: at random moments from several a day to one in ten days, on weekdays only, once a month."""
    seen = {}
    for number, gap in enumerate((0.3, 1, 2, 4, 7, 10)):
        span = float(rng.uniform(60, 600))
        ago = np.cumsum(rng.exponential(gap, int(6 * span / gap) + 20))
        seen[("source", f"random {number}")] = [TODAY - dt.timedelta(days=int(one)) for one in ago[ago < span]]
    today = TODAY - dt.timedelta(days=int(rng.integers(0, 7)))
    week = [today - dt.timedelta(days=day) for day in range(200)]
    seen[("source", "weekdays")] = [day + (TODAY - today) for day in week if day.weekday() < 5]
    monthly = [TODAY - dt.timedelta(days=30 * month + int(rng.integers(0, 30))) for month in range(14)]
    seen[("source", "monthly")] = monthly
    return seen


@pytest.mark.slow
def test_rhythms_of_their_own_are_not_called_stale() -> None:
    """A false alarm among eight living sources in 5 % of 400 worlds, within binomial error (99 %)."""
    false = 0
    for seed in range(400):
        found, judged = stale(rhythms(np.random.default_rng(seed)), TODAY, 0.95)
        assert judged >= 7
        false += bool(found)
    assert false <= 32


@pytest.mark.slow
def test_sources_that_stopped_are_called_stale() -> None:
    """After a silence of five usual gaps beyond the longest, nearly all of those with a year behind them."""
    found = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        ago = np.cumsum(rng.exponential(7, 60)) + 70
        found += bool(
            stale({("source", "ended"): [TODAY - dt.timedelta(days=int(one)) for one in ago]}, TODAY, 0.95)[0]
        )
    assert found >= 95


@pytest.mark.slow
def test_the_example_has_one_question_in_two_wordings_and_nothing_else() -> None:
    world = planted()
    found = kapula.health(world.responses, series=world.observations, timezone="Europe/Helsinki")
    assert [(one.kind, one.code, one.others) for one in found.findings] == [
        ("duplicated", "answer_reliance", ("answer_trust",))
    ]


@pytest.mark.slow
def test_in_the_null_example_only_questions_without_news_are_found() -> None:
    """There nothing is related to anything, and that is what is said; nothing is stale, double or one-sided."""
    world = build(responses=20_000, null=True)
    found = kapula.health(world.responses, series=world.observations)
    assert {one.kind for one in found.findings} <= {"generic"}
