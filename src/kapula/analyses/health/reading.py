"""The inventory read from any table, and refused where a row cannot be what it says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from kapula.analyses.health.inventory import NAMES, Inventory, Item
from kapula.errors import ColumnTypeError, ParameterError
from kapula.schema import require
from kapula.tables import as_table, fetch

KINDS: Final = ("measure", "source", "question")


_DAYS: Final = ("created", "last_opened", "changed")
_NUMBERS: Final = ("received", "rejected", "comments", "low", "high")


def read(table: Any) -> Inventory:
    """The inventory of any table with ``kind`` and ``code``, other columns of :class:`Item` where there are. Raises
    :class:`~kapula.errors.KapulaError` for another kind, text for numbers or days, or a row told twice."""
    if table is None:
        return Inventory((), frozenset())
    source = as_table(table)
    require(source.columns, ["kind", "code"])
    given = [name for name in NAMES if name in source.columns]
    rows = fetch(source.select(*given)).to_pylist()
    items = tuple(_item(row) for row in rows if row["code"] not in (None, ""))
    seen: set[tuple[str, str]] = set()
    for one in items:
        if (one.kind, one.code) in seen:
            raise _refused(f"The {one.kind} {one.code!r} is told twice.", "Tell each once.", one.code)
        seen.add((one.kind, one.code))
    return Inventory(items, frozenset(given))


def _item(row: dict[str, Any]) -> Item:
    if row["kind"] not in KINDS:
        raise _refused(f"There is no kind {row['kind']!r}.", f"Use one of {', '.join(KINDS)}.", row["kind"])
    found: dict[str, Any] = {}
    for name, value in row.items():
        if value is None or value != value:  # a blank, or NaN
            found[name] = None
        elif name in _DAYS:
            found[name] = _day(value, name)
        elif name in _NUMBERS:
            if isinstance(value, str):
                raise _wrong(name, value, "number")
            found[name] = value if name in ("low", "high") else int(value)
        else:
            found[name] = str(value)
    return Item(**found)


def _day(value: Any, name: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise _wrong(name, value, "a date") from error


def _wrong(column: str, value: Any, expected: str) -> ColumnTypeError:
    return ColumnTypeError(
        f"The inventory's {column!r} holds {value!r}, not {expected}.",
        hint="Convert the column.",
        column=column,
        type=type(value).__name__,
        expected=expected,
    )


def _refused(message: str, hint: str, value: Any) -> ParameterError:
    return ParameterError(message, hint=hint, parameter="inventory", value=value)
