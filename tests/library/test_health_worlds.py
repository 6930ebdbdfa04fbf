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
    """Eight sources at random moments: from several a day to one in ten days, some on weekdays only, some in batches by the month."""
    seen = {}
    for number, gap in enumerate((0.3, 1, 2, 4, 7, 10)):
        steps = np.cumsum(rng.exponential(gap, int(rng.integers(20, 400) / gap) + 5))
        seen[("source", f"random {number}")] = [TODAY - dt.timedelta(days=int(steps[-1] - step)) for step in steps]
    shift = int(rng.integers(0, 3))
    week = [TODAY - dt.timedelta(days=day + shift) for day in range(200)]
    seen[("source", "weekdays")] = [day for day in week if day.weekday() < 5]
    seen[("source", "monthly")] = [
        TODAY - dt.timedelta(days=30 * month + int(rng.integers(0, 30))) for month in range(14)
    ]
    return seen


@pytest.mark.slow
def test_rhythms_of_their_own_are_not_called_stale() -> None:
    """Looked at just before the next data would come, the worst moment: a false alarm in 5 % of 400 worlds, within binomial error."""
    false = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        seen = rhythms(rng)
        found, judged = stale(seen, TODAY + dt.timedelta(days=int(rng.exponential(2))), 0.95)
        assert judged == 8
        false += bool(found)
    assert false <= 32


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
