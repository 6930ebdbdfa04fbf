"""What a warning counts: the rules, and how the warnings did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.calendar import YEAR


@dataclass(frozen=True, slots=True)
class Rules:
    """``bad``: "low" or "high" figures of the target are bad; ``event``: the share that counts as bad;
    ``miss_cost``: in false alarms;
    ``window``: how many periods of the ``grain`` a counted one is."""

    bad: str
    event: float
    miss_cost: float
    grain: str
    window: int


@dataclass(slots=True)
class Counts:
    hits: int = 0
    false: int = 0
    missed: int = 0
    quiet: int = 0

    def add(self, warned: NDArray[np.bool_], bad: NDArray[np.bool_]) -> None:
        self.hits += int((warned & bad).sum())
        self.false += int((warned & ~bad).sum())
        self.missed += int((~warned & bad).sum())
        self.quiet += int((~warned & ~bad).sum())

    @property
    def total(self) -> int:
        return self.hits + self.false + self.missed + self.quiet


def told(counts: Counts, rules: Rules) -> dict[str, Any]:
    alarms, events, total = counts.hits + counts.false, counts.hits + counts.missed, counts.total
    year = YEAR.get(rules.grain)
    cost = counts.false + rules.miss_cost * counts.missed
    return {
        "periods": total,
        "events": events,
        "alarms": alarms,
        "hits": counts.hits,
        "false_alarms": counts.false,
        "missed": counts.missed,
        "precision": counts.hits / alarms if alarms else None,
        "caught": counts.hits / events if events else None,
        "false_per_year": counts.false / total * year / rules.window if year and total else None,
        "cost": cost / total if total else None,
        "cost_silent": rules.miss_cost * events / total if total else None,
    }
