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
SPOTS: Final = tuple(
    (align, 7 if align == "left" else -7, dy)
    for dy in (-9, 9, -23, 23, -37, 37, -51, 51)
    for align in ("left", "right")
)
"""Where a name may stand beside its point, the best first: alignment and pixels off the point."""
Box = tuple[float, float, float, float]
"""Left, upper, right, lower, in pixels."""
LETTER, LINE = 6.4, 14
"""About how wide a letter and how tall a line of a name is, in pixels."""
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
    places: Sequence[Place], *, labels: Mapping[str, str], width: int = 720, height: int = 420, scheme: str = "css",
    lines: tuple[float, float] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """``labels``: "x", "y" (axis titles), "group", and a name for each quadrant. ``lines``: where the map is divided, if not at the
    average place."""
    rows = [_row(place) for place in places]
    least = max(0.0, min(row["xl"] for row in rows) - 4)
    most = min(100.0, max(row["xh"] for row in rows) + 4)
    top = 1.15 * max(row["yh"] for row in rows)
    corners = [_corner(labels[code], right, up, width, height) for code, (right, up) in CORNERS.items()]
    for row, spot in zip(rows, _spots(rows, corners, (width, height), (least, most), top), strict=True):
        row["spot"] = spot
    x: dict[str, Any] = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [least, most], "nice": False, "zero": False},
    }
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "scale": {"domain": [0, top], "nice": False}}
    x["axis"] = {"title": labels["x"], "grid": True, "tickCount": 6}
    y["axis"] = {"title": labels["y"], "grid": True, "tickCount": 5, **ABOVE}
    across, upward = lines or tuple(sum(row[axis] for row in rows) / len(rows) for axis in ("x", "y"))
    middle = [{"x": across, "y": upward}]
    layers = [*_lines(middle, x, y), *_corners(labels, x, y), *_marks(x, y, labels), *_names(x, y)]
    spec = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": layers,
    }
    return themed(spec, scheme)


def _row(place: Place) -> dict[str, Any]:
    (x, xl, xh), (y, yl, yh) = place.x, place.y
    across = {"x": x, "xl": x if xl is None else xl, "xh": x if xh is None else xh}
    upward = {"y": y, "yl": y if yl is None else yl, "yh": y if yh is None else yh}
    return {"group": place.name, **across, **upward, "sure": place.quadrant is not None}


def _corner(name: str, right: int, up: int, width: int, height: int) -> Box:
    """Where a corner's name stands."""
    left = width - 6 - LETTER * len(name) if right else 6.0
    upper = 6.0 if up else height - 6.0 - LINE
    return left, upper, left + LETTER * len(name), upper + LINE


def _spots(
    rows: Sequence[Mapping[str, Any]],
    corners: list[Box],
    size: tuple[int, int],
    across: tuple[float, float],
    top: float,
) -> list[int]:
    """For each name the first spot where it lies on no point, no corner's name and no name before it, inside the plot; else the first."""
    width, height = size
    points = [((row["x"] - across[0]) / (across[1] - across[0]) * width, (1 - row["y"] / top) * height) for row in rows]
    taken = [*corners, *((px - 5, py - 5, px + 5, py + 5) for px, py in points)]
    found = []
    for row, (px, py) in zip(rows, points, strict=True):
        long = LETTER * len(row["group"])
        boxes = [_box(px, py, long, spot) for spot in SPOTS]
        free = [
            place
            for place, box in enumerate(boxes)
            if box[0] >= 0
            and box[2] <= width
            and box[1] >= 0
            and box[3] <= height
            and not any(_meet(box, one) for one in taken)
        ]
        found.append(free[0] if free else 0)
        taken.append(boxes[found[-1]])
    return found


def _box(px: float, py: float, long: float, spot: tuple[str, int, int]) -> Box:
    align, dx, dy = spot
    left = px + dx if align == "left" else px + dx - long
    return left, py + dy - LINE / 2, left + long, py + dy + LINE / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(middle: list[dict[str, float]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    mark = {"type": "rule", "color": "@ink-3", "strokeDash": [4, 3], "tooltip": None}
    return [{"data": {"values": middle}, "mark": mark, "encoding": one} for one in ({"x": x}, {"y": y})]


def _corners(labels: Mapping[str, str], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    (least, most), (_, top) = x["scale"]["domain"], y["scale"]["domain"]
    found = []
    for code, (right, up) in CORNERS.items():
        mark = {
            "type": "text",
            "align": "right" if right else "left",
            "baseline": "top" if up else "bottom",
            "dx": -6 if right else 6,
            "dy": 6 if up else -6,
            "color": "@ink-3",
            "fontStyle": "italic",
            "tooltip": None,
        }
        values = [{"x": most if right else least, "y": top if up else 0, "text": labels[code]}]
        encoding = {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}}
        found.append({"data": {"values": values}, "mark": mark, "encoding": encoding})
    return found


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
    """Each name at its spot, on a ground of the card's own colour."""
    found = []
    encoding = {"x": x, "y": y, "text": {"field": "group", "type": "nominal"}}
    for place, (align, dx, dy) in enumerate(SPOTS):
        mark = {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "dx": dx,
            "dy": dy,
            "color": "@ink",
            "tooltip": None,
        }
        ground = {**mark, "stroke": "@card", "strokeWidth": 3, "strokeJoin": "round"}
        chosen = [{"filter": f"datum.spot === {place}"}]
        found += [{"transform": chosen, "mark": one, "encoding": encoding} for one in (ground, mark)]
    return found
