"""Correction over a whole scan of differences."""

from __future__ import annotations

from collections.abc import Sequence


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """q-values in the order given; a None stays None and is no part of the scan.

    Source: Benjamini & Hochberg (1995), J. R. Statist. Soc. B 57, 289–300.
    """
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    least = 1.0
    for rank in range(len(tested), 0, -1):
        p, place = tested[rank - 1]
        least = min(least, p * len(tested) / rank)
        found[place] = least
    return found
