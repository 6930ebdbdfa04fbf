"""What moves from week to week: queues, felt support, operations, and decoys that lead nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapula.example.calendar import Calendar, FloatArray
from kapula.example.organisation import TEAMS, teams_at
from kapula.example.truths import WEEKS

QUEUE_MEAN = 190.0


@dataclass(frozen=True, slots=True)
class Weekly:
    """Arrays of shape (teams, WEEKS) or (WEEKS,). ``queue``: mean seconds in the phone queue, by phone team in the order of
    ``teams_at("phone")``. ``support``: the felt support behind the pulse answers, by team in the order of TEAMS, around 0."""

    queue: FloatArray
    support: FloatArray
    chat_response: FloatArray
    app_errors: FloatArray
    outage_minutes: FloatArray
    days_late: FloatArray
    corrections: FloatArray
    web_visits: FloatArray
    temperature: FloatArray
    spot_price: FloatArray

    def queue_deviation(self) -> FloatArray:
        """Minutes above each team's own mean, (teams, WEEKS)."""
        return np.asarray((self.queue - self.queue.mean(axis=1, keepdims=True)) / 60)


def autoregressive(rng: np.random.Generator, series: int, memory: float, sd: float) -> FloatArray:
    """Stationary AR(1) series, shape (series, WEEKS), with the given marginal standard deviation."""
    shocks = rng.normal(0, sd * np.sqrt(1 - memory**2), (series, WEEKS + 30))
    values = np.zeros_like(shocks)
    for week in range(1, WEEKS + 30):
        values[:, week] = memory * values[:, week - 1] + shocks[:, week]
    return values[:, 30:]


def build_weekly(rng: np.random.Generator, calendar: Calendar) -> Weekly:
    phones = len(teams_at("phone"))
    year = 2 * np.pi * (calendar.days[::7].astype("datetime64[D]").astype(np.int64) % 365.25) / 365.25
    cold = np.cos(year - 0.35)
    common = autoregressive(rng, 1, 0.45, 0.22)
    queue = QUEUE_MEAN * np.exp(autoregressive(rng, phones, 0.40, 0.42) + common + rng.normal(0, 0.15, (phones, 1)))
    return Weekly(
        queue=np.round(queue, 1),
        support=autoregressive(rng, len(TEAMS), 0.60, 0.50),
        chat_response=np.round(75 * np.exp(autoregressive(rng, 1, 0.5, 0.35)[0]), 1),
        app_errors=np.round(0.012 * np.exp(autoregressive(rng, 1, 0.5, 0.4)[0]), 5),
        outage_minutes=np.round(rng.gamma(0.6, 18, WEEKS) * (1 + 0.5 * cold), 1),
        days_late=(1.6 + autoregressive(rng, len(teams_at("field_visit")), 0.5, 0.7)).clip(min=0).round(2),
        corrections=np.round(6.5 * np.exp(autoregressive(rng, len(teams_at("invoice")), 0.4, 0.2)), 2),
        web_visits=np.round(41_000 * np.exp(0.1 * cold + autoregressive(rng, 1, 0.6, 0.15)[0])),
        temperature=np.round(5.5 - 12 * cold + autoregressive(rng, 1, 0.5, 3.5)[0], 1),
        spot_price=np.round(6.0 * np.exp(0.35 * cold + autoregressive(rng, 1, 0.6, 0.5)[0]), 2),
    )
