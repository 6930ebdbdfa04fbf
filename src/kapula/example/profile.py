"""What a response says of the customer who gave it."""

from __future__ import annotations

import numpy as np

from kapula.example.calendar import IntArray
from kapula.example.organisation import REGIONS, ROLES, STAGES
from kapula.example.people import People
from kapula.example.rows import Block, texts


def person_columns(rng: np.random.Generator, people: People, customer: IntArray, week: IntArray) -> Block:
    """Customer, account, language, region, role at the firm and life-cycle stage."""
    return {
        "customer": people.code[customer],
        "account": texts(people.account_code.tolist(), people.account[customer]),
        "language": people.language[customer],
        "attribute_region": texts(tuple(REGIONS), people.region[customer]),
        "attribute_role": texts(tuple(ROLES), people.role[customer]),
        "attribute_life_stage": texts(tuple(STAGES), _stages(rng, people, customer, week)),
    }


def _stages(rng: np.random.Generator, people: People, customer: IntArray, week: IntArray) -> IntArray:
    """New for half a year, renewing in the last two months of each contract year; "at risk" is sales' guess, so it knows nothing."""
    tenure = week - people.first_week[customer]
    new = (people.first_week[customer] > 0) & (tenure < 26)
    renewing = (tenure + customer % 52) % 52 >= 44
    stage = np.where(new, 0, np.where(renewing, 2, 1))
    return np.where(~new & (rng.random(len(week)) < 0.04), 3, stage)
