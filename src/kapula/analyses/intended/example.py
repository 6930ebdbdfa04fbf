"""Made-up experiences at two touchpoints for the contract's tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

AIMS: dict[str, Any] = {
    "aims": [
        {
            "name": "easy_and_warm",
            "rules": [{"column": "ease", "op": ">=", "value": 4}, {"column": "emotion", "op": ">=", "value": 4}],
            "good": {"column": "nps", "op": ">=", "value": 9},
            "target": 0.4,
        },
        {
            "name": "no_waiting",
            "applies": {"touchpoint": ["phone"]},
            "rules": [{"column": "theme_waiting", "op": "absent", "blank": "no"}],
        },
    ]
}
COMMAND = (
    "{aims: [{name: easy_and_warm, rules: [{column: ease, op: '>=', value: 4}, {column: emotion, op: '>=', value: 4}], "
    "good: {column: nps, op: '>=', value: 9}, target: 0.4}, {name: no_waiting, applies: {touchpoint: [phone]}, "
    "rules: [{column: theme_waiting, op: absent, blank: no}]}]}"
)


def example() -> Example:
    rng = np.random.default_rng(4)
    n = 600
    mood = rng.normal(0, 1, n)
    start = dt.datetime(2026, 1, 1)

    def scale(spread: float) -> np.ndarray:
        return np.clip(np.rint(3.7 + 0.6 * mood + spread * rng.normal(0, 1, n)), 1, 5)

    table = pa.table(
        {
            "ease": scale(0.7),
            "emotion": scale(0.9),
            "nps": np.clip(np.rint(7.5 + 1.5 * mood + rng.normal(0, 1, n)), 0, 10),
            "theme_waiting": rng.random(n) < 0.3,
            "touchpoint": rng.choice(["phone", "chat"], n),
            "customer": [f"c{number % 400}" for number in range(n)],
            "day": [start + dt.timedelta(days=number % 80) for number in range(n)],
            "w": rng.choice([0.5, 1.0, 2.0], n),
        }
    )
    keywords = {
        "aims": AIMS,
        "by": "touchpoint",
        "time": "day",
        "period": "month",
        "weight": "w",
        "cluster": "customer",
    }
    command = (
        "--aims", COMMAND, "--by", "touchpoint", "--time", "day", "--period", "month", "--weight", "w", "--cluster", "customer",
    )  # fmt: skip
    return Example(table, keywords, command, figures=("weight",), columns=("by", "time", "cluster"))
