"""What the page tells of, and what people call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the two questions, the touchpoints and the teams."""

    customer: str
    staff: str
    place: Callable[[Any], str]
    team: Callable[[Any], str]
