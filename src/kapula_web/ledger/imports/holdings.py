"""What each source has brought into the ledger: how many rows of which table, and from which days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Max, Min, Model
from django.utils import timezone

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Event, Observation, Outcome, Response


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one canonical table. ``first`` and ``last``: the days of the earliest and the latest; a period lasts to its end."""

    table: str
    count: int
    first: dt.date
    last: dt.date


_BY_TIME: Final[tuple[tuple[str, type[Model], str], ...]] = (
    ("responses", Response, "source"),
    ("events", Event, "import_run__source"),
)
_BY_PERIOD: Final[tuple[tuple[str, type[Model]], ...]] = (("observations", Observation), ("outcomes", Outcome))
TABLES: Final = ("responses", "observations", "events", "outcomes")


def holdings(organisation: Organisation) -> dict[int, list[Holding]]:
    """The holdings of each source, by its id, in the order of ``TABLES``. A row is counted for the source that first brought it."""
    found: dict[int, dict[str, Holding]] = defaultdict(dict)
    for table, model, source in _BY_TIME:
        for row in _ends(organisation, model, {"whose": F(source)}, "occurred_at"):
            first, last = (timezone.localtime(row[end]).date() for end in ("first", "last"))
            found[row["whose"]][table] = Holding(table, row["count"], first, last)
    for table, model in _BY_PERIOD:
        for row in _ends(organisation, model, {"whose": F("import_run__source"), "size": F("grain")}, "period"):
            more = Holding(table, row["count"], row["first"], period_end(row["last"], row["size"]))
            found[row["whose"]][table] = _joined(found[row["whose"]].get(table), more)
    return {source: [held[table] for table in TABLES if table in held] for source, held in found.items() if source}


def span(held: Iterable[Holding]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of all of them."""
    rows = list(held)
    return (min(row.first for row in rows), max(row.last for row in rows)) if rows else None


def period_end(start: dt.date, grain: str) -> dt.date:
    """The last day of the period that begins on ``start``."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return start + dt.timedelta(days=6 if grain == "week" else 0)
    years, month = divmod(start.month - 1 + months, 12)
    return dt.date(start.year + years, month + 1, 1) - dt.timedelta(days=1)


def _ends(organisation: Organisation, model: type[Model], by: dict[str, F], column: str) -> list[dict[str, Any]]:
    rows = model._default_manager.filter(organisation=organisation).order_by().values(**by)
    return list(rows.annotate(count=Count("pk"), first=Min(column), last=Max(column)))


def _joined(one: Holding | None, other: Holding) -> Holding:
    if one is None:
        return other
    return Holding(one.table, one.count + other.count, min(one.first, other.first), max(one.last, other.last))
