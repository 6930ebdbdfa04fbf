"""What an operational series is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

PREFIX: Final = "series_"
"""Put before a series' code in joined tables."""


@dataclass(frozen=True, slots=True)
class Series:
    """An operational series. ``unit``: what its values are of: "team", "touchpoint", or "" for the whole organisation. ``units``: how
    many of them. ``grain``: the length of its periods. ``suffix``: what follows its numbers ("s"), or nothing."""

    code: str
    label: str
    unit: str
    units: int
    grain: str
    n: int
    first: date
    last: date
    suffix: str = ""

    @property
    def column(self) -> str:
        return PREFIX + self.code
