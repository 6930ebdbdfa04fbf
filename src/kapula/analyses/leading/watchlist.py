"""A row of the watch list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.leading.alarms import Alarm, Together
from kapula.analyses.leading.record import fields_of


@dataclass(frozen=True, slots=True)
class Watch:
    """A true leader as a warning, back-tested on periods that were not used to set its level.

    ``side``: "above" or "below" the level warns. ``periods`` watched (over all units), ``events`` among them,
    ``alarms``, ``hits`` (alarms that an
    event followed), ``false_alarms``, ``missed``; ``precision`` hits ÷ alarms, ``caught`` hits ÷ events;
    ``false_per_year`` for one unit;
    ``cost`` per watched period in false alarms, ``cost_silent`` of never warning. ``pays``: a level that costs
    less than silence was found.
    """

    name: str
    segment: Any
    lag: int
    side: str
    on_change: bool
    pays: bool
    periods: int
    events: int
    alarms: int
    hits: int
    false_alarms: int
    missed: int
    precision: float | None
    caught: float | None
    false_per_year: float | None
    cost: float | None
    cost_silent: float | None
    levels: tuple[Alarm, ...]
    series: tuple[Together, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        found = fields_of(self)
        found["series"] = [one.to_dict() for one in self.series]
        found["levels"] = [one.to_dict() for one in self.levels]
        found["now"] = [one.unit for one in self.levels if one.beyond]
        return found
