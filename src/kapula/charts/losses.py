"""What dropping one question after another costs: a point with its whisker for each step, and the line of what is allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapula.charts.theme import themed

ROW_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Step:
    """One question gone after those above it; figures in the unit shown. ``gone``: within the recommended cut."""

    name: str
    value: float
    low: float
    high: float
    gone: bool


def losses(
    steps: Sequence[Step], *, labels: Mapping[str, str], allowed: float, width: int = 720, scheme: str = "css"
) -> dict[str, Any]:
    """The path as a Vega-Lite specification, the first to go on top. ``labels``: "group", "value", "low", "high", "unit", "allowed"."""
    values = [
        {"group": one.name, "turn": turn, "value": one.value, "low": one.low, "high": one.high, "gone": one.gone}
        for turn, one in enumerate(steps)
    ]
    y = {
        "field": "group",
        "type": "nominal",
        "sort": [one.name for one in steps],
        "axis": {"title": None, "labelLimit": 190 if width < 600 else 320, "labelColor": "@ink", "grid": True},
    }
    expression = f"format(datum.value, ',.2~f') + {json.dumps(labels.get('unit', ''), ensure_ascii=True)}"
    axis = {"title": None, "tickCount": 5, "grid": True, "labelExpr": expression}
    x = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": axis}
    colour = {"condition": {"test": "datum.gone", "value": "@accent"}, "value": "@quiet"}
    number = {"type": "quantitative", "format": ",.2~f"}
    tooltip = [
        {"field": "group", "type": "nominal", "title": labels["group"]},
        *({"field": name, "title": labels[name], **number} for name in ("value", "low", "high")),
    ]
    whisker = {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": colour}
    spec = {
        "width": width,
        "height": max(1, len(steps)) * ROW_HEIGHT + 60,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.35, "tooltip": None}, "encoding": whisker},
            {
                "mark": {"type": "line", "color": "@ink-3", "strokeWidth": 1, "tooltip": None},
                "encoding": {"y": y, "x": x, "order": {"field": "turn", "type": "quantitative"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "encoding": {"y": y, "x": x, "color": colour, "tooltip": tooltip},
            },
            *_allowed(allowed, labels["allowed"]),
        ],
    }
    return themed(spec, scheme)


def _allowed(at: float, words: str) -> list[dict[str, Any]]:
    """The line of the loss that was allowed, named at its top."""
    data = {"values": [{"at": at, "text": words}]}
    place = {"x": {"field": "at", "type": "quantitative"}}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -2, "color": "@ink-2"}
    return [
        {"data": data, "mark": {"type": "rule", "color": "@ink-3", "strokeDash": [4, 3]}, "encoding": place},
        {"data": data, "mark": text, "encoding": {**place, "y": {"value": 0}, "text": {"field": "text"}}},
    ]
