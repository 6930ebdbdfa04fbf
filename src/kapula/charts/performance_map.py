"""The importance–performance map: how well a driver does against how much it matters, each with its interval as a cross.

The lines are at the average driver. Corners are named quietly; what is surely in a corner is drawn in colour, the rest in grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kapula.charts.theme import themed

CORNERS: Final = {"improve": (0, 1), "keep": (1, 1), "low_priority": (0, 0), "beyond_need": (1, 0)}
"""Quadrant → (right, top)."""
NEAR: Final = (4.0, 0.035)
"""Labels nearer than this (performance points, share of the plot's height) would lie on each other: one goes below its point."""

ABOVE: Final = {"titleAlign": "left", "titleAngle": 0, "titleAnchor": "end", "titleY": -8}
"""The vertical axis is named above it, to be read without turning one's head."""


@dataclass(frozen=True, slots=True)
class Place:
    """One driver: ``x`` performance 0–100, ``y`` importance in the unit of the axis, each (value, low, high)."""

    name: str
    x: tuple[float, float | None, float | None]
    y: tuple[float, float | None, float | None]
    quadrant: str | None = None


def performance_map(
    places: Sequence[Place], *, labels: Mapping[str, str], width: int = 720, height: int = 420, scheme: str = "css"
) -> dict[str, Any]:
    """``labels``: "x", "y" (axis titles), "group", and a name for each quadrant."""
    rows = [_row(place, below) for place, below in zip(places, _below(places), strict=True)]
    ends = [end for row in rows for end in (row["xl"], row["xh"])]
    least, most = max(0.0, min(ends) - 4), min(100.0, max(ends) + 4)
    top = 1.12 * max(row["yh"] for row in rows)
    x = {
        "field": "x", "type": "quantitative", "scale": {"domain": [least, most], "nice": False},
        "axis": {"title": labels["x"], "grid": True, "tickCount": 6},
    }  # fmt: skip
    y = {
        "field": "y", "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
        "axis": {"title": labels["y"], "grid": True, "tickCount": 5, **ABOVE},
    }  # fmt: skip
    middle = [{"x": sum(row["x"] for row in rows) / len(rows), "y": sum(row["y"] for row in rows) / len(rows)}]
    spec = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": [*_lines(middle), *_corners(labels, least, most, top), *_marks(x, y, labels), *_names(x, y)],
    }
    return themed(spec, scheme)


def _row(place: Place, below: bool) -> dict[str, Any]:
    (x, xl, xh), (y, yl, yh) = place.x, place.y
    ends = {
        "xl": x if xl is None else xl,
        "xh": x if xh is None else xh,
        "yl": y if yl is None else yl,
        "yh": y if yh is None else yh,
    }
    sure = place.quadrant is not None
    return {"group": place.name, "x": x, "y": y, **ends, "sure": sure, "below": below}


def _below(places: Sequence[Place]) -> list[bool]:
    """Which names go below their points: those with a neighbour just above."""
    top = max(place.y[0] for place in places) or 1.0
    return [
        any(
            other is not place
            and abs(other.x[0] - place.x[0]) < NEAR[0]
            and 0 <= (other.y[0] - place.y[0]) / top < NEAR[1] * 2
            for other in places
        )
        for place in places
    ]


def _lines(middle: list[dict[str, float]]) -> list[dict[str, Any]]:
    mark = {"type": "rule", "color": "@ink-3", "strokeDash": [4, 3], "tooltip": None}
    return [
        {"data": {"values": middle}, "mark": mark, "encoding": {axis: {"field": axis, "type": "quantitative"}}}
        for axis in ("x", "y")
    ]


def _corners(labels: Mapping[str, str], least: float, most: float, top: float) -> list[dict[str, Any]]:
    return [
        {
            "data": {"values": [{"x": most if right else least, "y": top if up else 0, "text": labels[code]}]},
            "mark": {
                "type": "text", "align": "right" if right else "left", "baseline": "top" if up else "bottom",
                "dx": -6 if right else 6, "dy": 6 if up else -6, "color": "@ink-3", "fontStyle": "italic", "tooltip": None,
            },
            "encoding": {
                "x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}, "text": {"field": "text"},
            },
        }
        for code, (right, up) in CORNERS.items()
    ]  # fmt: skip


def _marks(x: dict[str, Any], y: dict[str, Any], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    colour = {"condition": {"test": "datum.sure", "value": "@accent"}, "value": "@quiet"}
    rule = {"type": "rule", "strokeWidth": 1.5, "opacity": 0.6, "tooltip": None}
    number = {"type": "quantitative", "format": ",.0f"}
    tooltip = [
        {"field": "group", "type": "nominal", "title": labels["group"]},
        {"field": "x", "title": labels["x"], **number},
        {"field": "y", "title": labels["y"], **number},
    ]
    across = {"x": {**x, "field": "xl"}, "x2": {"field": "xh"}, "y": y, "color": colour}
    upward = {"y": {**y, "field": "yl"}, "y2": {"field": "yh"}, "x": x, "color": colour}
    point = {"type": "circle", "size": 90, "opacity": 1}
    return [
        {"mark": rule, "encoding": across},
        {"mark": rule, "encoding": upward},
        {"mark": point, "encoding": {"x": x, "y": y, "color": colour, "tooltip": tooltip}},
    ]


def _names(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Each name beside its point, on a ground of the card's own colour."""
    found = []
    for below in (False, True):
        mark = {
            "type": "text", "align": "left", "baseline": "top" if below else "bottom", "dx": 7, "dy": 5 if below else -4,
            "color": "@ink", "fontSize": 12, "tooltip": None,
        }  # fmt: skip
        ground = {**mark, "stroke": "@card", "strokeWidth": 3, "strokeJoin": "round"}
        chosen = {"filter": "datum.below" if below else "!datum.below"}
        encoding = {"x": x, "y": y, "text": {"field": "group", "type": "nominal"}}
        found += [{"transform": [chosen], "mark": one, "encoding": encoding} for one in (ground, mark)]
    return found
