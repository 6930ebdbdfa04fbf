"""What may be drawn beside the figures: control limits, change points, comparability breaks, a target."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """Control limits of one period, in the measure's unit."""

    period: str
    centre: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened from ``period`` on (its label). ``text``: what is written at the line. ``low``…``high``: periods between
    which it happened, where that is known. ``quiet``: drawn thinner (a break is a caution, not a finding)."""

    period: str
    text: str
    low: str | None = None
    high: str | None = None
    quiet: bool = False


def marks_layers(marks: Sequence[Mark], places: Mapping[str, int]) -> list[dict[str, Any]]:
    """A line where each mark begins, its range as a faint band, and its text at the top, turned inwards at the right edge."""
    rows = [_mark_row(mark, places) for mark in marks if mark.period in places]
    if not rows:
        return []
    last = max(places.values(), default=0)
    for level, row in enumerate(sorted(rows, key=lambda row: row["at"])):
        row["level"] = level % 3
        row["turned"] = row["at"] > last * 0.6
    x = {"field": "at", "type": "quantitative"}
    layers: list[dict[str, Any]] = []
    ranged = [row for row in rows if row["high"] > row["low"]]
    if ranged:
        layers.append(
            {
                "data": {"values": ranged},
                "mark": {"type": "rect", "color": "@quiet", "opacity": 0.12, "tooltip": None},
                "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
            }
        )
    layers.append(
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": "@ink-3", "tooltip": None},
            "encoding": {"x": x, "strokeDash": _dash()},
        }
    )
    layers.extend(_text(rows, turned, level) for turned in (False, True) for level in range(3))
    return [layer for layer in layers if layer["data"]["values"]]


def _mark_row(mark: Mark, places: Mapping[str, int]) -> dict[str, Any]:
    at = places[mark.period] - 0.5
    low = places.get(mark.low or "", at + 0.5) - 0.5
    high = places.get(mark.high or "", at + 0.5) - 0.5
    return {"at": at, "low": low, "high": high, "text": mark.text, "quiet": mark.quiet}


def _dash() -> dict[str, Any]:
    return {"condition": {"test": "datum.quiet", "value": [2, 4]}, "value": [5, 3]}


def _text(rows: list[dict[str, Any]], turned: bool, level: int) -> dict[str, Any]:
    chosen = [row for row in rows if row["turned"] is turned and row["level"] == level]
    mark = {
        "type": "text",
        "align": "right" if turned else "left",
        "baseline": "top",
        "dx": -6 if turned else 6,
        "dy": 2 + 16 * level,
        "tooltip": None,
    }
    return {
        "data": {"values": chosen},
        "mark": mark,
        "encoding": {"x": {"field": "at", "type": "quantitative"}, "y": {"value": 0}, "text": {"field": "text"}},
    }


def label_place(values: Sequence[Mapping[str, Any]], target: float, wide: float, tall: float) -> tuple[int, bool]:
    """Where the target's label is least in the way of the line: (the index it begins at, whether above the target). ``wide`` and
    ``tall``: the label's size as a share of the plot. The last figure's own label has the right end to itself."""
    known = [end for one in values for end in (one["value"], one["low"], one["high"]) if end is not None]
    span = (max([*known, target]) - min([*known, target])) * tall if known else 0.0
    length = max(1, math.ceil(len(values) * wide))
    best = (len(values) + 1, 0, True)
    for start in range(max(1, len(values) - 2 * length)):
        near = [one["value"] for one in values[start : start + length + 1] if one["value"] is not None]
        for above in (True, False):
            side = 1 if above else -1
            ends = [(min(pair), max(pair)) for pair in itertools.pairwise(side * (value - target) for value in near)]
            hit = sum(low <= span and high >= -0.3 * span for low, high in ends)
            if hit < best[0]:
                best = (hit, start, above)
    return best[1], best[2]


def target_layers(target: float, text: str, at: int, above: bool) -> list[dict[str, Any]]:
    """The target as a line, then its label on a ground of its own from index ``at`` on: the label goes over the figures."""
    rows = [{"target": target, "at": at, "text": text}]
    y = {"field": "target", "type": "quantitative"}
    label = {
        "type": "text",
        "align": "left",
        "baseline": "bottom" if above else "top",
        "dy": -4 if above else 5,
        "dx": 2,
        "color": "@up",
        "tooltip": None,
    }
    ground = {**label, "stroke": "@card", "strokeWidth": 4, "strokeJoin": "round"}
    encoding = {"x": {"field": "at", "type": "quantitative"}, "y": y, "text": {"field": "text"}}
    line = {"type": "rule", "color": "@up", "strokeDash": [1, 3], "strokeWidth": 1.5, "tooltip": None}
    return [
        {"data": {"values": rows}, "mark": line, "encoding": {"y": y}},
        *({"data": {"values": rows}, "mark": mark, "encoding": encoding} for mark in (ground, label)),
    ]
