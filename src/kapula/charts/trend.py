"""A measure over time: line, interval band, control limits, change points, breaks and target."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kapula.charts.marks import Limit, Mark, label_place, marks_layers, target_layers
from kapula.charts.theme import themed
from kapula.results import Row

PIXELS_PER_TICK = 82
PIXELS_PER_LETTER, PIXELS_PER_LINE = 7, 22


def trend(
    rows: Sequence[Row],
    periods: Sequence[str],
    *,
    labels: Mapping[str, str],
    name: Callable[[str], str],
    tick: Callable[[str], list[str]],
    limits: Sequence[Limit] = (),
    marks: Sequence[Mark] = (),
    target: float | None = None,
    signals: Sequence[str] = (),
    factor: float = 1.0,
    interactive: bool = False,
    width: int = 1040,
    height: int = 340,
    scheme: str = "css",
) -> dict[str, Any]:
    """The trend of one group as a Vega-Lite specification.

    ``rows``: figures by period. ``periods``: every period of the axis in order, gaps included, so that a gap is a gap.
    ``labels``: "value", "low", "high", "n", "period", "last", "target", "unit" (what follows a number, such as " %"), "format" (a d3
    format), and "title" and "subtitle" where the picture must carry them itself. ``name`` and ``tick`` turn a period's
    label into words and into an axis label of two lines, the second of which is written where it changes. ``interactive``: with
    tooltips. ``factor``: 100 to show shares as per cent. ``signals``: periods outside the control limits.
    """
    places = {label: index for index, label in enumerate(periods)}
    values = [_value(row, places, name, factor, row.period in set(signals)) for row in rows if row.period in places]
    values = _with_gaps(values, periods, name)
    last = max(len(periods) - 1, 1)
    aim = _target(values, target, factor, labels.get("target", ""), width, height)
    layers = [
        _band(labels),
        *_whiskers(values),
        *_limit_layers(limits, places, factor),
        *aim[:1],
        *marks_layers(marks, places),
        _line(),
        *_points(labels, len(periods), interactive),
        *aim[1:],
        *_last_label(values, labels, factor),
    ]
    x = _axis(periods, tick, width, last)
    layers[0]["encoding"]["x"] = x
    spec: dict[str, Any] = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": values},
        "layer": layers,
    }
    if labels.get("title"):
        spec["title"] = {"text": labels["title"], "subtitle": labels.get("subtitle", "")}
    return themed(spec, scheme)


def _value(
    row: Row, places: Mapping[str, int], name: Callable[[str], str], factor: float, signal: bool
) -> dict[str, Any]:
    def scaled(value: float | None) -> float | None:
        return None if value is None else round(value * factor, 6)

    period = row.period or ""
    figures = {"value": scaled(row.value), "low": scaled(row.low), "high": scaled(row.high)}
    return {"at": places[period], "period": name(period), **figures, "n": row.n, "signal": signal}


def _with_gaps(
    values: list[dict[str, Any]], periods: Sequence[str], name: Callable[[str], str]
) -> list[dict[str, Any]]:
    present = {value["at"] for value in values}
    blank = {"value": None, "low": None, "high": None, "n": 0, "signal": False}
    gaps = [{"at": at, "period": name(label), **blank} for at, label in enumerate(periods) if at not in present]
    ordered = sorted([*values, *gaps], key=lambda value: value["at"])
    known = [False, *(value["value"] is not None for value in ordered), False]
    return [
        {**value, "lone": known[place] and not known[place - 1] and not known[place + 1]}
        for place, value in enumerate(ordered, start=1)
    ]


def _axis(periods: Sequence[str], tick: Callable[[str], list[str]], width: int, last: int) -> dict[str, Any]:
    """The time axis: places are whole numbers, and the labels of the ticks that fit are looked up, so no time zone or calendar of
    the browser can move them."""
    fitting = max(2, width // PIXELS_PER_TICK)
    step = max(1, -(-len(periods) // fitting))
    shown = list(range(len(periods) - 1, -1, -step))[::-1]
    words = "{" + ",".join(f"'{at}':{_words(label)}" for at, label in _ticks(shown, periods, tick).items()) + "}"
    return {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [-0.5, last + 0.5], "nice": False, "zero": False},
        "axis": {"values": shown, "labelExpr": f"{words}[datum.value]", "title": None, "labelOverlap": "greedy"},
    }


def _ticks(shown: list[int], periods: Sequence[str], tick: Callable[[str], list[str]]) -> dict[int, list[str]]:
    """Labels of the ticks; the second line (a year) only where it differs from the tick before."""
    found: dict[int, list[str]] = {}
    before = ""
    for at in shown:
        first, second = tick(periods[at])
        found[at] = [first, second] if second != before else [first]
        before = second
    return found


def _words(label: str | list[str]) -> str:
    return json.dumps(label, ensure_ascii=True)


def _y(field: str, labels: Mapping[str, str]) -> dict[str, Any]:
    expression = f"format(datum.value, ',.2~f') + {_words(labels.get('unit', ''))}"
    axis = {"title": None, "tickCount": 5, "labelExpr": expression}
    return {"field": field, "type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": axis}


def _band(labels: Mapping[str, str]) -> dict[str, Any]:
    encoding = {"x": {}, "y": _y("low", labels), "y2": {"field": "high"}}
    return {"mark": {"type": "area", "color": "@accent", "opacity": 0.15, "tooltip": None}, "encoding": encoding}


def _whiskers(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The interval of a figure that stands alone between two gaps: a band needs a neighbour to be seen."""
    if not any(value["lone"] and value["low"] is not None for value in values):
        return []
    encoding = {
        "x": {"field": "at", "type": "quantitative"},
        "y": {"field": "low", "type": "quantitative"},
        "y2": {"field": "high"},
    }
    mark = {"type": "rule", "color": "@accent", "strokeWidth": 6, "opacity": 0.25, "tooltip": None}
    return [{"transform": [{"filter": "datum.lone"}], "mark": mark, "encoding": encoding}]


