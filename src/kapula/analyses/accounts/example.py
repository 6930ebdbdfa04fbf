"""Forty made-up firms with one to four contacts each, two roles, and a renewal day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

ACCOUNTS = 40
ROLES = ("decision maker", "user")


def example() -> Example:
    rng = np.random.default_rng(4)
    size = rng.integers(1, 5, ACCOUNTS)
    account = np.repeat(np.arange(ACCOUNTS), size)
    role = np.concatenate([np.arange(n) % 2 for n in size])
    truth = 7 + rng.normal(0, 1.2, ACCOUNTS)[account] - 0.5 * role
    day = dt.date(2026, 6, 1)
    answers = [
        (a, f"F{a:02d}-{k}", ROLES[r], day - dt.timedelta(days=int(back)), float(np.clip(round(score), 0, 10)))
        for turn in (20, 400)
        for k, (a, r, back, score) in enumerate(
            zip(
                account,
                role,
                turn + rng.integers(0, 200, len(account)),
                truth + rng.normal(0, 1, len(account)),
                strict=True,
            )
        )
    ]
    renewal = [day + dt.timedelta(days=int(ahead)) for ahead in rng.integers(10, 700, ACCOUNTS)]
    revenue = np.round(np.exp(rng.normal(9, 1, ACCOUNTS)))
    table = pa.table(
        {
            "firm": [f"F{a:02d}" for a, *_ in answers],
            "person": [person for _, person, *_ in answers],
            "role": [r for _, _, r, *_ in answers],
            "day": [when for *_, when, _ in answers],
            "score": [score for *_, score in answers],
            "revenue": [float(revenue[a]) for a, *_ in answers],
            "renewal": [renewal[a] for a, *_ in answers],
        }
    )
    return Example(
        table=table,
        keywords={
            "account": "firm", "score": "score", "contact": "person", "role": "role", "time": "day", "revenue": "revenue",
            "renewal": "renewal",
        },
        command=(
            "--account", "firm", "--score", "score", "--contact", "person", "--role", "role", "--time", "day",
            "--revenue", "revenue", "--renewal", "renewal",
        ),
        figures=("score",),
        columns=("account", "contact", "role", "time", "renewal", "revenue"),
    )  # fmt: skip
