"""What people call what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Names:
    """What people call what was asked: the target, the candidates by code and what follows their numbers, teams, and the place.
    ``week``: a text, a week and a team, if any → the text leading to what was said then."""

    target: str
    candidates: Mapping[str, str]
    suffixes: Mapping[str, str]
    team: Callable[[str], str]
    place: str
    week: Callable[..., str]

    def of(self, one: Mapping[str, Any]) -> str:
        return self.candidates.get(one["name"], one["name"])
