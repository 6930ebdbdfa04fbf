"""Made-up journeys of five kinds of moments, remembered by their peak and their end, for the contract's tests."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

MOMENTS = ("welcome", "first_bill", "visit", "chat", "renewal")


def journeys(rng: np.random.Generator, customers: int, peak: float, end: float, mean: float) -> pa.table:
    """Customers of two to seven moments, then a relationship answer: 1 + peak, end and mean times their parts, and noise."""
    rows: dict[str, list[object]] = {name: [] for name in ("customer", "day", "moment", "score", "nps")}
    start = dt.datetime(2026, 1, 1)
    for customer in range(customers):
        many = int(rng.integers(2, 8))
        kinds = rng.integers(0, len(MOMENTS), many)
        scores = np.clip(np.rint(3.4 + rng.normal(0, 0.7) + rng.normal(0, 1.2, many)), 1, 5)
        extreme = scores[np.lexsort((-scores, np.abs(scores - 3.4)))[-1]]
        later = 1 + peak * extreme + end * scores[-1] + mean * scores.mean() + rng.normal(0, 0.9)
        for place in range(many):
            when = start + dt.timedelta(days=20 * place, hours=customer % 24)
            for name, value in zip(
                rows, (f"c{customer:04d}", when, MOMENTS[kinds[place]], scores[place], None), strict=True
            ):
                rows[name].append(value)
        last = start + dt.timedelta(days=20 * many)
        for name, value in zip(rows, (f"c{customer:04d}", last, None, None, later), strict=True):
            rows[name].append(value)
    return pa.table(rows)


def example() -> Example:
    table = journeys(np.random.default_rng(3), 240, 0.5, 0.4, 0.3)
    keywords = {
        "customer": "customer",
        "time": "day",
        "moment": "moment",
        "score": "score",
        "remembered": "nps",
        "designed": ("welcome", "renewal"),
        "neutral": 3.4,
    }
    command = (
        "--customer", "customer", "--time", "day", "--moment", "moment", "--score", "score", "--remembered", "nps",
        "--designed", "welcome,renewal", "--neutral", "3.4",
    )  # fmt: skip
    return Example(table, keywords, command, figures=("score", "remembered"), columns=("customer", "time", "moment"))
