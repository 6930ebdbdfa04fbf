"""A made-up chain of shops: the queue moves two weeks before the score, the weather does not."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

SHOPS, WEEKS, LAG = 4, 80, 2


def example() -> Example:
    rng = np.random.default_rng(7)
    queue = rng.normal(5, 1, (SHOPS, WEEKS))
    weather = rng.normal(0, 3, (SHOPS, WEEKS))
    score = rng.normal(60, 3, (SHOPS, WEEKS))
    score[:, LAG:] -= 3 * (queue[:, :-LAG] - 5)
    monday = date(2025, 1, 6)
    table = pa.table(
        {
            "shop": [f"shop {shop}" for shop in range(SHOPS) for _ in range(WEEKS)],
            "week": [monday + timedelta(weeks=week) for _ in range(SHOPS) for week in range(WEEKS)],
            "score": score.ravel(),
            "queue": queue.ravel(),
            "weather": weather.ravel(),
        }
    )
    names = {"unit": "shop", "time": "week", "target": "score"}
    command = (
        "--unit",
        "shop",
        "--time",
        "week",
        "--target",
        "score",
        "--candidates",
        "queue,weather",
        "--max-lag",
        "4",
    )
    return Example(
        table,
        {**names, "candidates": ["queue", "weather"], "max_lag": 4},
        command,
        ("target", "candidates"),
        ("unit", "time"),
    )
