"""A few lines over the same periods, each with its band and its name at its end."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapula.charts.theme import themed

PIXELS_PER_TICK = 82
PIXELS_PER_LETTER = 7.5
SMALL_LETTER, BETWEEN = 6.5, 16
"""Pixels of a letter below the axis, and between two labels there."""
EXACT = 10_000
LEAST_GAP = 18
"""Pixels between two names at the right edge."""


@dataclass(frozen=True, slots=True)
class Line:
    """``points``: (place on the axis, value, low, high) in order; the bounds are None where there is no band. ``role``: a colour role."""

    name: str
    points: Sequence[tuple[float, float, float | None, float | None]]
    role: str
    dashed: bool = False


def lines(
    found: Sequence[Line],
    periods: Sequence[str],
    *,
    labels: Mapping[str, str],
    tick: Callable[[str], str],
    places: Sequence[float] = (),
    marks: Sequence[tuple[float, str]] = (),
    factor: float = 1.0,
    within: tuple[float, float] | None = None,
    width: int = 1040,
    height: int = 340,
    scheme: str = "css",
) -> dict[str, Any]:
    """Lines as a Vega-Lite specification. ``periods``: the axis' labels in order; ``places``: where they stand (left
    out, at 0, 1, 2 …). ``labels``: "unit".
    ``marks``: (place, words) of what happened there, drawn as a dashed rule. ``tick``: a period's label on the axis.
    ``factor``: 100 to show shares as per cent. ``within``: the least and the most a figure can be, in the axis' own unit: bands are
    drawn inside it, and the axis goes no further."""
    at = list(places) or [float(place) for place in range(len(periods))]
    rows = [_row(line, point, factor, within) for line in found for point in line.points]
    room = max((len(line.name) for line in found), default=0) * PIXELS_PER_LETTER / max(width, 1)
    span = (at[-1] - at[0]) or 1.0
    narrow = width < 500
    right = at[-1] + (0.03 if narrow else min(room, 0.3) / (1 - min(room, 0.3))) * span
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [at[0] - 0.02 * span, right], "nice": False, "zero": False},
        "axis": _axis(at, periods, tick, width * (1.02 * span) / (right - at[0] + 0.02 * span)),
    }
    unit = json.dumps(labels.get("unit", ""), ensure_ascii=True)
    axis = {"title": None, "tickCount": 5, "labelExpr": f"format(datum.value, ',.2~f') + {unit}"}
    y = {"type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": axis}
    return themed(
        {
            "width": width,
            "height": height,
            "autosize": {"type": "fit", "contains": "padding"},
            "data": {"values": rows},
            "layer": [*_layers(found, x, y), *_marks(marks, at), *_names(found, factor, height, narrow, within)],
        },
        scheme,
    )


def _row(
    line: Line,
    point: tuple[float, float, float | None, float | None],
    factor: float,
    within: tuple[float, float] | None,
) -> dict[str, Any]:
    at, *values = point
    least, most = within or (-math.inf, math.inf)
    value, low, high = (None if one is None else round(min(max(one * factor, least), most), 6) for one in values)
    return {"line": line.name, "at": at, "value": value, "low": low, "high": high}


def _axis(at: Sequence[float], periods: Sequence[str], tick: Callable[[str], str], room: float) -> dict[str, Any]:
    """``room``: pixels from the first period to the last."""
    letters = max((len(tick(period)) for period in periods), default=0)
    apart = max(PIXELS_PER_TICK, letters * SMALL_LETTER + BETWEEN)
    step = max(1, -(-len(periods) // max(2, int(room / apart))))
    shown = list(range(len(periods) - 1, -1, -step))[::-1]
    words = {round(at[place] * EXACT): tick(periods[place]) for place in shown}
    table = "{" + ",".join(f"'{place}':{json.dumps(label, ensure_ascii=True)}" for place, label in words.items()) + "}"
    # Looked up by a whole number: a formatted one would follow the reader's decimal sign.
    return {
        "values": [at[place] for place in shown],
        "labelExpr": f"{table}[toString(round(datum.value * {EXACT}))] || ''",
        "title": None,
        "labelOverlap": "greedy",
    }


def _layers(found: Sequence[Line], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    for line in found:
        only = [{"filter": f"datum.line == {json.dumps(line.name, ensure_ascii=True)}"}]
        dash = {"strokeDash": [5, 4]} if line.dashed else {}
        if any(point[2] is not None for point in line.points):
            layers.append(
                {
                    "transform": only,
                    "mark": {"type": "area", "color": line.role, "opacity": 0.14, "tooltip": None},
                    "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
                }
            )
        layers.append(
            {
                "transform": only,
                "mark": {
                    "type": "line",
                    "color": line.role,
                    "strokeWidth": 2,
                    "point": len(line.points) <= 16 and {"color": line.role, "filled": True, "size": 34},
                    "tooltip": None,
                    **dash,
                },
                "encoding": {"x": x, "y": {"field": "value", **y}},
            }
        )
    return layers


def _marks(marks: Sequence[tuple[float, str]], at: Sequence[float]) -> list[dict[str, Any]]:
    """A dashed rule at each mark, its words at the top and turned inwards in the later half."""
    layers: list[dict[str, Any]] = []
    for level, (place, words) in enumerate(sorted(marks)):
        data = {"values": [{"at": place, "text": words}]}
        x = {"field": "at", "type": "quantitative"}
        later = place > (at[0] + at[-1]) / 2
        side = {"align": "right", "dx": -6} if later else {"align": "left", "dx": 6}
        text = {"type": "text", "baseline": "top", "color": "@ink-3", "tooltip": None, **side}
        rule = {"type": "rule", "color": "@ink-3", "strokeDash": [4, 3], "tooltip": None}
        layers.append({"data": data, "mark": rule, "encoding": {"x": x}})
        layers.append(
            {
                "data": data,
                "mark": text,
                "encoding": {"x": x, "y": {"value": 4 + 16 * level}, "text": {"field": "text"}},
            }
        )
    return layers


def _names(
    found: Sequence[Line], factor: float, height: int, narrow: bool, within: tuple[float, float] | None
) -> list[dict[str, Any]]:
    """The names at the lines' ends, on a phone above them; moved apart where two would meet, and with a rim of the ground's colour."""
    rows = [(line, _row(line, point, factor, within)) for line in found for point in line.points]
    last = {line.name: (row["value"], row["at"], line) for line, row in rows}
    values = [row[name] for _, row in rows for name in ("value", "low", "high") if row[name] is not None]
    gap = ((max(values) - min(values)) or 1.0) / max(height - 50, 1) * LEAST_GAP if values else 0.0
    layers = []
    place = {"align": "right", "dx": 4, "dy": -12} if narrow else {"align": "left", "dx": 8}
    for above, at, line in _apart(sorted(last.values(), key=lambda one: -one[0]), gap, within):
        mark = {"type": "text", "fontWeight": 600, "tooltip": None, **place}
        rim = {**mark, "color": "@card", "stroke": "@card", "strokeWidth": 4, "strokeJoin": "round"}
        encoding = {name: {"field": name, "type": "quantitative"} for name in ("at", "value")}
        layers += [
            {
                "data": {"values": [{"at": at, "value": above, "text": line.name}]},
                "mark": one,
                "encoding": {"x": encoding["at"], "y": encoding["value"], "text": {"field": "text"}},
            }
            for one in (rim, {**mark, "color": line.role})
        ]
    return layers


def _apart(
    ends: Sequence[tuple[float, float, Line]], gap: float, within: tuple[float, float] | None
) -> list[tuple[float, float, Line]]:
    """The ends from the top down, each at least ``gap`` below the one before. All are lifted together when the lowest would stand where
    no figure can be: the axis would follow it there."""
    placed, above = [], math.inf
    for value, at, line in ends:
        above = min(value, above - gap)
        placed.append((above, at, line))
    lift = 0.0 if within is None or not placed else max(0.0, within[0] - above)
    return [(value + lift, at, line) for value, at, line in placed]
