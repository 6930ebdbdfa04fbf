"""Which columns the account view reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns; None where the table has none. Without ``contact`` every answer is a contact of its own."""

    account: str
    score: str
    contact: str | None
    role: str | None
    time: str | None
    stage: str | None
    revenue: str | None
    renewal: str | None
    since: str | None
    active: str | None = None
