"""The half-yearly relationship survey of homes and firms, and the life of firm accounts that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from kapula.example.answers import mixed, on_scale, opinion, with_blanks
from kapula.example.calendar import Calendar, FloatArray, IntArray, Mask, moments
from kapula.example.contacts import solar_share
from kapula.example.organisation import REGIONS, SEGMENT_CODES
from kapula.example.people import STAYS, People
from kapula.example.profile import person_columns
from kapula.example.questions import DRIVERS
from kapula.example.rows import Block, constant, stack, texts
from kapula.example.touchpoint_survey import segment_level, years
from kapula.example.truths import WEEKS, Plan

FIRM_SHARE = 0.37
"""Firms' share of the answers: they are asked more than their number, and weights set it right."""
EXPERIENCE_MEAN = 4.9
HOME_MIX = {"house": 0.52, "flat": 0.48}


@dataclass(frozen=True, slots=True)
class Accounts:
    """Firm accounts through the quarters. ``quarters``: first days. ``active``: (accounts, quarters), True while a customer for the
    whole quarter. ``left_in``: quarter of leaving or −1. ``score``: latest mean experience known when the quarter began, NaN before any."""

    quarters: list[date]
    active: Mask
    left_in: IntArray
    score: FloatArray


def wave_weeks(calendar: Calendar) -> list[int]:
    """Weeks in which a wave opens: the first full weeks of March and September that leave three weeks for answers."""
    days = [date(year, month, 1) for year in range(calendar.start.year, calendar.end.year + 1) for month in (3, 9)]
    weeks = [-(-(day - calendar.start).days // 7) for day in days]
    return [week for week in weeks if week >= 0 and calendar.monday(week + 3) <= calendar.end]


def relationship_rows(
    rng: np.random.Generator, plan: Plan, calendar: Calendar, people: People, n: int
) -> tuple[Block, Accounts]:
    """``n`` answers over the waves, and the firm accounts' lives. Sets the accounts' last weeks in ``people``."""
    waves = wave_weeks(calendar)
    quarters = calendar.quarters()
    begins = [max(0, (quarter - calendar.start).days) // 7 for quarter in quarters] + [WEEKS]
    life = _Life(people, len(quarters))
    blocks: list[Block] = []
    for q in range(len(quarters)):
        life.leave(rng, plan, people, q, begins[q], begins[q + 1])
        for wave in (w for w in waves if begins[q] <= w < begins[q + 1]):
            size = n // len(waves) + (waves.index(wave) < n % len(waves))
            block = _wave(rng, plan, calendar, people, wave, size)
            life.hear(people, block)
            blocks.append(block)
    rows = stack(blocks)
    rows.pop("_customer")
    return rows, Accounts(quarters, life.active, life.left_in, life.score)


class _Life:
    """Which accounts stay, quarter by quarter; what is known of their experience so far."""

    def __init__(self, people: People, quarters: int) -> None:
        accounts = len(people.account_code)
        contacts = people.contacts()
        self.first_week = np.zeros(accounts, dtype=np.int64)
        self.first_week[people.account[contacts]] = people.first_week[contacts]
        self.last_week = np.full(accounts, STAYS)
        self.left_in = np.full(accounts, -1)
        self.known = np.full(accounts, np.nan)
        self.active = np.zeros((accounts, quarters), dtype=bool)
        self.score = np.full((accounts, quarters), np.nan)

    def leave(self, rng: np.random.Generator, plan: Plan, people: People, q: int, begin: int, end: int) -> None:
        """Draw who leaves in quarter ``q``: complementary log-log of the planted hazard."""
        present = (self.left_in < 0) & (self.first_week <= begin)
        self.score[:, q] = self.known
        score = np.where(np.isnan(self.known), 0.0, self.known - EXPERIENCE_MEAN)
        log_hazard = np.log(plan.number("firm_retention", "quarterly_hazard"))
        log_hazard = log_hazard + plan.effect("firm_retention", "log_hazard") * score
        log_hazard = log_hazard + plan.effect("firm_retention", "size_log_hazard") * people.account_size
        leaves = present & (rng.random(len(present)) < 1 - np.exp(-np.exp(log_hazard)))
        when = rng.integers(begin, max(begin + 1, end), len(present))
        self.left_in[leaves] = q
        self.last_week[leaves] = when[leaves]
        self.active[:, q] = present & ~leaves
        people.close_accounts(self.last_week)

    def hear(self, people: People, block: Block) -> None:
        """Remember each answering account's mean experience of the wave."""
        account = people.account[block["_customer"]]
        value = block["answer_experience"]
        ok = (account >= 0) & ~np.isnan(value)
        sums = np.bincount(account[ok], value[ok], minlength=len(self.known))
        counts = np.bincount(account[ok], minlength=len(self.known))
        self.known = np.where(counts > 0, sums / np.maximum(counts, 1), self.known)


def _wave(rng: np.random.Generator, plan: Plan, calendar: Calendar, people: People, wave: int, size: int) -> Block:
    customer = _sample(rng, plan, people, wave, size)
    n = len(customer)
    week = np.full(n, wave)
    day = np.minimum(wave * 7 + np.minimum(rng.geometric(0.16, n) - 1, 20), calendar.last_day)
    segment = people.segment[customer]
    block: Block = {
        "_customer": customer,
        "source": constant("relationship_survey", n),
        "perspective": constant("customer", n),
        "team": texts(("key_accounts",), np.where(people.account[customer] >= 0, 0, -1)),
        "touchpoint": constant("relationship", n),
        "channel": np.where(rng.random(n) < 0.82, "email", "web").astype(object),
        "segment": texts(SEGMENT_CODES, segment),
        "occurred_at": moments(rng, calendar.days[day]),
        "weight": _weights(people, customer, wave),
        **person_columns(rng, people, customer, week),
        "attribute_wave": constant(f"{calendar.monday(wave):%Y-%m}", n),
    }
    block.update(_answers(rng, plan, people, customer, wave))
    return block


def _sample(rng: np.random.Generator, plan: Plan, people: People, wave: int, size: int) -> IntArray:
    """Distinct customers: firms by a fixed share, solar homes by their share of that week, other homes by a fixed mix."""
    solar = float(solar_share(plan, np.array([wave]))[0])
    firms = round(size * FIRM_SHARE)
    homes = size - firms
    wanted = {"solar_home": round(homes * solar)}
    wanted["house"] = round((homes - wanted["solar_home"]) * HOME_MIX["house"])
    wanted["flat"] = homes - sum(wanted.values())
    chosen = [
        _distinct(rng, people, np.flatnonzero(people.segment == SEGMENT_CODES.index(code)), wave, k)
        for code, k in wanted.items()
    ]
    return np.concatenate([*chosen, _distinct(rng, people, people.contacts(), wave, firms)])


def _distinct(rng: np.random.Generator, people: People, pool: IntArray, wave: int, k: int) -> IntArray:
    pool = pool[people.active(pool, np.full(len(pool), wave))]
    return rng.choice(pool, size=k, replace=False)


def _weights(people: People, customer: IntArray, wave: int) -> FloatArray:
    """Post-stratification to the customers of that week by kind (home, firm) × region; mean 1."""
    present = np.flatnonzero(people.active(np.arange(len(people.code)), np.full(len(people.code), wave)))
    cell = (people.account >= 0) * len(REGIONS) + people.region
    population = np.bincount(cell[present], minlength=2 * len(REGIONS)) / len(present)
    sample = np.bincount(cell[customer], minlength=2 * len(REGIONS)) / len(customer)
    return np.asarray(np.round(population[cell[customer]] / sample[cell[customer]], 4))


def _answers(rng: np.random.Generator, plan: Plan, people: People, customer: IntArray, wave: int) -> Block:
    n, s = len(customer), plan.structure
    account = people.account[customer]
    shared = opinion(rng, n)
    at_firm = np.where(account >= 0, people.account_mood[account], 0.0)
    t = float(years(np.array(wave)))
    ratings = {code: on_scale(code, 3.6 + 0.95 * mixed(rng, plan, shared, 0.35)) for code in DRIVERS}
    nps = 7.80 + segment_level(plan, people.segment[customer]) + plan.effect("mix_hides_fall", "nps_per_year") * t
    for code, rating in ratings.items():
        nps = nps + plan.effect("relationship_drivers", code) * (rating - 3.6)
    nps = nps + people.mood[customer] + np.where(s, 1.1, 2.0) * rng.normal(size=n)
    experience = EXPERIENCE_MEAN + plan.effect("rising_expectations", "experience_per_year") * t + at_firm
    experience = experience + np.where(account >= 0, 0.75, 1.0) * mixed(rng, plan, shared, 0.45)
    expectation = 5.3 + plan.effect("rising_expectations", "expectation_per_year") * t + 0.85 * rng.normal(size=n)
    trust = on_scale("trust", 3.7 + 0.95 * mixed(rng, plan, shared, 0.40))
    again = _asked_again(rng, trust, plan.effect("trust_asked_twice", "correlation"))
    answers = {
        "nps": on_scale("nps", nps),
        "experience": on_scale("experience", experience),
        "expectation": on_scale("expectation", expectation),
        "trust": trust,
        "reliance": again,
        **ratings,
    }
    return {f"answer_{code}": with_blanks(rng, code, values) for code, values in answers.items()}


def _asked_again(rng: np.random.Generator, first: FloatArray, correlation: float) -> FloatArray:
    """The same opinion asked in other words: a few answers move by one step. With no correlation, an opinion of its own."""
    if correlation == 0:
        return rng.permutation(first)
    moved = rng.random(len(first)) < first.var() * (1 / correlation**2 - 1)
    step = np.where(first == 5, -1, np.where(first == 1, 1, rng.choice([-1, 1], size=len(first))))
    return np.where(moved, first + step, first)
