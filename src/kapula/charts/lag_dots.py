"""A lag scan: a row for each candidate, a dot for each lag, larger the stronger, in colour where it is sure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kapula.charts.theme import themed

ROW_HEIGHT: Final = 34
LARGEST: Final = 420
"""Area of the strongest dot, square pixels."""
FULL: Final = 6.0
"""The strength (a t) from which on dots grow no more."""


@dataclass(frozen=True, slots=True)
class Row:
    """``dots``: (lag, strength, sure) of one candidate; the strength is signed or not, its size is drawn."""

    name: str
    dots: Sequence[tuple[int, float, bool]]


def lag_dots(
    rows: Sequence[Row], *, labels: Mapping[str, str], width: int = 720, height: int = 0, scheme: str = "css"
) -> dict[str, Any]:
    """The scan as a Vega-Lite specification, the rows in the order given. ``labels``: "lag" (the axis' title) and "same" (what stands at
    lag 0). On a narrow picture the names stand above their rows."""
    narrow = width < 500
    values = [_value(row.name, *dot) for row in rows for dot in row.dots]
    lags = sorted({value["lag"] for value in values})
    tall = ROW_HEIGHT + (16 if narrow else 0)
    x = {
        "field": "lag", "type": "quantitative",
        "scale": {"domain": [min(lags, default=0) - 0.5, max(lags, default=1) + 0.5], "nice": False, "zero": False},
        "axis": _axis(lags, labels),
    }  # fmt: skip
    y = {
        "field": "name", "type": "nominal", "sort": [row.name for row in rows],
        "axis": None if narrow else {"title": None, "labelLimit": 320, "labelColor": "@ink", "grid": True},
    }  # fmt: skip
    spec = {
        "width": width,
        "height": height or picture_height(len(rows), narrow),
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "layer": [*_lines(lags), _dots(x, y), *(_names(rows, lags, y, tall) if narrow else [])],
    }
    return themed(spec, scheme)


def picture_height(rows: int, narrow: bool) -> int:
    return max(1, rows) * (ROW_HEIGHT + (16 if narrow else 0)) + 60


def _value(name: str, lag: int, strength: float, sure: bool) -> dict[str, Any]:
    size = max(LARGEST * min(abs(strength) / FULL, 1.0) ** 2, 4.0)
    return {"name": name, "lag": lag, "size": round(size, 2), "sure": sure}


def _axis(lags: Sequence[int], labels: Mapping[str, str]) -> dict[str, Any]:
    same = json.dumps(labels["same"], ensure_ascii=True)
    expression = f"datum.value == 0 ? {same} : format(datum.value, 'd')"
    return {"title": labels["lag"], "values": list(lags), "labelExpr": expression, "grid": False, "labelOverlap": False}


def _lines(lags: Sequence[int]) -> list[dict[str, Any]]:
    """What is in the same period is set apart from what comes before."""
    if 0 not in lags:
        return []
    mark = {"type": "rule", "color": "@line", "strokeDash": [4, 3], "tooltip": None}
    return [
        {"data": {"values": [{"at": 0.5}]}, "mark": mark, "encoding": {"x": {"field": "at", "type": "quantitative"}}}
    ]


def _dots(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "circle", "opacity": 1, "tooltip": None},
        "encoding": {
            "x": x,
            "y": y,
            "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
            "color": {"condition": {"test": "datum.sure", "value": "@accent"}, "value": "@cat-others"},
            "fillOpacity": {"condition": {"test": "datum.sure", "value": 1}, "value": 0.55},
        },
    }


def _names(rows: Sequence[Row], lags: Sequence[int], y: dict[str, Any], tall: int) -> list[dict[str, Any]]:
    at = min(lags, default=0) - 0.5
    values = [{"name": row.name, "lag": at} for row in rows]
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "dy": 4 - tall / 2 + 8,
        "color": "@ink",
        "tooltip": None,
    }
    encoding = {"x": {"field": "lag", "type": "quantitative"}, "y": y, "text": {"field": "name", "type": "nominal"}}
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}]
