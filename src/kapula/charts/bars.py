"""Groups side by side: a bar for each, with the interval as a whisker, in the order given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kapula.charts.theme import themed
from kapula.results import Row

ROW_HEIGHT = 30


def bars(
    rows: Sequence[tuple[str, Row]],
    *,
    labels: Mapping[str, str],
    reference: float | None = None,
    factor: float = 1.0,
    width: int = 720,
    scheme: str = "css",
) -> dict[str, Any]:
    """Bars with whiskers as a Vega-Lite specification.

    ``rows``: (name, figure) in the order they shall stand; suppressed figures have no bar but keep their place and say
    ``labels["suppressed"]``. ``labels``: "value", "low", "high", "n", "group", "unit", "format", "reference", and "title" and "subtitle"
    where the picture carries them itself. ``reference``: a line, such as the whole organisation's figure.
    """
    values = [_value(name, row, factor, labels) for name, row in rows]
    order = [name for name, _ in rows]
    # A layered chart drops sort="-x" and sort={"field": …}; an explicit list holds (seen with Vega-Lite 5 and 6).
    y = {
        "field": "group",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "labelLimit": 320, "labelColor": "@ink"},
    }
    x = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": _axis(labels)}
    layers = _layers(x, y)
    if reference is not None:
        layers.append(
            {
                "data": {"values": [{"at": reference * factor}]},
                "mark": {"type": "rule", "color": "@ink-3", "strokeDash": [4, 3]},
                "encoding": {"x": {"field": "at", "type": "quantitative"}},
            }
        )
    layers[0]["encoding"]["tooltip"] = _tooltip(labels)
    spec: dict[str, Any] = {
        "width": width,
        "height": max(1, len(rows)) * ROW_HEIGHT + 40,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "layer": layers,
    }
    if labels.get("title"):
        spec["title"] = {"text": labels["title"], "subtitle": labels.get("subtitle", "")}
        spec["height"] += 60
    return themed(spec, scheme)


def _layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """The bar, its whisker, and its words behind the whisker's end."""
    return [
        {
            "mark": {"type": "bar", "color": "@accent", "opacity": 0.85, "height": 12, "cornerRadius": 2},
            "encoding": {"y": y, "x": x},
        },
        {
            "mark": {"type": "rule", "color": "@ink", "strokeWidth": 1.5, "tooltip": None},
            "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 8, "color": "@ink-2"},
            "encoding": {
                "y": y,
                "x": {"field": "end", "type": "quantitative"},
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]


def _value(name: str, row: Row, factor: float, labels: Mapping[str, str]) -> dict[str, Any]:
    def scaled(value: float | None) -> float | None:
        return None if value is None else round(value * factor, 6)

    value, low, high = scaled(row.value), scaled(row.low), scaled(row.high)
    if value is None:
        return {
            "group": name,
            "value": None,
            "low": None,
            "high": None,
            "end": 0,
            "n": row.n,
            "text": labels["suppressed"],
        }
    end = max(0.0, value, value if high is None else high)
    return {"group": name, "value": value, "low": low, "high": high, "end": end, "n": row.n, "text": ""}


def _axis(labels: Mapping[str, str]) -> dict[str, Any]:
    unit = json.dumps(labels.get("unit", ""), ensure_ascii=True)
    return {"title": None, "grid": True, "tickCount": 5, "labelExpr": f"format(datum.value, ',.2~f') + {unit}"}


def _tooltip(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    number = {"type": "quantitative", "format": labels.get("format", "~g")}
    return [
        {"field": "group", "type": "nominal", "title": labels["group"]},
        {"field": "value", "title": labels["value"], **number},
        {"field": "low", "title": labels["low"], **number},
        {"field": "high", "title": labels["high"], **number},
        {"field": "n", "type": "quantitative", "title": labels["n"], "format": ",d"},
    ]
