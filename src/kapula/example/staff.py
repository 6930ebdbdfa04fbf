"""The staff's weekly pulse, and contacts watched by mystery customers."""

from __future__ import annotations

from typing import Final

import numpy as np

from kapula.example.answers import on_scale
from kapula.example.calendar import Calendar, FloatArray, moments
from kapula.example.contacts import TEAM_CODES
from kapula.example.organisation import TEAMS, teams_at
from kapula.example.rows import Block, constant, texts
from kapula.example.truths import WEEKS
from kapula.example.weekly import Weekly

OBSERVED: Final = {"greeted_by_name": 0.55, "showed_empathy": 0.62, "kept_promise": 0.78}
WATCHED: Final = ("phone", "chat", "field_visit", "sales")


def pulse_rows(rng: np.random.Generator, calendar: Calendar, weekly: Weekly, n: int) -> Block:
    """``n`` anonymous pulse answers over teams and weeks, on Thursdays and Fridays, with no customer and no name."""
    weights = np.array([team.size * team.pulse_rate for team in TEAMS])
    weeks = (calendar.last_day + 1 - 5) // 7 + 1
    cell = rng.choice(len(TEAMS) * weeks, size=n, p=np.repeat(weights, weeks) / weights.sum() / weeks)
    team, week = cell // weeks, cell % weeks
    level = 3.6 + rng.normal(0, 0.12, len(TEAMS))[team]
    day = week * 7 + np.where(rng.random(n) < 0.6, 3, 4)
    return {
        "source": constant("staff_pulse", n),
        "perspective": constant("employee", n),
        "team": texts(TEAM_CODES, team),
        "touchpoint": constant("staff", n),
        "channel": np.where(rng.random(n) < 0.7, "app", "email").astype(object),
        "occurred_at": moments(rng, calendar.days[day]),
        "language": np.where(rng.random(n) < 0.93, "fi", "sv").astype(object),
        "weight": np.ones(n),
        "answer_support": on_scale("support", level + weekly.support[team, week] + rng.normal(0, 0.80, n)),
    }


def audit_rows(rng: np.random.Generator, calendar: Calendar, n: int) -> Block:
    """``n`` observed contacts at four touchpoints, spread over the world's office days."""
    place = rng.integers(0, len(WATCHED), n)
    day = rng.choice(7 * WEEKS, size=n, p=calendar.day_weights())
    teams = [rng.choice([team for team, _ in teams_at(code)], size=n) for code in WATCHED]
    answers: dict[str, FloatArray] = {
        f"answer_{code}": (rng.random(n) < p).astype(float) for code, p in OBSERVED.items()
    }
    return {
        "source": constant("mystery_audit", n),
        "perspective": constant("mystery", n),
        "team": np.choose(place, teams).astype(object),
        "touchpoint": texts(WATCHED, place),
        "channel": constant("observation", n),
        "occurred_at": moments(rng, calendar.days[day]),
        "language": constant("fi", n),
        "weight": np.ones(n),
        **answers,
    }
