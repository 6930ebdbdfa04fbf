"""Which columns a linkage reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns: ``time`` and ``touchpoint`` may be None. ``staff``: one or more items of one scale.
    ``period``: None when none was asked for."""

    unit: str
    time: str | None
    customer: str
    staff: tuple[str, ...]
    touchpoint: str | None
    period: str | None
