"""False alarms come as often as promised, and planted topics are found; both in simulated worlds."""

from __future__ import annotations

import numpy as np
import pytest
from emerging_worlds import DAYS, WEEKS, names, planted, weeks

from kapula.text.topics.emerging import watch
from kapula.text.topics.emerging.settings import RHYTHMS

pytestmark = pytest.mark.slow
WORLDS = 40


@pytest.mark.parametrize(
    ("topics", "volume", "spread", "periods"),
    [(15, 150, 0.0, 104), (15, 150, 0.05, 104), (15, 800, 0.1, 104), (5, 2000, 0.02, 104), (15, 150, 0.05, 150)],
)
def test_nothing_new_alarms_once_a_year(topics, volume, spread, periods):
    alarms = 0
    for seed in range(WORLDS):
        counts, totals = weeks(seed, periods, topics, volume, spread)
        alarms += len(watch(counts, totals, names(counts), WEEKS[:periods], seed=seed).alerts)
    years = WORLDS * (periods - RHYTHMS["week"].first) / RHYTHMS["week"].a_year
    # Twice the standard error of a Poisson count of so many years, and the limit's own 6 %.
    assert abs(alarms / years - 1) < 2 / np.sqrt(years) + 0.06


def test_days_with_weekends_alarm_once_a_year():
    random, alarms, worlds, length = np.random.default_rng(3), 0, 12, 400
    weekend = np.arange(length) % 7 >= 5
    for seed in range(worlds):
        totals = random.poisson(60 * np.where(weekend, 0.3, 1.0))
        usual = np.exp(random.uniform(np.log(0.01), np.log(0.15), 10))
        means = totals[:, None] * usual * np.where(weekend[:, None], random.uniform(0.6, 2, 10), 1)
        counts = random.poisson(means * random.gamma(10, 0.1, means.shape))
        alarms += len(watch(counts, totals, names(counts), DAYS[:length], period="day", seed=seed).alerts)
    years = worlds * (length - RHYTHMS["day"].first) / RHYTHMS["day"].a_year
    assert abs(alarms / years - 1) < 2 / np.sqrt(years) + 0.06


@pytest.mark.parametrize(
    ("before", "after", "volume", "found", "weeks_to"),
    [(0.0, 0.02, 150, 0.95, 1), (0.02, 0.06, 150, 0.85, 2), (0.02, 0.04, 800, 0.8, 2), (0.02, 0.06, 800, 0.95, 1)],
)
def test_planted_topics_are_found_soon(before, after, volume, found, weeks_to):
    start, worlds, delays = 80, 20, []
    for seed in range(worlds):
        counts, totals = planted(seed, [before] * start + [after] * 8, volume)
        alerts = watch(counts, totals, names(counts), WEEKS[: start + 8], seed=seed).alerts
        after_it = [WEEKS.index(alert.period) - start for alert in alerts if alert.topic == "topic_00"]
        delays += [min(delay for delay in after_it if delay >= 0)] if max(after_it, default=-1) >= 0 else []
    assert len(delays) >= found * worlds
    assert np.median(delays) <= weeks_to
