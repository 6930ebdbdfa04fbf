"""Every question counted where it was asked: how many answered, the commonest answer, the ends and the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr import types as ir

from kapula.tables import fetch


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it was asked: ``asked`` rows, ``answered`` of them, by source and touchpoint in which anyone answered it, from the
    first day that anyone did to the last; ``common`` share of the commonest answer, ``least`` and ``most``. ``last``: that last day."""

    code: str
    asked: int
    answered: int
    common: float
    least: float | None
    most: float | None
    last: date | None


def asked(table: ir.Table, questions: Sequence[str], groups: Sequence[str], day: str | None) -> tuple[Asked, ...]:
    """Every question, counted where it was asked."""
    ends = {
        f"{end}{place}": getattr(table[name], end)() for place, name in enumerate(questions) for end in ("min", "max")
    }
    if day:
        answered_on = {place: table[name].notnull() for place, name in enumerate(questions)}
        ends |= {f"first{place}": table[day].min(where=where) for place, where in answered_on.items()}
        ends |= {f"last{place}": table[day].max(where=where) for place, where in answered_on.items()}
    edge = fetch(table.aggregate(**ends)).to_pylist()[0] if questions else {}
    counts = {f"n{place}": table[name].count() for place, name in enumerate(questions)}
    counts |= {
        f"rows{place}": _within(table, day, edge.get(f"first{place}"), edge.get(f"last{place}"))
        for place in range(len(questions))
    }
    cells = fetch(table.group_by(list(groups)).aggregate(**counts) if groups else table.aggregate(**counts))
    common = _commonest(table, questions)
    found = []
    for place, name in enumerate(questions):
        n, rows = cells[f"n{place}"].to_numpy(), cells[f"rows{place}"].to_numpy()
        answered = int(n.sum())
        found.append(
            Asked(
                name, int(rows[n > 0].sum()), answered, common.get(name, 0) / max(answered, 1), edge[f"min{place}"],
                edge[f"max{place}"], edge.get(f"last{place}"),
            )
        )  # fmt: skip
    return tuple(found)


def _within(table: ir.Table, day: str | None, first: date | None, last: date | None) -> ir.IntegerScalar:
    """How many rows are of these days, or of no day: before the first and after the last answer nobody was asked."""
    if day is None or first is None or last is None:
        return table.count()
    inside = table[day].isnull() | table[day].between(ibis.literal(first), ibis.literal(last))
    return inside.cast("int64").sum()


def _commonest(table: ir.Table, questions: Sequence[str]) -> dict[str, int]:
    """Question → how often its commonest answer occurs."""
    parts = []
    for name in questions:
        kept = table.filter(table[name].notnull())
        counted = kept.group_by(answer=kept[name]).aggregate(n=kept.count())
        parts.append(counted.aggregate(most=counted["n"].max()).mutate(question=ibis.literal(name)))
    found = fetch(ibis.union(*parts) if len(parts) > 1 else parts[0]).to_pylist()
    return {row["question"]: int(row["most"] or 0) for row in found}
