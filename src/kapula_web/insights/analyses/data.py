"""What the organisation's data holds, as a page's choices need it: questions, questionnaires, groups, operational series, accounts.

Everything is counted once for each version of the data. Staff's answers are never mixed into customers': each count is of one
perspective.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from kapula.schema import ANSWER_PREFIX
from kapula.tables import fetch
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.figures.tables import KINDS, dimensions
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


@dataclass(frozen=True, slots=True)
class Group:
    """A value of a dimension, or a questionnaire (a source): its code, its name and how many responses it has."""

    code: str
    label: str
    n: int


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


def sources(data: Data, perspective: str = CUSTOMER) -> list[Group]:
    """The questionnaires and other sources of the perspective, the largest first."""
    return values(data, "source", perspective)


def values(data: Data, dimension: str, perspective: str = CUSTOMER) -> list[Group]:
    """The values a dimension has among the responses, the most common first; blanks are left out."""

    def count() -> list[tuple[str, int]]:
        table = rows(data, perspective)
        counted = table.filter(table[dimension].notnull()).group_by(dimension).aggregate(n=lambda t: t.count())
        found = fetch(counted.order_by(counted.n.desc(), counted[dimension])).to_pylist()
        return [(str(row[dimension]), int(row["n"])) for row in found]

    kept = _kept(data, ("values", dimension, perspective), count)
    return [Group(code, data.names.value(dimension, code), n) for code, n in kept]


def divisions(data: Data, perspective: str = CUSTOMER) -> list[Group]:
    """The dimensions with at least two values: what answers can be divided by. ``n``: how many values."""
    names = dimensions(KINDS["responses"], data.desk.snapshot.table("responses"))
    counted = [(name, len(values(data, name, perspective))) for name in names]
    return [Group(name, data.names.dimension(name), n) for name, n in counted if n > 1]


def stretch(data: Data, perspective: str = CUSTOMER) -> tuple[date, date] | None:
    """The first and the last day there are responses for."""

    def ends() -> dict[str, Any]:
        table = rows(data, perspective)
        return _row(table.aggregate(first=table.occurred_on.min(), last=table.occurred_on.max()))

    row = _kept(data, ("stretch", perspective), ends)
    return (row["first"], row["last"]) if row["first"] is not None else None


def accounts(data: Data, perspective: str = CUSTOMER) -> tuple[int, int]:
    """How many accounts have answered, and of how many at least two people have."""

    def count() -> dict[str, Any]:
        table = rows(data, perspective)
        people = table.filter(table.account.notnull()).group_by("account").aggregate(n=lambda t: t.customer.nunique())
        return _row(people.aggregate(every=people.count(), several=(people.n > 1).sum()))

    row = _kept(data, ("accounts", perspective), count)
    return int(row["every"] or 0), int(row["several"] or 0)


def address(data: Data, table: str = "responses", start: date | None = None, end: date | None = None) -> str:
    """The table's address for the command line: ``organisation://aurinkokivi/responses?from=2026-01-01&to=2026-06-30``."""
    days = f"?from={start.isoformat()}&to={end.isoformat()}" if start is not None and end is not None else ""
    return f"organisation://{data.organisation.slug}/{table}{days}"


def filters(
    perspective: str = CUSTOMER, *, source: str = "", where: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """The words of a command that leave the rows of :func:`rows`: ``--filter perspective=customer …``."""
    pairs = [("perspective", perspective), *([("source", source)] if source else [])]
    pairs += [(name, value) for name, wanted in (where or {}).items() for value in wanted]
    return [word for name, value in pairs for word in ("--filter", f"{name}={value}")]


def _answered(data: Data, key: tuple[str, str, str]) -> list[Answered]:
    """Every answered question, the most answered first. ``key``: a question that was answered too (or ""), perspective, source."""
    known = data.once("questions", lambda: _declared(data))
    there = set(data.desk.snapshot.table("responses").columns)
    columns = tuple(name for name in known if name in there)

    def count() -> dict[str, Any]:
        column, perspective, source = key
        table = rows(data, perspective, source=source)
        table = table.filter(table[column].notnull()) if column else table
        return _row(table.aggregate(**{name: table[name].count() for name in columns})) if columns else {}

    counts = _kept(data, ("answers", *key, columns), count)
    found = [Answered(name, str(known[name]), int(counts[name]), known[name].low, known[name].high) for name in columns]
    return sorted((one for one in found if one.n), key=lambda one: -one.n)


def _kept(data: Data, key: tuple[Any, ...], count: Callable[[], T]) -> T:
    """Counted once for each version of the data, and taken from there once for each look at it."""
    return data.once(key, lambda: data.desk.remember(("held", *key), count))


def _row(ask: Any) -> dict[str, Any]:
    found: dict[str, Any] = fetch(ask).to_pylist()[0]
    return found


def _declared(data: Data) -> dict[str, Question]:
    declared = Question.objects.filter(organisation=data.organisation, is_comment=False).order_by("pk")
    return {ANSWER_PREFIX + one.code: one for one in declared}
