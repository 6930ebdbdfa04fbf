"""A year's shape as a line of points: only a hint of the trend, so it has neither axis nor number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDTH, HEIGHT, EDGE = 160.0, 36.0, 3.0
LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Spark:
    """``lines``: SVG polyline points, one string for each stretch without gaps. ``x``/``y``: the last point."""

    lines: tuple[str, ...]
    x: str
    y: str


def spark(values: list[float | None]) -> Spark | None:
    """The line, or None for fewer than four values."""
    known = [value for value in values if value is not None]
    if len(known) < LEAST:
        return None
    least, most = min(known), max(known)
    lines: list[list[str]] = [[]]
    last = ("", "")
    for place, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        share = (value - least) / (most - least) if most > least else 0.5
        last = (
            f"{EDGE + place / (len(values) - 1) * (WIDTH - 2 * EDGE):.1f}",
            f"{EDGE + (1 - share) * (HEIGHT - 2 * EDGE):.1f}",
        )
        lines[-1].append(",".join(last))
    return Spark(tuple(" ".join(line) for line in lines if line), *last)
