"""Where the rows of a file go: each canonical table's columns in SQL, and what makes a row the same row.

Staging, comparing, writing and undoing are written once, over these declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "real", "integer", "flag", "time", "day", "merged", "team", "touchpoint"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a canonical table. ``kind``: its type; ``merged`` is a JSON object of which a file may fill only a part; ``team`` and
    ``touchpoint`` are codes in the file and references in SQL. ``default``: what a new row gets where the file is silent."""

    name: str
    kind: Kind = "text"
    default: str = "NULL"

    @property
    def field(self) -> str:
        """Its name in SQL."""
        return f"{self.name}_id" if self.kind in {"team", "touchpoint"} else self.name


@dataclass(frozen=True, slots=True)
class Target:
    """A canonical table. ``key``: the columns that, with the organisation (and the source, where ``of_source``), identify a row."""

    table: str
    sql: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    of_source: bool = False

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def kinds(self, kind: Kind) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind == kind)


_BLANK: Final = "''"
_NOTHING: Final = "'{}'"

TARGETS: Final = {
    target.table: target
    for target in (
        Target(
            "responses",
            "ledger_response",
            ("external_id",),
            (
                Column("external_id"),
                Column("perspective", default="'customer'"),
                Column("customer", default=_BLANK),
                Column("account", default=_BLANK),
                Column("team", "team"),
                Column("touchpoint", "touchpoint"),
                Column("channel", default=_BLANK),
                Column("segment", default=_BLANK),
                Column("occurred_at", "time"),
                Column("language", default=_BLANK),
                Column("weight", "real", "1.0"),
                Column("answers", "merged", _NOTHING),
                Column("attributes", "merged", _NOTHING),
            ),
            of_source=True,
        ),
        Target(
            "observations",
            "ledger_observation",
            ("measure", "touchpoint", "team", "grain", "period"),
            (
                Column("measure"),
                Column("touchpoint", "touchpoint"),
                Column("team", "team"),
                Column("period", "day"),
                Column("grain"),
                Column("value", "real"),
                Column("n", "integer"),
            ),
        ),
        Target(
            "events",
            "ledger_event",
            ("external_id",),
            (
                Column("external_id"),
                Column("customer", default=_BLANK),
                Column("account", default=_BLANK),
                Column("kind"),
                Column("touchpoint", "touchpoint"),
                Column("occurred_at", "time"),
                Column("attributes", "merged", _NOTHING),
            ),
        ),
        Target(
            "outcomes",
            "ledger_outcome",
            ("customer", "account", "grain", "period"),
            (
                Column("customer", default=_BLANK),
                Column("account", default=_BLANK),
                Column("period", "day"),
                Column("grain"),
                Column("revenue", "real"),
                Column("active", "flag"),
                Column("attributes", "merged", _NOTHING),
            ),
        ),
    )
}
