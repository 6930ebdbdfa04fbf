"""How questions go together pair by pair: counted once, for whoever asks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from ibis.expr import types as ir

from kapula.statistics.laws import normal_quantile
from kapula.tables import fetch

FEWEST: Final = 30
MOST_QUESTIONS: Final = 40


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


def related(pairs: dict[tuple[str, str], tuple[float, int]], level: float) -> dict[str, float]:
    """Question → the upper bound of its strongest correlation with another, squared."""
    found: dict[str, float] = {}
    for pair, (r, n) in pairs.items():
        strongest = max(abs(end) for end in interval(r, n, level)) ** 2
        for name in pair:
            found[name] = max(found.get(name, 0.0), strongest)
    return found
