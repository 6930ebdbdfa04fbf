"""Figures as calm aligned text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

DASH = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """Columns two spaces apart; the first ``left`` columns to the left, the numbers to the right. Empty columns are
    left out."""
    kept = [place for place in range(len(head)) if any(row[place] for row in rows) or not rows]
    lines = [[head[place] for place in kept], *([row[place] for place in kept] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(kept))]
    sides = ["<" if place < left else ">" for place in kept]

    def laid(line: Sequence[str]) -> str:
        return "  ".join(
            f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths, strict=True)
        ).rstrip()

    return "\n".join([laid(lines[0]), "  ".join("─" * width for width in widths), *map(laid, lines[1:])])


def number(value: float | None, unit: str) -> str:
    """A figure in its unit: points with one decimal, shares as per cent, scale means with two decimals."""
    if value is None:
        return DASH
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "raw":
        return count(value) if abs(value) >= 1000 else f"{value:.4g}"
    return f"{value:.1f}" if unit == "points" else f"{value:.2f}"


def between(low: float | None, high: float | None, unit: str) -> str:
    """An interval. The unit's sign is written once."""
    if low is None or high is None:
        return DASH
    first, second = number(low, unit), number(high, unit)
    return f"{first.removesuffix(' %')} … {second}"


def count(value: float) -> str:
    """A whole number with thin groups: 12 480."""
    return f"{value:,.0f}".replace(",", " ")


def label(value: Any) -> str:
    """A group's label; several columns joined by a middle dot."""
    if isinstance(value, dict):
        return " · ".join(label(part) for part in value.values())
    return "(blank)" if value is None else str(value)


def pairs(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {count(value)}" for name, value in found.items())


def explained(codes: Sequence[str]) -> list[str]:
    """A line for each warning code that occurs, with its meaning."""
    from kapula.results import WARNING_CODES

    return [f"{code}: {WARNING_CODES.get(code, code)}" for code in dict.fromkeys(codes)]
