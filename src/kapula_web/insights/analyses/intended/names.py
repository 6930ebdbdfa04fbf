"""What people call the aims that were asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AimWords:
    """An aim's name, its touchpoint's, and each rule in words by its column."""

    name: str
    place: str
    rules: Mapping[str, str]


Names = Mapping[str, AimWords]
