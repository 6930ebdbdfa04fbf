"""The made-up table the shared contract runs the analysis on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example


def example() -> Example:
    """990 answers over three years: the score falls 0.3 a year at the same performance."""
    random = np.random.default_rng(8)
    days = np.sort(random.integers(0, 1096, 990))
    speed = np.clip(np.round(3.5 + random.normal(size=990)), 1, 5)
    score = 4.0 + 0.6 * speed - 0.3 * days / 365.25 + 0.8 * random.normal(size=990)
    start = dt.date(2023, 1, 1)
    table = pa.table({"score": score, "speed": speed, "day": [start + dt.timedelta(days=int(day)) for day in days]})
    keywords = {"score": "score", "performance": "speed", "time": "day"}
    command = ("--score", "score", "--performance", "speed", "--time", "day")
    return Example(table, keywords, command, figures=("score", "performance"), columns=("time",))
