"""Customers: homes, firm accounts and their contacts, with the weeks in which they are customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kapula.example.calendar import FloatArray, IntArray
from kapula.example.organisation import REGIONS, ROLES, SEGMENT_CODES
from kapula.example.truths import WEEKS, Plan

HOMES: Final = {"house": 3600, "flat": 3000, "solar_home": 2600}
ACCOUNTS: Final = {"small_firm": 460, "large_firm": 240}
CONTACTS: Final = {"small_firm": 2, "large_firm": 4}
STAYS: Final = WEEKS + 1
"""``last_week`` of a customer who has not left."""

Strings = npt.NDArray[Any]


@dataclass(slots=True)
class People:
    """One entry a customer (a home, or a contact of a firm account). ``account``: index into the account arrays, −1 for homes.
    ``pull``: how often a customer is drawn to answer. ``mood``: the customer's own level, in points of the NPS scale."""

    code: Strings
    segment: IntArray
    account: IntArray
    region: IntArray
    role: IntArray
    language: Strings
    first_week: IntArray
    last_week: IntArray
    pull: FloatArray
    mood: FloatArray
    account_code: Strings
    account_size: FloatArray
    account_mood: FloatArray
    account_segment: IntArray

    def active(self, customer: IntArray, week: IntArray) -> npt.NDArray[np.bool_]:
        return np.asarray((self.first_week[customer] <= week) & (week <= self.last_week[customer]))

    def contacts(self) -> IntArray:
        return np.flatnonzero(self.account >= 0)

    def close_accounts(self, last_week: IntArray) -> None:
        """End the customers of firm accounts with their account; ``last_week`` by account."""
        firm = self.contacts()
        self.last_week[firm] = last_week[self.account[firm]]


def build_people(rng: np.random.Generator, plan: Plan, scale: int = 1) -> People:
    """The whole population, ``scale`` times the usual one. Account size is standardised log yearly use; large firms are about
    one and a half units above small ones."""
    home_segment = np.repeat([SEGMENT_CODES.index(code) for code in HOMES], [scale * count for count in HOMES.values()])
    account_segment = np.repeat(
        [SEGMENT_CODES.index(code) for code in ACCOUNTS], [scale * count for count in ACCOUNTS.values()]
    )
    contacts_each = np.repeat(list(CONTACTS.values()), [scale * count for count in ACCOUNTS.values()])
    accounts, homes = len(account_segment), len(home_segment)
    large = account_segment == SEGMENT_CODES.index("large_firm")
    size = rng.normal(np.where(large, 1.0, -0.5), 0.6)
    contact_account = np.repeat(np.arange(accounts), contacts_each)
    n = homes + len(contact_account)
    account = np.concatenate([np.full(homes, -1), contact_account])
    nth = np.concatenate([np.arange(k) for k in contacts_each])
    account_first = _first_weeks(rng, accounts, 0.8)
    home_first, home_last = _home_weeks(rng, home_segment)
    account_region = rng.choice(len(REGIONS), size=accounts, p=[0.45, 0.25, 0.15, 0.15])
    region = np.concatenate(
        [rng.choice(len(REGIONS), size=homes, p=[0.4, 0.28, 0.16, 0.16]), account_region[contact_account]]
    )
    home_codes = [f"K-{100_000 + 7 * i}" for i in range(homes)]
    contact_codes = [f"Y-{2000 + a:04d}-{k + 1}" for a, k in zip(contact_account, nth, strict=True)]
    return People(
        code=np.array(home_codes + contact_codes, dtype=object),
        segment=np.concatenate([home_segment, account_segment[contact_account]]),
        account=account,
        region=region,
        role=np.concatenate([np.full(homes, -1), nth % len(ROLES)]),
        language=_languages(rng, region),
        first_week=np.concatenate([home_first, account_first[contact_account]]),
        last_week=np.concatenate([home_last, np.full(len(contact_account), STAYS)]),
        pull=rng.gamma(1.2, size=n) + np.where(rng.random(n) < 0.01, 8.0, 0.05),
        mood=rng.normal(0, 0.7, n),
        account_code=np.array([f"Y-{2000 + a:04d}" for a in range(accounts)], dtype=object),
        account_size=size,
        account_mood=plan.structure * rng.normal(0, 0.55, accounts)
        + plan.effect("firm_retention", "size_experience") * size,
        account_segment=account_segment,
    )


def _first_weeks(rng: np.random.Generator, n: int, there_at_start: float) -> IntArray:
    """Week of arrival: 0 for those already customers."""
    return np.where(rng.random(n) < there_at_start, 0, rng.integers(1, WEEKS - 12, n))


def _home_weeks(rng: np.random.Generator, segment: IntArray) -> tuple[IntArray, IntArray]:
    """Arrival and last week of homes: solar homes mostly arrive during the world; about 8 % a year leave, whatever their experience."""
    solar = segment == SEGMENT_CODES.index("solar_home")
    first = np.where(solar, _first_weeks(rng, len(segment), 0.25), _first_weeks(rng, len(segment), 0.85))
    stay = rng.exponential(52 / 0.08, len(segment)).astype(np.int64) + 1
    last = np.where(first + stay >= WEEKS, STAYS, first + stay)
    return first, last


def _languages(rng: np.random.Generator, region: IntArray) -> Strings:
    """Finnish mostly; Swedish above all in the west; some English."""
    swedish = np.array([0.05, 0.13, 0.01, 0.02])[region]
    u = rng.random(len(region))
    return np.where(u < swedish, "sv", np.where(u > 0.965, "en", "fi")).astype(object)


def draw_customers(rng: np.random.Generator, people: People, segment: IntArray, week: IntArray) -> IntArray:
    """A customer of the wanted segment, active in the wanted week, for every row."""
    chosen = np.full(len(segment), -1)
    for code in np.unique(segment):
        pool = np.flatnonzero(people.segment == code)
        rows = np.flatnonzero(segment == code)
        cumulative = np.cumsum(people.pull[pool])
        for _ in range(60):
            draw = pool[np.searchsorted(cumulative, rng.random(len(rows)) * cumulative[-1])]
            chosen[rows] = draw
            rows = rows[~people.active(draw, week[rows])]
            if not len(rows):
                break
        else:
            raise RuntimeError(f"No active customers in segment {SEGMENT_CODES[code]} in week {week[rows[0]]}.")
    return chosen
