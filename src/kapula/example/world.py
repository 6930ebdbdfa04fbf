"""The example world: Aurinkokivi Energia, three years, from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from kapula.errors import ParameterError
from kapula.example.calendar import Calendar
from kapula.example.contacts import draw_contacts
from kapula.example.happenings import Happened, event_table, hours_waited
from kapula.example.model import Organisation, organisation
from kapula.example.open_answers import comment_table
from kapula.example.operations import observation_table
from kapula.example.outcomes import outcome_table
from kapula.example.people import build_people
from kapula.example.relationship import relationship_rows
from kapula.example.rows import Block, length, stack, take, to_table
from kapula.example.staff import audit_rows, pulse_rows
from kapula.example.touchpoint_survey import Scene, touchpoint_rows
from kapula.example.truths import TRUTHS, Plan, Truth
from kapula.example.weekly import build_weekly
from kapula.schema import RESPONSES

DEFAULT_END: Final = date(2026, 11, 15)
DEFAULT_RESPONSES: Final = 60_000
FEWEST: Final = 200
SHARES: Final = {"pulse": 0.17, "relationship": 0.15, "audit": 0.007}
"""Shares of the responses that are not touchpoint answers."""
PREFIXES: Final = {"touchpoint_survey": "T", "relationship_survey": "R", "staff_pulse": "P", "mystery_audit": "M"}


@dataclass(frozen=True, slots=True)
class World:
    """A whole example organisation.

    ``responses``: the columns of ``schema.RESPONSES`` without id and received_at, then ``answer_…`` and ``attribute_…``. ``comments``:
    external_id, question, text. ``observations``, ``events``, ``outcomes``: the canonical columns without id. ``truths``: what is
    planted (``null``: nothing is). Same arguments, same bytes.
    """

    seed: int
    start: date
    end: date
    null: bool
    responses: pa.Table
    comments: pa.Table
    observations: pa.Table
    events: pa.Table
    outcomes: pa.Table
    organisation: Organisation
    truths: tuple[Truth, ...]


def build(seed: int = 2026, end: date = DEFAULT_END, responses: int = DEFAULT_RESPONSES, null: bool = False) -> World:
    """Generate the world.

    ``end``: its last day. ``responses``: how many answered questionnaires in all, at least FEWEST; above 60,000 there are more
    customers as well. ``null``: plant no relation. Raises :class:`~kapula.errors.ParameterError`.
    """
    if responses < FEWEST:
        raise ParameterError(
            f"A world of {responses} responses is too small.", hint=f"Ask for at least {FEWEST}.",
            parameter="responses", value=responses, allowed=f">= {FEWEST}",
        )  # fmt: skip
    plan, calendar = Plan(null), Calendar.ending(end)
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence([seed, int(null)]).spawn(9)]
    people = build_people(streams[0], plan, scale=-(-responses // DEFAULT_RESPONSES))
    weekly = build_weekly(streams[1], calendar)
    counts = {name: round(responses * share) for name, share in SHARES.items()}
    relationship, accounts = relationship_rows(streams[2], plan, calendar, people, counts["relationship"])
    contacts = draw_contacts(streams[3], plan, calendar, people, responses - sum(counts.values()))
    touchpoint = touchpoint_rows(streams[4], Scene(plan, calendar, people, weekly, contacts))
    pulse = pulse_rows(streams[5], calendar, weekly, counts["pulse"])
    audit = audit_rows(streams[5], calendar, counts["audit"])
    waited = hours_waited(streams[6], plan, contacts)
    happened = Happened(plan, calendar, people, contacts, touchpoint["occurred_at"], touchpoint["answer_nps"])
    block = _in_order([touchpoint, relationship, pulse, audit])
    return World(
        seed=seed,
        start=calendar.start,
        end=end,
        null=null,
        responses=to_table(block, RESPONSES),
        comments=comment_table(streams[8], plan, calendar, weekly, block),
        observations=observation_table(streams[6], calendar, weekly, contacts, waited),
        events=event_table(streams[6], happened, waited),
        outcomes=outcome_table(streams[7], plan, calendar, people, accounts),
        organisation=organisation(calendar.start),
        truths=TRUTHS,
    )


def _in_order(blocks: list[Block]) -> Block:
    """All responses by time, each with its external id: the source's letter and a running number."""
    block = stack(blocks)
    block = take(block, np.argsort(block["occurred_at"], kind="stable"))
    ids = np.empty(length(block), dtype=object)
    for source, letter in PREFIXES.items():
        rows = np.flatnonzero(block["source"] == source)
        ids[rows] = [f"{letter}-{number:06d}" for number in range(1, len(rows) + 1)]
    block["external_id"] = ids
    return block
