"""Duplicated: two questions that are one, and the same rows taken in twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import ibis
from ibis.expr import types as ir

from kapula.analyses.health.correlation import interval
from kapula.analyses.health.results import Finding
from kapula.tables import fetch

NEAR: Final = 0.9
"""Questions whose correlation surely is above this say the same."""
DOUBLE_SHARE: Final = 0.005


def questions(pairs: dict[tuple[str, str], tuple[float, int]], level: float) -> tuple[list[Finding], int]:
    """Pairs surely correlated above the bound; the correction over all pairs is Bonferroni's."""
    strict = 1 - (1 - level) / max(len(pairs), 1)
    made = []
    for (one, two), (r, n) in pairs.items():
        if interval(r, n, strict)[0] > NEAR:
            low, high = interval(r, n, level)
            evidence = {"correlation": r, "low": low, "high": high, "n": n}
            made.append(Finding("duplicated", "question", two, evidence, "medium", "merge", others=(one,)))
    return made, len(pairs)


def rows(
    table: ir.Table, questions: Sequence[str], keys: Sequence[str], person: str | None, source: str | None
) -> tuple[list[Finding], int]:
    """Rows that are the same in every key and answer: by source, more than one in two hundred of those in which two questions or more are
    answered. Rows that name nobody are left out: two strangers may answer alike."""
    if person is None or len(questions) < 2:
        return [], 0
    answered = sum((table[name].notnull().cast("int64") for name in questions), ibis.literal(0))
    known = table[person].notnull()
    if table[person].type().is_string():
        known = known & (table[person] != "")
    kept = table.filter(known, answered >= 2)
    told = [source] if source else []
    same = kept.group_by(list(dict.fromkeys([*told, person, *keys, *questions]))).aggregate(times=kept.count())
    by = same.group_by(told) if told else same
    counted = fetch(by.aggregate(rows=same["times"].sum(), twice=(same["times"] - 1).sum())).to_pylist()
    made = []
    for row in counted:
        if row["rows"] and row["twice"] >= 3 and row["twice"] / row["rows"] > DOUBLE_SHARE:
            evidence = {"n": int(row["rows"]), "twice": int(row["twice"]), "share": row["twice"] / row["rows"]}
            code = str(row[source]) if source else "rows"
            made.append(Finding("duplicated", "source" if source else "rows", code, evidence, "high", "undo_import"))
    return made, len(counted)
