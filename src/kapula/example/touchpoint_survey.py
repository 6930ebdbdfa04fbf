"""The answers of the touchpoint surveys, with every effect planted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.example.answers import mixed, on_scale, opinion, with_blanks
from kapula.example.calendar import Calendar, FloatArray, Mask, moments
from kapula.example.contacts import GAMING_MONTHS, PLACE_CODES, TEAM_CODES, Contacts
from kapula.example.organisation import SEGMENT_CODES, SEGMENTS, teams_at
from kapula.example.people import People
from kapula.example.profile import person_columns
from kapula.example.questions import ASKED_AT
from kapula.example.rows import Block, constant, texts
from kapula.example.truths import BY_CODE, WEEKS, Plan
from kapula.example.weekly import Weekly

LEVELS: Final = {
    "app": 0.2,
    "solar": 0.3,
    "ev_charging": 0.1,
    "key_account": 0.4,
    "invoice": -0.3,
    "outage": -0.5,
    "moving": -0.2,
    "chat": -0.1,
}
"""How much a touchpoint's NPS score differs from the rest; the other scales differ in proportion."""

SHAPE: Final[dict[str, tuple[float, float, float]]] = {
    "nps": (7.80, 1.75, 0.70),
    "csat": (3.85, 0.90, 0.70),
    "ces": (5.10, 1.30, 0.60),
    "effectiveness": (3.80, 0.90, 0.55),
    "ease": (3.55, 0.85, 0.40),
    "emotion": (3.55, 0.85, 0.50),
}
"""Mean, spread and share of the common opinion of each question."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the answers are made from."""

    plan: Plan
    calendar: Calendar
    people: People
    weekly: Weekly
    contacts: Contacts


def touchpoint_rows(rng: np.random.Generator, scene: Scene) -> Block:
    """The touchpoint survey's responses as a block, not yet sorted."""
    contacts, calendar = scene.contacts, scene.calendar
    n = len(contacts.day)
    shared = opinion(rng, n)
    block: Block = {
        "source": constant("touchpoint_survey", n),
        "perspective": constant("customer", n),
        "team": texts(TEAM_CODES, contacts.team),
        "touchpoint": texts(PLACE_CODES, contacts.place),
        "channel": contacts.channel,
        "segment": texts(SEGMENT_CODES, contacts.segment),
        "occurred_at": moments(rng, calendar.days[contacts.day]),
        "weight": np.ones(n),
        **person_columns(rng, scene.people, contacts.customer, contacts.week),
        "attribute_form": np.where(contacts.week >= scene.plan.week("csat_break"), "2", "1").astype(object),
        "attribute_handed_off": texts(("no", "yes"), np.where(contacts.at("moving"), contacts.handed_off, -1)),
        "attribute_outage_message": texts(("none", "message"), contacts.message),
    }
    for code, (mean, spread, share) in SHAPE.items():
        level = scene.plan.structure * _place_level(contacts) * spread / SHAPE["nps"][1]
        values = mean + level + spread * mixed(rng, scene.plan, shared, share) + _EFFECTS.get(code, _none)(scene)
        block[f"answer_{code}"] = with_blanks(rng, code, on_scale(code, values))
    block["answer_fcr"] = with_blanks(rng, "fcr", _solved_at_once(rng, scene, shared))
    for code in (*SHAPE, "fcr"):
        asked = np.isin(contacts.place, [p for p, place in enumerate(PLACE_CODES) if code in ASKED_AT[place]])
        block[f"answer_{code}"] = np.where(asked, block[f"answer_{code}"], np.nan)
    return block


def segment_level(plan: Plan, segment: FloatArray | np.ndarray) -> FloatArray:
    """NPS score of a segment above that of houses, the solar homes' planted lead included."""
    level = plan.structure * np.array([s.level for s in SEGMENTS])
    level[SEGMENT_CODES.index("solar_home")] += plan.effect("mix_hides_fall", "solar_lead")
    return np.asarray(level[segment])


def years(week: FloatArray | np.ndarray) -> FloatArray:
    """Years from the middle of the world."""
    return np.asarray((week - WEEKS / 2) / 52.18)


def _place_level(contacts: Contacts) -> FloatArray:
    return np.array([LEVELS.get(code, 0.0) for code in PLACE_CODES])[contacts.place]


def _winter(scene: Scene) -> Mask:
    return scene.contacts.at("invoice") & np.isin(scene.calendar.months(scene.contacts.day), (12, 1, 2))


def _nps_effects(scene: Scene) -> FloatArray:
    plan, contacts = scene.plan, scene.contacts
    week = contacts.week
    value = segment_level(plan, contacts.segment) + plan.effect("mix_hides_fall", "nps_per_year") * years(week)
    value += scene.people.mood[contacts.customer] + plan.effect("winter_invoices", "nps") * _winter(scene)
    queue = scene.weekly.queue_deviation()
    lagged = np.maximum(week - plan.week("queue_leads_phone_nps", "lag_weeks"), 0)
    for row, (team, _) in enumerate(teams_at("phone")):
        here = contacts.team == TEAM_CODES.index(team)
        value += np.where(here, plan.effect("queue_leads_phone_nps", "nps_per_minute") * queue[row, lagged], 0.0)
        start = BY_CODE["callback_works"].settings.get(team)
        if start is not None:
            value += np.where(here & (week >= float(start)), plan.effect("callback_works", "nps"), 0.0)
    gaming = contacts.team == TEAM_CODES.index(str(BY_CODE["bonus_gaming"].settings["team"]))
    gaming &= np.isin(scene.calendar.months(contacts.day), GAMING_MONTHS)
    value += plan.effect("bonus_gaming", "nps") * gaming
    return np.asarray(value + plan.effect("outage_message_does_nothing", "nps") * (contacts.message == 1))


def _csat_effects(scene: Scene) -> FloatArray:
    plan, contacts = scene.plan, scene.contacts
    reworded = contacts.week >= plan.week("csat_break")
    value = plan.effect("csat_break", "csat_wording") * reworded + plan.effect("winter_invoices", "csat") * _winter(
        scene
    )
    return np.asarray(value + plan.effect("csat_break", "csat_interview") * (contacts.channel == "phone_interview"))


def _ease_effects(scene: Scene) -> FloatArray:
    redesigned = scene.contacts.at("invoice") & (scene.contacts.week >= scene.plan.week("invoice_redesign"))
    return np.asarray(scene.plan.effect("invoice_redesign", "ease") * redesigned)


def _emotion_effects(scene: Scene) -> FloatArray:
    plan, contacts = scene.plan, scene.contacts
    lagged = np.maximum(contacts.week - plan.week("staff_support_drives_field_emotion", "lag_weeks"), 0)
    effect = plan.effect("staff_support_drives_field_emotion", "emotion_per_point")
    return np.asarray(np.where(contacts.at("field_visit"), effect * scene.weekly.support[contacts.team, lagged], 0.0))


def _none(scene: Scene) -> FloatArray:
    return np.zeros(len(scene.contacts.day))


_EFFECTS: Final = {"nps": _nps_effects, "csat": _csat_effects, "ease": _ease_effects, "emotion": _emotion_effects}


def _solved_at_once(rng: np.random.Generator, scene: Scene, shared: FloatArray) -> FloatArray:
    chance = (
        0.74
        + scene.plan.structure * 0.13 * shared
        + scene.plan.effect("dropped_handoff", "fcr") * scene.contacts.handed_off
    )
    return (rng.random(len(shared)) < np.clip(chance, 0.02, 0.98)).astype(float)
