"""On which days there is data: of every source and question, and the last of all."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from datetime import date

from ibis.expr import types as ir

from kapula.analyses.health.columns import DAY, Asked
from kapula.tables import fetch


def heard(rows: ir.Table, asked: Asked) -> tuple[int, date | None]:
    """How many rows have an answer, and the last day of one."""
    heard = rows.filter(functools.reduce(operator.or_, (rows[name].notnull() for name in asked.questions)))
    wanted = {"n": heard.count(), **({"last": heard[DAY].max()} if asked.time else {})}
    head = fetch(heard.aggregate(**wanted)).to_pylist()[0]
    return int(head["n"]), head.get("last")


def seen(rows: ir.Table, asked: Asked) -> dict[tuple[str, str], list[date]]:
    """(subject, code) → days with data: every source and every question; a question of a stale source is told with its source."""
    seen: dict[tuple[str, str], list[date]] = {}
    if asked.source:
        found = fetch(
            rows.filter(rows[asked.source].notnull(), rows[DAY].notnull()).select(asked.source, DAY).distinct()
        )
        for row in found.to_pylist():
            seen.setdefault(("source", str(row[asked.source])), []).append(row[DAY])
    counts = {f"n{place}": rows[name].count() for place, name in enumerate(asked.questions)}
    daily = fetch(rows.filter(rows[DAY].notnull()).group_by(DAY).aggregate(**counts)).to_pylist()
    for place, name in enumerate(asked.questions):
        days = [row[DAY] for row in daily if row[f"n{place}"]]
        if days and not any(_as_old(days, dates) for dates in seen.values()):
            seen[("question", name)] = days
    return seen


def _as_old(days: Sequence[date], dates: Sequence[date]) -> bool:
    """Whether a source fell silent on the same day as a question: then it is the source that did."""
    return max(days) == max(dates)
