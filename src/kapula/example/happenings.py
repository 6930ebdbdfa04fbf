"""Events: contacts, moves, contract changes, pilots, complaints and notices of leaving."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kapula.example.calendar import Calendar, FloatArray, IntArray, moments
from kapula.example.contacts import PLACE_CODES, TEAM_CODES, Contacts
from kapula.example.people import People
from kapula.example.rows import Block, constant, stack, texts, to_table
from kapula.example.truths import BY_CODE, WEEKS, Plan
from kapula.schema import EVENTS

HOUR = np.timedelta64(3_600_000_000, "us")


@dataclass(frozen=True, slots=True)
class Happened:
    """The touchpoint answers that events go with: the contacts, when each was answered, and its NPS score."""

    plan: Plan
    calendar: Calendar
    people: People
    contacts: Contacts
    answered_at: npt.NDArray[Any]
    nps: FloatArray


def hours_waited(rng: np.random.Generator, plan: Plan, contacts: Contacts) -> FloatArray:
    """Hours that a moving customer handed from sales to service waited; NaN for everyone else."""
    wait = rng.gamma(2.0, 4.0, len(contacts.day)) + plan.effect("dropped_handoff", "waited_hours") * rng.gamma(
        4.0, 0.25, len(contacts.day)
    )
    return np.where(contacts.handed_off, wait.round(1), np.nan)


def event_table(rng: np.random.Generator, scene: Happened, waited: FloatArray) -> pa.Table:
    contacts = scene.contacts
    blocks = [
        _beside(
            rng,
            scene,
            "contact",
            np.flatnonzero(np.isin(contacts.place, [PLACE_CODES.index(p) for p in ("phone", "chat")])),
            30,
        ),
        _beside(rng, scene, "move", np.flatnonzero(contacts.at("moving")), 200),
        _handoffs(scene, waited),
        _beside(
            rng,
            scene,
            "contract_change",
            np.flatnonzero(contacts.at("contract") | (contacts.at("sales") & (rng.random(len(waited)) < 0.4))),
            48,
        ),
        _callbacks(rng, scene),
        _beside(rng, scene, "outage_message_sent", np.flatnonzero(contacts.message == 1), 20),
        _complaints(rng, scene),
        _leaving(rng, scene),
        _pilot_starts(scene),
    ]
    block = stack(blocks)
    first = np.datetime64(scene.calendar.start, "us")
    last = np.datetime64(scene.calendar.end, "us") + np.timedelta64(22, "h")
    order = np.lexsort((np.arange(len(block["kind"])), block["occurred_at"]))
    order = order[(first <= block["occurred_at"][order]) & (block["occurred_at"][order] < last)]
    return to_table({name: values[order] for name, values in block.items()}, EVENTS)


def _events(
    kind: str, scene: Happened, rows: IntArray, when: npt.NDArray[Any], attributes: list[str | None] | None = None
) -> Block:
    contacts, people = scene.contacts, scene.people
    customer = contacts.customer[rows]
    return {
        "customer": people.code[customer],
        "account": texts(people.account_code.tolist(), people.account[customer]),
        "kind": constant(kind, len(rows)),
        "touchpoint": texts(PLACE_CODES, contacts.place[rows]),
        "occurred_at": when,
        "attributes": np.array(attributes, dtype=object) if attributes is not None else constant(None, len(rows)),
    }


def _team_attributes(scene: Happened, rows: IntArray) -> list[str | None]:
    return [json.dumps({"team": TEAM_CODES[team]}) for team in scene.contacts.team[rows]]


def _beside(rng: np.random.Generator, scene: Happened, kind: str, rows: IntArray, hours: int) -> Block:
    """Events that came 1 … ``hours`` hours before the answer."""
    when = scene.answered_at[rows] - rng.integers(1, hours + 1, len(rows)) * HOUR
    return _events(kind, scene, rows, when, _team_attributes(scene, rows))


def _handoffs(scene: Happened, waited: FloatArray) -> Block:
    rows = np.flatnonzero(scene.contacts.handed_off)
    details: list[str | None] = [
        json.dumps({"from": "sales", "to": "contracts", "waited_hours": float(waited[row])}) for row in rows
    ]
    when = scene.answered_at[rows] - np.ceil(waited[rows] + 4).astype(np.int64) * HOUR
    return _events("handoff", scene, rows, when, details)


def _callbacks(rng: np.random.Generator, scene: Happened) -> Block:
    contacts = scene.contacts
    offered = np.zeros(len(contacts.day), dtype=bool)
    for team, week in BY_CODE["callback_works"].settings.items():
        offered |= (contacts.team == TEAM_CODES.index(team)) & (contacts.week >= float(week))
    rows = np.flatnonzero(offered & (rng.random(len(offered)) < 0.55))
    return _beside(rng, scene, "callback_offered", rows, 24)


def _complaints(rng: np.random.Generator, scene: Happened) -> Block:
    """Complaints follow low scores; in a null world they come from anyone."""
    unhappy = scene.nps <= 3 if scene.plan.structure else np.isfinite(scene.nps)
    chance = 0.16 if scene.plan.structure else 0.02
    rows = np.flatnonzero(unhappy & (rng.random(len(unhappy)) < chance))
    when = scene.answered_at[rows] + rng.integers(1, 240, len(rows)) * HOUR
    return _events("complaint", scene, rows, when, _team_attributes(scene, rows))


def _leaving(rng: np.random.Generator, scene: Happened) -> Block:
    """A notice two to six weeks before the last week: one an account, one a home."""
    people = scene.people
    first_contact = np.ones(len(people.code), dtype=bool)
    first_contact[1:] = people.account[1:] != people.account[:-1]
    gone = np.flatnonzero((people.last_week < WEEKS) & ((people.account < 0) | first_contact))
    week = np.maximum(people.last_week[gone] - rng.integers(2, 7, len(gone)), 0)
    day = np.minimum(week * 7 + rng.integers(0, 5, len(gone)), 7 * WEEKS - 1)
    return {
        "customer": people.code[gone],
        "account": texts(people.account_code.tolist(), people.account[gone]),
        "kind": constant("churn_notice", len(gone)),
        "touchpoint": constant("contract", len(gone)),
        "occurred_at": moments(rng, scene.calendar.days[day]),
        "attributes": constant(None, len(gone)),
    }


def _pilot_starts(scene: Happened) -> Block:
    starts = [
        ("callback_pilot_started", "phone", team, int(week))
        for team, week in BY_CODE["callback_works"].settings.items()
    ]
    starts.append(
        (
            "outage_message_pilot_started",
            "outage",
            "network",
            scene.plan.week("outage_message_does_nothing", "start_week"),
        )
    )
    n = len(starts)
    return {
        "customer": constant(None, n),
        "account": constant(None, n),
        "kind": np.array([kind for kind, _, _, _ in starts], dtype=object),
        "touchpoint": np.array([place for _, place, _, _ in starts], dtype=object),
        "occurred_at": scene.calendar.days[[7 * week for _, _, _, week in starts]].astype("datetime64[us]") + 6 * HOUR,
        "attributes": np.array([json.dumps({"team": team}) for _, _, team, _ in starts], dtype=object),
    }
