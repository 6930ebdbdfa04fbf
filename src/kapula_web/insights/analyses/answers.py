"""The responses of one perspective, and the questions answered in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from kapula.schema import ANSWER_PREFIX
from kapula.tables import fetch
from kapula_web.insights.analyses.contract import Data
from kapula_web.ledger.models import Question

T = TypeVar("T")
CUSTOMER: Final = "customer"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with answers. ``column``: its column among the responses. ``low``, ``high``: its declared scale, None where none is."""

    column: str
    label: str
    n: int
    low: float | None = None
    high: float | None = None


def rows(
    data: Data,
    perspective: str = CUSTOMER,
    *,
    source: str = "",
    start: date | None = None,
    end: date | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
) -> Any:
    """The responses of one perspective as an Ibis table, between two days (both included) and with these values only."""
    table = data.desk.snapshot.table("responses")
    table = table.filter(table.perspective == perspective)
    if source:
        table = table.filter(table.source == source)
    if start is not None and end is not None:
        table = table.filter(table.occurred_on.between(start, end))
    for name, values in (where or {}).items():
        table = table.filter(table[name].isin(list(values)))
    return table


def questions(data: Data, perspective: str = CUSTOMER, *, source: str = "", least: int = 1) -> list[Answered]:
    """The questions of at least ``least`` answers, the most answered first."""
    found = _answered(data, ("", perspective, source))
    return [one for one in found if one.n >= least]


def asked_with(
    data: Data, column: str, perspective: str = CUSTOMER, *, source: str = "", least: int = 1
) -> list[Answered]:
    """The other questions that those who answered ``column`` answered too, counted among them."""
    found = _answered(data, (column, perspective, source))
    return [one for one in found if one.column != column and one.n >= least]


def _answered(data: Data, key: tuple[str, str, str]) -> list[Answered]:
    """Every answered question, the most answered first. ``key``: a question that was answered too (or ""), perspective, source."""
    known = data.once("questions", lambda: _declared(data))
    there = set(data.desk.snapshot.table("responses").columns)
    columns = tuple(name for name in known if name in there)

    def count() -> dict[str, Any]:
        column, perspective, source = key
        table = rows(data, perspective, source=source)
        table = table.filter(table[column].notnull()) if column else table
        return row_of(table.aggregate(**{name: table[name].count() for name in columns})) if columns else {}

    counts = remembered(data, ("answers", *key, columns), count)
    found = [Answered(name, str(known[name]), int(counts[name]), known[name].low, known[name].high) for name in columns]
    return sorted((one for one in found if one.n), key=lambda one: -one.n)


def remembered(data: Data, key: tuple[Any, ...], count: Callable[[], T]) -> T:
    """Counted once for each version of the data, and taken from there once for each look at it."""
    return data.once(key, lambda: data.desk.remember(("held", *key), count))


def row_of(ask: Any) -> dict[str, Any]:
    """The only row of what is asked."""
    found: dict[str, Any] = fetch(ask).to_pylist()[0]
    return found


def _declared(data: Data) -> dict[str, Question]:
    declared = Question.objects.filter(organisation=data.organisation, is_comment=False).order_by("pk")
    return {ANSWER_PREFIX + one.code: one for one in declared}
