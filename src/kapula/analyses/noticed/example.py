"""Made-up comments of twelve teams, eight of which begin at three dates, for the contract's tests."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example


def example() -> Example:
    rng = np.random.default_rng(6)
    n, teams = 2400, 12
    team = np.arange(n) % teams
    start = dt.date(2026, 1, 1)
    day = rng.integers(0, 330, n)
    begin = np.array([120, 120, 120, 170, 170, 170, 230, 230, -1, -1, -1, -1])
    has = (begin[team] >= 0) & (day >= begin[team])
    mention = rng.random(n) < 0.10 + 0.02 * (team % 3) + 0.00012 * day + 0.15 * has
    table = pa.table(
        {
            "thanked": mention,
            "team": [f"t{code:02d}" for code in team],
            "day": [start + dt.timedelta(days=int(one)) for one in day],
            "began": [None if begin[code] < 0 else start + dt.timedelta(days=int(begin[code])) for code in team],
        }
    )
    keywords = {"mention": "thanked", "team": "team", "time": "day", "rollout": "began"}
    command = ("--mention", "thanked", "--team", "team", "--time", "day", "--rollout", "began")
    return Example(table, keywords, command, figures=("mention",), columns=("team", "time", "rollout"))
