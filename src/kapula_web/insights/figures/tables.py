"""The canonical tables measures read: their clock and what figures may be divided by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX


@dataclass(frozen=True, slots=True)
class TableKind:
    """``time``: the column of the day (local time). ``dimensions``: columns to divide by. ``people``: whether a
    row is a person's answer, so that small groups are withheld. ``prefix``: put before a measure's column."""

    name: str
    time: str
    dimensions: tuple[str, ...]
    people: bool
    prefix: str = ""


KINDS: Final[dict[str, TableKind]] = {
    kind.name: kind
    for kind in (
        TableKind(
            "responses",
            "occurred_on",
            ("touchpoint", "team", "segment", "channel", "language", "source"),
            True,
            ANSWER_PREFIX,
        ),
        TableKind("observations", "period", ("touchpoint", "team"), False),
        TableKind("outcomes", "period", (), True),
    )
}


def dimensions(kind: TableKind, table: Any) -> tuple[str, ...]:
    """Every column of the table that figures can be divided by; kept attributes last."""
    attributes = [name for name in table.columns if name.startswith(ATTRIBUTE_PREFIX)] if kind.people else []
    return (*(name for name in kind.dimensions if name in table.columns), *sorted(attributes))
