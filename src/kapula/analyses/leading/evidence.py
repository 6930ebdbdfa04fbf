"""What speaks of a candidate's lead: its lags, the size of its effect, and the other direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Step:
    """One lag of a candidate: ``t`` signed, ``p`` two-sided, ``q`` over the whole scan (None at lag 0, which is never a lead)."""

    lag: int
    t: float
    p: float
    q: float | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        return {"lag": self.lag, "t": plain(self.t), "p": plain(self.p), "q": plain(self.q), "n": self.n}


@dataclass(frozen=True, slots=True)
class Slope:
    """Change of the target for one unit more of the candidate, ``lag`` periods later; ``per_deviation``: for a
    usual swing of it."""

    value: float | None
    low: float | None
    high: float | None
    deviation: float | None

    def to_dict(self) -> dict[str, Any]:
        return {name: plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Reverse:
    """The other direction, tested and corrected as a scan of its own: does the target move ``lag`` periods before the candidate?"""

    lag: int
    q: float
    t: float
    found: bool

    def to_dict(self) -> dict[str, Any]:
        return {"lag": self.lag, "q": plain(self.q), "t": plain(self.t), "found": self.found}
