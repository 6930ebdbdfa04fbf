"""An estimate as results tell it: a value with its interval and its p."""

from __future__ import annotations

from dataclasses import dataclass

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval (None where it has none) and two-sided p."""

    value: float
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def sure(self) -> bool:
        """The interval excludes zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def named(self, name: str) -> dict[str, float | None]:
        """``{name: value, name_low: …, name_high: …}``."""
        return {name: plain(self.value), f"{name}_low": plain(self.low), f"{name}_high": plain(self.high)}
