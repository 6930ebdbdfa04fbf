"""Which periods of the calendar fit the answers, when none were asked for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Final

from kapula.analyses.expectations.clock import LEAST_IN_PERIOD, LEAST_IN_SERIES
from kapula.schema import PERIODS
from kapula.statistics.line import LEAST_PERIODS
from kapula.trends.periods import label_of

USUAL: Final = {"year": 12, "quarter": 12, "month": 1}
"""The coarsest grain that gives so many periods."""
LOST: Final = 0.1
"""Share of the answers that may lie in periods too small before longer periods are better."""


def is_series(answers: Mapping[dt.date, int]) -> bool:
    """Whether no week holds two of the answers (by day): figures of weeks, months, quarters or years, a row each."""
    weeks = Counter(label_of(day, "week") for day, count in answers.items() for _ in range(min(count, 2)))
    return len(weeks) > 1 and max(weeks.values()) == 1


def grain_of(answers: Mapping[dt.date, int], kind: str, minimum_n: int) -> str:
    """The year when there are twelve, else the quarter when there are twelve, else the month; and longer ones where more than a tenth of
    the answers would lie in periods too small. ``answers``: whole ones by day; ``kind``: the finest period that the times tell."""
    least = max(LEAST_IN_SERIES if is_series(answers) else LEAST_IN_PERIOD, minimum_n)
    grains = [name for name in USUAL if PERIODS.index(name) >= PERIODS.index(kind)]
    found = {name: Counter[str]() for name in grains}
    for name in grains:
        for day, count in answers.items():
            found[name][label_of(day, name)] += count
    usual = next((name for name in grains if len(found[name]) >= USUAL[name]), grains[-1])
    kept = {name: [count for count in found[name].values() if count >= least] for name in grains}
    fit = [name for name in grains[grains.index(usual) :: -1] if len(kept[name]) >= LEAST_PERIODS]
    whole = (1 - LOST) * sum(answers.values())
    return next(
        (name for name in fit if sum(kept[name]) >= whole), max(fit, key=lambda name: sum(kept[name]), default=usual)
    )
