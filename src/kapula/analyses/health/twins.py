"""Duplicated: two questions that are one, two series that are one, the same rows taken in twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any, Final

import ibis
import numpy as np
from ibis.expr import types as ir

from kapula.analyses.health.results import Finding
from kapula.statistics.laws import normal_quantile
from kapula.tables import fetch

FEWEST: Final = 30
NEAR: Final = 0.9
"""Questions whose correlation surely is above this say the same."""
NEAR_SERIES: Final = 0.98
MOST_QUESTIONS: Final = 40
DOUBLE_SHARE: Final = 0.005


def correlations(table: ir.Table, questions: Sequence[str]) -> dict[tuple[str, str], tuple[float, int]]:
    """(r, n) of every pair of questions over the rows that answer both; pairs answered together by fewer than thirty, or of a question
    that
    does not vary, are left out."""
    found: dict[tuple[str, str], tuple[float, int]] = {}
    pairs = list(combinations(questions[:MOST_QUESTIONS], 2))
    for start in range(0, len(pairs), 200):
        part = pairs[start : start + 200]
        wanted: dict[str, Any] = {}
        for place, (one, two) in enumerate(part):
            wanted[f"n{place}"] = (table[one] + table[two]).count()  # blank where either is
            wanted[f"r{place}"] = table[one].corr(table[two], how="pop")
        row = fetch(table.aggregate(**wanted)).to_pylist()[0]
        for place, pair in enumerate(part):
            n, r = row[f"n{place}"], row[f"r{place}"]
            if n and n >= FEWEST and r is not None and math.isfinite(r):
                found[pair] = (max(-1.0, min(1.0, r)), int(n))
    return found


def interval(r: float, n: int, level: float) -> tuple[float, float]:
    """Fisher's: tanh(artanh r ± z/√(n − 3)). Source: Fisher (1921), Metron 1, 3–32."""
    if abs(r) >= 1:
        return r, r
    half = float(normal_quantile((1 + level) / 2)) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


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


def related(pairs: dict[tuple[str, str], tuple[float, int]], level: float) -> dict[str, float]:
    """Question → the upper bound of its strongest correlation with another, squared."""
    found: dict[str, float] = {}
    for pair, (r, n) in pairs.items():
        strongest = max(abs(end) for end in interval(r, n, level)) ** 2
        for name in pair:
            found[name] = max(found.get(name, 0.0), strongest)
    return found


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


def series(table: ir.Table | None, level: float) -> tuple[list[Finding], int]:
    """Operational series whose changes surely move as one. ``table``: ``measure``, ``period``, ``value`` and, where there are,
    ``team`` and
    ``touchpoint``. Levels share trends and seasons, so the changes from one period to the next are compared."""
    if table is None:
        return [], 0
    keys = [name for name in ("team", "touchpoint", "period") if name in table.columns]
    found = fetch(table.filter(table["value"].notnull()).select("measure", "value", *keys).order_by(["measure", *keys]))
    lines: dict[str, dict[tuple[Any, ...], float]] = {}
    for row in found.to_pylist():
        lines.setdefault(row["measure"], {})[tuple(row[key] for key in keys)] = float(row["value"])
    moves = {measure: _moves(values) for measure, values in lines.items()}
    pairs = list(combinations(sorted(moves), 2))
    strict = 1 - (1 - level) / max(len(pairs), 1)
    made, judged = [], 0
    for one, two in pairs:
        shared = sorted(set(moves[one]) & set(moves[two]), key=str)
        if len(shared) < FEWEST:
            continue
        judged += 1
        x, y = (np.array([moves[name][key] for key in shared]) for name in (one, two))
        if x.std() == 0 or y.std() == 0:
            continue
        r = float(np.corrcoef(x, y)[0, 1])
        if interval(r, len(shared), strict)[0] > NEAR_SERIES:
            low, high = interval(r, len(shared), level)
            evidence = {"correlation": r, "low": low, "high": high, "n": len(shared)}
            made.append(Finding("duplicated", "series", two, evidence, "medium", "merge", others=(one,)))
    return made, judged


def _moves(values: dict[tuple[Any, ...], float]) -> dict[tuple[Any, ...], float]:
    """Key → change from the period before in the same group."""
    ordered = sorted(values, key=lambda key: (tuple(map(str, key[:-1])), key[-1]))
    return {
        later: values[later] - values[earlier] for earlier, later in pairwise(ordered) if earlier[:-1] == later[:-1]
    }
