"""Operational series and invitation counts as observations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from kapula.example.calendar import Calendar, FloatArray, IntArray
from kapula.example.contacts import PLACE_CODES, TEAM_CODES, Contacts
from kapula.example.organisation import teams_at
from kapula.example.truths import WEEKS
from kapula.example.weekly import Weekly

RESPONSE_RATES: Final = {"email": 0.14, "sms": 0.22, "phone_interview": 0.55, "app": 0.09, "chat": 0.30, "web": 0.03}


Counts = FloatArray | IntArray


@dataclass(slots=True)
class Observations:
    """Rows of the observations table as they gather. Only weeks that have ended by the world's end are kept."""

    calendar: Calendar
    measure: list[str] = field(default_factory=list)
    touchpoint: list[str | None] = field(default_factory=list)
    team: list[str | None] = field(default_factory=list)
    period: list[date] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    n: list[int | None] = field(default_factory=list)

    def add(
        self,
        measure: str,
        values: FloatArray,
        touchpoint: str | None = None,
        team: str | None = None,
        n: Counts | None = None,
    ) -> None:
        """One series of WEEKS values."""
        for week in range(WEEKS):
            monday = self.calendar.monday(week)
            if monday + timedelta(days=6) > self.calendar.end:
                break
            self.measure.append(measure)
            self.touchpoint.append(touchpoint)
            self.team.append(team)
            self.period.append(monday)
            self.value.append(float(values[week]))
            self.n.append(None if n is None else int(n[week]))

    def table(self) -> pa.Table:
        return pa.table(
            {
                "measure": pa.array(self.measure, pa.string()),
                "touchpoint": pa.array(self.touchpoint, pa.string()),
                "team": pa.array(self.team, pa.string()),
                "period": pa.array(self.period, pa.date32()),
                "grain": pa.array(["week"] * len(self.measure), pa.string()),
                "value": pa.array(self.value, pa.float64()),
                "n": pa.array(self.n, pa.int64()),
            }
        )


def observation_table(
    rng: np.random.Generator, calendar: Calendar, weekly: Weekly, contacts: Contacts, waited: FloatArray
) -> pa.Table:
    """``waited``: hours each handed-off moving customer waited, NaN elsewhere."""
    rows = Observations(calendar)
    per_team = np.zeros((len(TEAM_CODES), WEEKS))
    np.add.at(per_team, (contacts.team, contacts.week), 1)
    for i, (team, _) in enumerate(teams_at("phone")):
        calls = np.rint(per_team[TEAM_CODES.index(team)] * 38 * rng.uniform(0.9, 1.1, WEEKS))
        rows.add("queue_seconds", weekly.queue[i], "phone", team, calls)
    rows.add("first_response_seconds", weekly.chat_response, "chat", "digital")
    rows.add("app_error_rate", weekly.app_errors, "app", "digital")
    rows.add("outage_minutes", weekly.outage_minutes, "outage", "network")
    for i, (team, _) in enumerate(teams_at("field_visit")):
        rows.add("days_late", weekly.days_late[i], "field_visit", team, per_team[TEAM_CODES.index(team)] * 3)
    for i, (team, _) in enumerate(teams_at("invoice")):
        rows.add("invoice_corrections_per_1000", weekly.corrections[i], "invoice", team)
    rows.add("web_visits", weekly.web_visits, "website")
    rows.add("temperature", weekly.temperature)
    rows.add("spot_price", weekly.spot_price)
    _add_waits(rows, contacts, waited)
    _add_invitations(rng, rows, contacts)
    return rows.table()


def _add_waits(rows: Observations, contacts: Contacts, waited: FloatArray) -> None:
    known = ~np.isnan(waited)
    count = np.bincount(contacts.week[known], minlength=WEEKS)
    total = np.bincount(contacts.week[known], waited[known], minlength=WEEKS)
    overall = waited[known].mean() if known.any() else 0.0
    rows.add(
        "handoff_wait_hours",
        np.where(count > 0, total / np.maximum(count, 1), overall).round(1),
        "moving",
        "contracts",
        count,
    )


def _add_invitations(rng: np.random.Generator, rows: Observations, contacts: Contacts) -> None:
    """Invitations sent, by channel and by touchpoint × team, from the answers and the channel's response rate."""
    rate = np.array([RESPONSE_RATES[channel] for channel in contacts.channel])
    for channel, share in RESPONSE_RATES.items():
        answers = np.bincount(contacts.week[contacts.channel == channel], minlength=WEEKS)
        rows.add(f"invitations_{channel}", np.rint(answers / share * rng.uniform(0.93, 1.07, WEEKS)), n=answers)
    for place, code in enumerate(PLACE_CODES):
        for team, _ in teams_at(code):
            here = (contacts.place == place) & (contacts.team == TEAM_CODES.index(team))
            sent = np.bincount(contacts.week[here], 1 / rate[here], minlength=WEEKS)
            answers = np.bincount(contacts.week[here], minlength=WEEKS)
            rows.add("invitations", np.rint(sent * rng.uniform(0.93, 1.07, WEEKS)), code, team, answers)
