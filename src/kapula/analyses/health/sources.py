"""What each source brings: scores that stand alone, and people who are no longer told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.results import Finding
from kapula.statistics.laws import normal_quantile
from kapula.tables import fetch

FEWEST: Final = 30
LOST: Final = 0.2
RECENT_DAYS: Final = 91


def lonely(
    table: ir.Table, questions: Sequence[str], source: str | None, places: Sequence[str], inventory: Inventory
) -> tuple[list[Finding], int]:
    """Sources that bring one score and nothing else: no other question, no comment, no touchpoint or team that varies."""
    comments = {item.code: item.comments for item in inventory.of("source")}
    if source is None or "comments" not in inventory.given:
        return [], 0
    counts = {f"n{place}": table[name].count() for place, name in enumerate(questions)}
    varied = {f"d{place}": table[name].nunique() for place, name in enumerate(places)}
    found = fetch(table.group_by(source).aggregate(rows=table.count(), **counts, **varied).order_by(source)).to_pylist()
    made, judged = [], 0
    for row in found:
        asked = [name for place, name in enumerate(questions) if row[f"n{place}"]]
        if row["rows"] < FEWEST or comments.get(str(row[source])) is None or not asked:
            continue
        judged += 1
        divided = sum(row[f"d{place}"] > 1 for place in range(len(places)))
        if len(asked) == 1 and not comments[str(row[source])] and not divided:
            evidence = {"n": int(row["rows"]), "questions": 1, "comments": 0, "divisions": 0}
            made.append(
                Finding("generic", "source", str(row[source]), evidence, "medium", "add_reason", others=(asked[0],))
            )
    return made, judged


def anonymous(
    table: ir.Table, person: str | None, source: str | None, day: str | None, as_of: date, level: float
) -> tuple[list[Finding], int]:
    """Sources whose rows surely name the person more seldom in the last quarter of a year than before, by a fifth at least."""
    if person is None or source is None or day is None:
        return [], 0
    named = table[person].notnull()
    if table[person].type().is_string():
        named = named & (table[person] != "")
    start = as_of - timedelta(days=RECENT_DAYS)
    recent = table[day] > ibis.literal(start)
    found = fetch(
        table.group_by(source)
        .aggregate(n_now=recent.sum(), n_then=(~recent).sum(), now=(recent & named).sum(), then=(~recent & named).sum())
        .order_by(source)
    ).to_pylist()
    made, judged = [], 0
    for row in found:
        n_now, n_then = row["n_now"] or 0, row["n_then"] or 0
        if min(n_now, n_then) < FEWEST or not row["then"]:
            continue
        judged += 1
        now, then = row["now"] / n_now, row["then"] / n_then
        half = float(normal_quantile((1 + level) / 2)) * math.sqrt(now * (1 - now) / n_now + then * (1 - then) / n_then)
        if then - now - half > LOST:
            evidence = {
                "named_before": then,
                "named_now": now,
                "low": then - now - half,
                "high": then - now + half,
                "n": n_now,
            }
            code = str(row[source])
            made.append(Finding("identity", "source", code, evidence, "high", "add_identity", start.isoformat()))
    return made, judged
