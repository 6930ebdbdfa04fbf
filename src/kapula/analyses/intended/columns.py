"""The names of what is computed beside each experience."""

from __future__ import annotations

from typing import Final

MATCH: Final = "kapula_match"
WORST: Final = "kapula_worst"
BEST: Final = "kapula_best"
KIND: Final = "kapula_kind"
GOOD_INTENDED, GOOD_ONLY, INTENDED_ONLY, NEITHER = KINDS = ("good_intended", "good_only", "intended_only", "neither")


def rule_column(place: int) -> str:
    return f"kapula_rule_{place}"


def pivotal_column(place: int) -> str:
    return f"kapula_pivotal_{place}"
