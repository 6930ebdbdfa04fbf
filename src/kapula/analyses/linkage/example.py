"""A made-up panel of six units and thirty weeks in which the staff's figure shows in the customers' two weeks later."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

UNITS, WEEKS, LAG = 6, 30, 2


def example() -> Example:
    rng = np.random.default_rng(7)
    felt = rng.normal(0, 0.5, (UNITS, WEEKS))
    week, unit = np.tile(np.arange(WEEKS), UNITS), np.repeat(np.arange(UNITS), WEEKS)
    before = np.where(week >= LAG, felt[unit, np.maximum(week - LAG, 0)], 0.0)
    support = np.repeat(3.5 + felt[unit, week], 4) + rng.normal(0, 0.6, 4 * len(unit))
    emotion = np.repeat(7 + 0.8 * before, 4) + rng.normal(0, 0.8, 4 * len(unit))
    names = [f"team {number}" for number in np.repeat(unit, 4)]
    weeks = np.repeat(week, 4)
    blank = np.full(len(weeks), np.nan)
    table = pa.table(
        {
            "team": names + names,
            "week": np.concatenate([weeks, weeks]),
            "place": ["visit"] * len(names) + [None] * len(names),
            "emotion": np.concatenate([emotion, blank]),
            "support": np.concatenate([blank, np.clip(np.round(support), 1, 5)]),
        }
    )
    return Example(
        table=table,
        keywords={
            "unit": "team", "time": "week", "customer": "emotion", "staff": "support", "touchpoint": "place",
            "lags": (0, 1, 2, 3), "staff_scale": (1, 5),
        },
        command=(
            "--unit", "team", "--time", "week", "--customer", "emotion", "--staff", "support", "--touchpoint", "place",
            "--lags", "0-3", "--staff-scale", "1", "5",
        ),
        figures=("customer", "staff"),
        columns=("unit", "time", "touchpoint"),
    )  # fmt: skip
