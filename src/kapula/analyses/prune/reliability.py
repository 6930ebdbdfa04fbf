"""What :func:`kapula.analyses.prune.alpha` gives back: alpha with its interval, and each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Item:
    """``reversed``: found to be keyed the other way. ``item_rest``: its correlation with the sum of the others, both keyed.
    ``alpha_if_dropped``: None for two items."""

    name: str
    reversed: bool
    item_rest: float | None
    alpha_if_dropped: float | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "reversed": self.reversed,
            "item_rest": plain(self.item_rest) if self.item_rest is not None else None,
            "alpha_if_dropped": plain(self.alpha_if_dropped) if self.alpha_if_dropped is not None else None,
        }


@dataclass(frozen=True, slots=True)
class Alpha:
    """``value`` with its interval after keying; ``as_asked``: without it. ``interval``: "feldt" or "linearised"."""

    value: float
    low: float
    high: float
    as_asked: float
    standardised: float
    n: int
    items: tuple[Item, ...]
    interval: str

    @property
    def reversed(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items if item.reversed)

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "as_asked": plain(self.as_asked),
            "standardised": plain(self.standardised),
            "n": self.n,
            "reversed": list(self.reversed),
            "interval": self.interval,
            "items": [item.to_dict() for item in self.items],
        }
