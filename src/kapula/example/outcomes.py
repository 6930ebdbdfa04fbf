"""Outcomes: revenue and whether still a customer, by account or home and quarter."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from kapula.example.calendar import Calendar, months_later
from kapula.example.organisation import SEGMENT_CODES
from kapula.example.people import People
from kapula.example.relationship import EXPERIENCE_MEAN, Accounts
from kapula.example.rows import Block, constant, stack, to_table
from kapula.example.truths import WEEKS, Plan
from kapula.schema import OUTCOMES

SEASON: Final = np.array([1.35, 0.85, 0.70, 1.10])
HOME_REVENUE: Final = {"house": 420.0, "flat": 150.0, "solar_home": 330.0}


def outcome_table(
    rng: np.random.Generator, plan: Plan, calendar: Calendar, people: People, accounts: Accounts
) -> pa.Table:
    """One row an account or home and quarter, up to and with the quarter in which it left (``active`` false, revenue of part of it).
    A quarter that the world's end cuts short is left out: it has no outcome yet."""
    tomorrow = calendar.end + timedelta(days=1)
    whole = [
        q for q, first in enumerate(accounts.quarters) if calendar.start <= first and months_later(first, 3) <= tomorrow
    ]
    blocks = [_firms(rng, plan, people, accounts, q) for q in whole] + [
        _homes(rng, calendar, people, accounts, q) for q in whole
    ]
    return to_table(stack(blocks), OUTCOMES)


def _block(
    accounts: Accounts, q: int, customer: np.ndarray, account: np.ndarray, revenue: np.ndarray, active: np.ndarray
) -> Block:
    n = len(revenue)
    return {
        "customer": customer,
        "account": account,
        "period": np.full(n, accounts.quarters[q], dtype="datetime64[D]"),
        "grain": constant("quarter", n),
        "revenue": np.round(revenue, 2),
        "active": active,
        "attributes": constant(None, n),
    }


def _firms(rng: np.random.Generator, plan: Plan, people: People, accounts: Accounts, q: int) -> Block:
    rows = np.flatnonzero(accounts.active[:, q] | (accounts.left_in == q))
    active = accounts.active[rows, q]
    score = np.where(np.isnan(accounts.score[rows, q]), 0.0, accounts.score[rows, q] - EXPERIENCE_MEAN)
    log_revenue = 7.6 + 0.9 * people.account_size[rows] + plan.effect("firm_retention", "log_revenue") * score
    season = SEASON[(accounts.quarters[q].month - 1) // 3]
    revenue = (
        season
        * np.exp(log_revenue + rng.normal(0, 0.25, len(rows)))
        * np.where(active, 1.0, rng.uniform(0.1, 0.9, len(rows)))
    )
    block = _block(accounts, q, constant(None, len(rows)), people.account_code[rows], revenue, active)
    size = np.char.mod('{"size": %.3f, "segment": "', people.account_size[rows]).astype(object)
    block["attributes"] = size + np.array(SEGMENT_CODES, dtype=object)[people.account_segment[rows]] + '"}'
    return block


def _homes(rng: np.random.Generator, calendar: Calendar, people: People, accounts: Accounts, q: int) -> Block:
    begin = (accounts.quarters[q] - calendar.start).days // 7
    end = min(begin + 13, WEEKS)
    homes = np.flatnonzero(people.account < 0)
    rows = homes[(people.first_week[homes] <= begin) & (people.last_week[homes] >= begin)]
    active = people.last_week[rows] >= end
    base = np.array([HOME_REVENUE.get(code, 0.0) for code in SEGMENT_CODES])[people.segment[rows]]
    season = SEASON[(accounts.quarters[q].month - 1) // 3]
    revenue = base * season * np.exp(rng.normal(0, 0.3, len(rows))) * np.where(active, 1.0, 0.5)
    return _block(accounts, q, people.code[rows], constant(None, len(rows)), revenue, active)
