"""What a warning is read from: each unit's alarm level, and the leader beside the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Alarm:
    """A unit's alarm level on the candidate, its latest figure and whether it is beyond the level."""

    unit: Any
    level: float
    latest: float | None
    period: Any
    beyond: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "level": plain(self.level),
            "latest": plain(self.latest),
            "period": self.period,
            "beyond": self.beyond,
        }


@dataclass(frozen=True, slots=True)
class Together:
    """Deviations of a period from each unit's own mean, averaged over the units: of the target, and of the ``leader`` ``lag`` periods
    before; each in its own standard deviations."""

    period: Any
    target: float | None
    leader: float | None

    def to_dict(self) -> dict[str, Any]:
        return {"period": self.period, "target": plain(self.target), "leader": plain(self.leader)}
