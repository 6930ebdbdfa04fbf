"""Several tests at once, their false alarms nominal in all."""

from __future__ import annotations

from collections.abc import Sequence


def holm(ps: Sequence[float | None], alpha: float) -> list[bool]:
    """Which of the hypotheses fall by Holm's step-down (Holm 1979, Scand. J. Statist. 6, 65–70); a None never does and is not counted."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    found = [False] * len(ps)
    for rank, (p, place) in enumerate(tested):
        if p > alpha / (len(tested) - rank):
            break
        found[place] = True
    return found
