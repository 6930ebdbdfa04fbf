"""What people call the aims that were asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AimWords:
    """An aim's name, its touchpoint's, and each rule in words by its column. ``then``: a text and a period → the text leading to what was
    said of such experiences then; ``among``: the same of a group."""

    name: str
    place: str
    rules: Mapping[str, str]
    then: Callable[[str, str], str]
    among: Callable[[str, str], str]


Names = Mapping[str, AimWords]