def _target(
    values: Sequence[Mapping[str, Any]], target: float | None, factor: float, text: str, width: int, height: int
) -> list[dict[str, Any]]:
    if target is None:
        return []
    place = label_place(values, target * factor, len(text) * PIXELS_PER_LETTER / width, PIXELS_PER_LINE / height)
    return target_layers(target * factor, text, *place)


def _line() -> dict[str, Any]:
    return {
        "mark": {"type": "line", "color": "@accent", "strokeWidth": 2, "strokeJoin": "round", "tooltip": None},
        "encoding": {"x": {"field": "at", "type": "quantitative"}, "y": {"field": "value", "type": "quantitative"}},
    }


def _limit_layers(limits: Sequence[Limit], places: Mapping[str, int], factor: float) -> list[dict[str, Any]]:
    rows = [
        {
            "at": places[one.period],
            "centre": one.centre * factor,
            "lower": one.lower * factor,
            "upper": one.upper * factor,
        }
        for one in limits
        if one.period in places
    ]
    if not rows:
        return []
    dashes: dict[str, list[int]] = {"lower": [4, 4], "upper": [4, 4], "centre": []}
    return [
        {
            "data": {"values": rows},
            "mark": {
                "type": "line",
                "interpolate": "step",
                "color": "@quiet",
                "strokeWidth": 1,
                "opacity": 0.7,
                "tooltip": None,
                **({"strokeDash": dash} if dash else {}),
            },
            "encoding": {"x": {"field": "at", "type": "quantitative"}, "y": {"field": field, "type": "quantitative"}},
        }
        for field, dash in dashes.items()
    ]


def _points(labels: Mapping[str, str], count: int, interactive: bool) -> list[dict[str, Any]]:
    """Small points (a lone period between two gaps would not show as a line), larger where the control chart signals, and
    wide invisible ones that carry the tooltip."""
    place = {"x": {"field": "at", "type": "quantitative"}, "y": {"field": "value", "type": "quantitative"}}
    number = {"type": "quantitative", "format": labels.get("format", "~g")}
    tooltip = [
        {"field": "period", "type": "nominal", "title": labels["period"]},
        {"field": "value", "title": labels["value"], **number},
        {"field": "low", "title": labels["low"], **number},
        {"field": "high", "title": labels["high"], **number},
        {"field": "n", "type": "quantitative", "title": labels["n"], "format": ",d"},
    ]
    shown = {
        "type": "point",
        "filled": True,
        "color": "@accent",
        "opacity": 1,
        "size": 30 if count <= 60 else 9,
        "tooltip": None,
    }
    signal = {"type": "point", "filled": True, "color": "@down", "opacity": 1, "size": 60, "tooltip": None}
    target = {"type": "point", "filled": True, "color": "@accent", "opacity": 0, "size": 400}
    return [
        {"mark": shown, "encoding": place},
        {"transform": [{"filter": "datum.signal"}], "mark": signal, "encoding": place},
        *([{"mark": target, "encoding": {**place, "tooltip": tooltip}}] if interactive else []),
    ]


def _last_label(values: list[dict[str, Any]], labels: Mapping[str, str], factor: float) -> list[dict[str, Any]]:
    known = [value for value in values if value["value"] is not None]
    if not known:
        return []
    return [
        {
            "data": {"values": [known[-1] | {"text": labels.get("last", "")}]},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "bottom",
                "dy": -8,
                "dx": 4,
                "fontWeight": 600,
                "fontSize": 14,
                "color": "@accent",
                "tooltip": None,
            },
            "encoding": {
                "x": {"field": "at", "type": "quantitative"},
                "y": {"field": "value", "type": "quantitative"},
                "text": {"field": "text"},
            },
        }
    ]
