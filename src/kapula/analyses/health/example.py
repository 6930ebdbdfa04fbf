"""A made-up survey of a year: two questions that are one, one that nobody answers any more, and a source that fell silent."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

DAYS, A_DAY = 360, 3


def example() -> Example:
    rng = np.random.default_rng(9)
    n = DAYS * A_DAY
    day = np.repeat(np.arange(DAYS), A_DAY)
    place = rng.integers(0, 4, n)
    mood = rng.normal(0, 1, n) + 0.5 * place
    trust = np.clip(np.round(3 + mood), 1, 5)
    again = np.where(rng.random(n) < 0.03, np.clip(trust + 1, 1, 5), trust)
    kiosk = (rng.random(n) < 0.4) & (day < 200)
    ease = np.where(rng.random(n) < 0.1, np.clip(np.round(3 + 0.5 * mood + rng.normal(0, 1, n)), 1, 5), np.nan)
    start = dt.date(2025, 7, 1)
    table = pa.table(
        {
            "day": [start + dt.timedelta(days=int(one)) for one in day],
            "source": np.where(kiosk, "kiosk", "email").tolist(),
            "place": [f"place {one}" for one in place],
            "who": [f"K{one}" for one in rng.permutation(n)],
            "trust": trust,
            "reliance": again,
            "ease": ease,
        }
    )
    return Example(
        table=table,
        keywords={
            "questions": ["trust", "reliance", "ease"], "time": "day", "source": "source", "person": "who",
            "divisions": ["place"],
        },
        command=(
            "--questions", "trust,reliance,ease", "--time", "day", "--source", "source", "--person", "who",
            "--divisions", "place",
        ),
        figures=("questions",),
        columns=("time", "source", "person", "divisions"),
    )  # fmt: skip
