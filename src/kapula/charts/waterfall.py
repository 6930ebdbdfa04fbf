"""From one figure to another, part by part: floating bars, each beginning where the one before ended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapula.charts.theme import themed

ROW_HEIGHT = 26
PIXELS_PER_LETTER = 6.4


@dataclass(frozen=True, slots=True)
class Step:
    """A row. ``start``…``end``: the bar. ``low``, ``high``: where the part's interval would let it end, None where
    it has none. ``role``: "level" (a
    figure by itself), "up", "down" or "quiet" (not sure). ``text``: what is written beside the bar. ``group``: rows
    of one kind stand together."""

    name: str
    start: float
    end: float
    low: float | None
    high: float | None
    role: str
    text: str


ROLES = {"level": "@accent", "up": "@up", "down": "@down", "quiet": "@quiet"}


def waterfall(
    steps: Sequence[Step],
    *,
    labels: Mapping[str, str],
    factor: float = 1.0,
    width: int = 1040,
    height: int = 0,
    scheme: str = "css",
) -> dict[str, Any]:
    """A horizontal waterfall as a Vega-Lite specification; as tall as it has rows. ``labels``: "unit" (what follows
    a number). ``factor``: 100 to
    show shares as per cent. The axis begins where the bars do, not at zero: what is compared is their lengths, and
    levels are drawn as marks."""
    rows = [_row(step, factor, place) for place, step in enumerate(steps)]
    low, high = _domain(rows)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "axis": {
            "title": None,
            "labelLimit": 150 if width < 500 else 320,
            "labelColor": "@ink",
            "ticks": False,
            "domain": False,
        },
    }
    unit = json.dumps(labels.get("unit", ""), ensure_ascii=True)
    x = {
        "field": "start",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"title": None, "grid": True, "tickCount": 5, "labelExpr": f"format(datum.value, ',.2~f') + {unit}"},
    }
    return themed(
        {
            "width": width,
            "height": len(rows) * ROW_HEIGHT + 40,
            "autosize": {"type": "fit", "contains": "padding"},
            "data": {"values": rows},
            "layer": _layers(x, y),
        },
        scheme,
    )


def _row(step: Step, factor: float, place: int) -> dict[str, Any]:
    def scaled(value: float | None) -> float | None:
        return None if value is None else round(value * factor, 6)

    found = {name: scaled(getattr(step, name)) for name in ("start", "end", "low", "high")}
    if step.role == "level":
        found["start"] = found["end"]
    ends = [value for value in found.values() if value is not None]
    return {"name": step.name, **found, "role": step.role, "text": step.text, "right": max(ends), "place": place}


def _domain(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """With room for the words at the right."""
    values = [row[name] for row in rows for name in ("start", "end", "low", "high") if row[name] is not None]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return low - 0.04 * span, high + 0.22 * span


def _layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    colour = {
        "field": "role",
        "type": "nominal",
        "scale": {"domain": list(ROLES), "range": list(ROLES.values())},
        "legend": None,
    }
    end = {"field": "end", "type": "quantitative"}
    whisker = {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}
    return [
        {
            "mark": {"type": "bar", "height": 12, "cornerRadius": 2, "tooltip": None},
            "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "color": colour},
        },
        {
            "transform": [{"filter": "datum.role == 'level'"}],
            "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 110, "opacity": 1, "tooltip": None},
            "encoding": {"y": y, "x": end, "color": colour},
        },
        {
            "mark": {"type": "rule", "color": "@ink", "strokeWidth": 1.5, "tooltip": None},
            "encoding": {"y": y, **whisker},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 8, "color": "@ink-2", "tooltip": None},
            "encoding": {
                "y": y,
                "x": {"field": "right", "type": "quantitative"},
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]
