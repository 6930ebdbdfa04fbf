"""Who met Aurinkokivi when, where and through whom: the frame of the touchpoint survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kapula.example.calendar import Calendar, FloatArray, IntArray, Mask
from kapula.example.organisation import SEGMENT_CODES, TEAMS, TOUCHPOINTS, teams_at
from kapula.example.people import People, draw_customers
from kapula.example.truths import BY_CODE, WEEKS, Plan

PLACES: Final = tuple(touchpoint for touchpoint in TOUCHPOINTS if touchpoint.volume)
PLACE_CODES: Final = tuple(touchpoint.code for touchpoint in PLACES)
TEAM_CODES: Final = tuple(team.code for team in TEAMS)
OTHERS: Final = {"house": 0.38, "flat": 0.36, "small_firm": 0.15, "large_firm": 0.11}
"""Shares of the other segments in what solar homes leave."""

LIKINGS: Final[dict[str, dict[str, float]]] = {
    "house": {"key_account": 0},
    "flat": {"key_account": 0, "solar": 0, "district_heating": 2, "field_visit": 0.7, "moving": 1.7},
    "solar_home": {"key_account": 0, "app": 1.5, "solar": 4, "ev_charging": 4, "district_heating": 0.2},
    "small_firm": {"key_account": 2, "app": 0.6, "moving": 0.3},
    "large_firm": {"key_account": 9, "app": 0.4, "moving": 0.1, "phone": 0.7},
}
SEASONS: Final[dict[str, dict[int, float]]] = {
    "invoice": {12: 1.2, 1: 1.4, 2: 1.3},
    "outage": {11: 1.5, 12: 1.6, 1: 1.4, 8: 1.3},
    "moving": {5: 1.3, 6: 1.6, 7: 1.6, 8: 1.5},
    "solar": {4: 1.5, 5: 1.6, 6: 1.3, 12: 0.4, 1: 0.4},
}
INTERVIEWED: Final = ("phone", "invoice", "moving", "contract", "district_heating")
"""Touchpoints once surveyed by phone interview."""

CHANNELS: Final[dict[str, dict[str, float]]] = {
    "chat": {"chat": 0.9, "email": 0.1},
    "app": {"app": 1.0},
    "website": {"web": 1.0},
    "outage": {"sms": 0.7, "email": 0.3},
    "field_visit": {"sms": 0.5, "email": 0.5},
}
GAMING_MONTHS: Final = (5, 11)


@dataclass(frozen=True, slots=True)
class Contacts:
    """One entry an answered touchpoint survey. ``place``: index into PLACE_CODES; ``team``: into TEAM_CODES."""

    day: IntArray
    place: IntArray
    team: IntArray
    segment: IntArray
    customer: IntArray
    channel: npt.NDArray[Any]
    handed_off: Mask
    message: IntArray  # outage message: −1 not in the pilot, 0 none, 1 message

    @property
    def week(self) -> IntArray:
        return np.asarray(self.day // 7)

    def at(self, place: str) -> Mask:
        return np.asarray(self.place == PLACE_CODES.index(place))


def solar_share(plan: Plan, week: IntArray | FloatArray) -> FloatArray:
    """Share of solar homes among those who answer."""
    start = plan.number("mix_hides_fall", "solar_share_start")
    return np.asarray(start + plan.effect("mix_hides_fall", "solar_share_growth") * week / WEEKS)


def draw_segments(rng: np.random.Generator, plan: Plan, week: IntArray) -> IntArray:
    others = rng.choice([SEGMENT_CODES.index(code) for code in OTHERS], size=len(week), p=list(OTHERS.values()))
    return np.where(rng.random(len(week)) < solar_share(plan, week), SEGMENT_CODES.index("solar_home"), others)


def draw_contacts(rng: np.random.Generator, plan: Plan, calendar: Calendar, people: People, n: int) -> Contacts:
    """``n`` contacts. A few more are drawn and those the gaming sales team did not invite are left out."""
    drawn = int(n * 1.02) + 20
    day = rng.choice(7 * WEEKS, size=drawn, p=calendar.day_weights())
    month = calendar.months(day)
    segment = draw_segments(rng, plan, day // 7)
    place = _places(rng, segment, month)
    team = _teams(rng, place, segment)
    gaming = (team == TEAM_CODES.index(str(BY_CODE["bonus_gaming"].settings["team"]))) & np.isin(month, GAMING_MONTHS)
    uninvited = gaming & (rng.random(drawn) < -plan.effect("bonus_gaming", "invitations"))
    kept = np.flatnonzero(~uninvited)[:n]
    day, segment, place, team = day[kept], segment[kept], place[kept], team[kept]
    customer = draw_customers(rng, people, segment, day // 7)
    message_group = _lot(rng, people)
    in_pilot = (place == PLACE_CODES.index("outage")) & (
        day // 7 >= plan.week("outage_message_does_nothing", "start_week")
    )
    return Contacts(
        day=day,
        place=place,
        team=team,
        segment=segment,
        customer=customer,
        channel=_channels(rng, plan, place, day // 7),
        handed_off=(place == PLACE_CODES.index("moving"))
        & (rng.random(len(day)) < plan.number("dropped_handoff", "share")),
        message=np.where(in_pilot, message_group[customer], -1),
    )


def _lot(rng: np.random.Generator, people: People) -> IntArray:
    """0 or 1 for every customer, drawn by lot within pairs of like customers (segment and own level)."""
    order = np.lexsort((people.mood, people.segment))
    coin = rng.integers(0, 2, (len(order) + 1) // 2)
    group = np.empty(len(order), dtype=np.int64)
    group[order[0::2]], group[order[1::2]] = coin, 1 - coin[: len(order) // 2]
    return group


def _places(rng: np.random.Generator, segment: IntArray, month: IntArray) -> IntArray:
    weights = np.zeros((len(SEGMENT_CODES), 12, len(PLACES)))
    for s, code in enumerate(SEGMENT_CODES):
        weights[s] = [touchpoint.volume * LIKINGS[code].get(touchpoint.code, 1.0) for touchpoint in PLACES]
    for name, factors in SEASONS.items():
        for m, factor in factors.items():
            weights[:, m - 1, PLACE_CODES.index(name)] *= factor
    cumulative = np.cumsum(weights, axis=2) / weights.sum(axis=2, keepdims=True)
    return np.asarray((rng.random(len(segment))[:, None] > cumulative[segment, month - 1]).sum(axis=1))


def _teams(rng: np.random.Generator, place: IntArray, segment: IntArray) -> IntArray:
    team = np.zeros(len(place), dtype=np.int64)
    for p, code in enumerate(PLACE_CODES):
        rows = np.flatnonzero(place == p)
        names, shares = zip(*teams_at(code), strict=True)
        chosen = np.searchsorted(np.cumsum(shares), rng.random(len(rows)) * sum(shares))
        team[rows] = np.array([TEAM_CODES.index(name) for name in names])[np.minimum(chosen, len(names) - 1)]
    invoice = place == PLACE_CODES.index("invoice")
    firm = segment >= SEGMENT_CODES.index("small_firm")
    team[invoice] = np.where(firm[invoice], TEAM_CODES.index("billing_firms"), TEAM_CODES.index("billing_homes"))
    return team


def _channels(rng: np.random.Generator, plan: Plan, place: IntArray, week: IntArray) -> npt.NDArray[Any]:
    channel = np.where(rng.random(len(place)) < 0.8, "email", "sms").astype(object)
    for code, shares in CHANNELS.items():
        rows = np.flatnonzero(place == PLACE_CODES.index(code))
        channel[rows] = np.array(list(shares), dtype=object)[
            rng.choice(len(shares), size=len(rows), p=list(shares.values()))
        ]
    share = plan.number("csat_break", "interview_share_before") - np.where(
        week >= plan.week("csat_break"), plan.effect("csat_break", "interview_share_fall"), 0.0
    )
    interviewed = np.isin(place, [PLACE_CODES.index(code) for code in INTERVIEWED]) & (rng.random(len(place)) < share)
    channel[interviewed] = "phone_interview"
    return channel
