"""Charts are data: valid Vega-Lite, without words of their own, in the order given, in colours that can be told apart."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kapula import charts
from kapula.charts import COLOURS, Limit, Mark
from kapula.charts.marks import label_place
from kapula.charts.theme import SCHEMES, categories
from kapula.errors import ParameterError
from kapula.results import Row

LABELS = {
    "value": "V", "low": "L", "high": "H", "n": "N", "period": "P", "last": "20", "target": "T", "unit": "",
    "format": ",.1~f", "group": "G", "suppressed": "S", "title": "A title", "subtitle": "Below it",
}  # fmt: skip
WEEKS = [f"2026-W{week:02d}" for week in range(1, 21)]


def row(value: float | None, period: str | None = None, by: Any = None) -> Row:
    low, high = (None, None) if value is None else (value - 5, value + 5)
    return Row(by, period, value, low, high, 100, 100.0)


def a_trend(**settings: Any) -> dict[str, Any]:
    rows = [row(float(place), week) for place, week in enumerate(WEEKS) if week != "2026-W05"]
    given: dict[str, Any] = {
        "labels": LABELS,
        "name": lambda label: label,
        "tick": lambda label: [label[-3:], label[:4]],
        "limits": [Limit(week, 10.0, 0.0, 20.0) for week in WEEKS],
        "marks": [Mark("2026-W10", "changed", "2026-W09", "2026-W11"), Mark("2026-W15", "reworded", quiet=True)],
        "target": 15.0,
        "signals": ["2026-W18"],
    }
    return charts.trend(rows, WEEKS, **(given | settings))


def some_bars(**settings: Any) -> dict[str, Any]:
    rows = [("c", row(10.0)), ("a", row(-3.0)), ("b", row(None))]
    return charts.bars(rows, labels=LABELS, reference=4.0, **settings)


@pytest.mark.parametrize("make", [a_trend, some_bars])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_chart_is_valid_vega_lite(make: Any, scheme: str) -> None:
    """Altair carries Vega-Lite's own JSON schema."""
    altair = pytest.importorskip("altair")
    spec = make(scheme=scheme)
    valid = altair.Chart.from_dict(spec, validate=True)
    assert len(valid.layer) == len(spec["layer"])


@pytest.mark.parametrize("make", [a_trend, some_bars])
def test_every_chart_can_be_drawn(make: Any) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    picture = vl_convert.vegalite_to_svg(make())
    assert "var(--accent)" in picture
    assert " style=" not in picture
    assert "A title" in picture


def test_no_words_but_those_given() -> None:
    words = set(re.findall(r'"text": ?"([^"@]+)"', json.dumps(a_trend())))
    assert words <= {"A title", "T", "20", "changed", "reworded", "text"}


def test_bars_stand_in_the_order_given() -> None:
    """A layered chart forgets sort by another field, so the order is an explicit list in every layer."""
    orders = [layer["encoding"]["y"]["sort"] for layer in some_bars()["layer"] if "y" in layer["encoding"]]
    assert orders == [["c", "a", "b"]] * len(orders)
    assert len(orders) == 3


def test_bars_begin_at_zero_and_trends_do_not_have_to() -> None:
    assert some_bars()["layer"][0]["encoding"]["x"]["scale"]["zero"] is True
    assert a_trend()["layer"][0]["encoding"]["y"]["scale"]["zero"] is False


def test_a_gap_is_a_gap() -> None:
    values = a_trend()["data"]["values"]
    assert [value["at"] for value in values] == list(range(20))
    assert values[4]["value"] is None


def test_a_withheld_group_keeps_its_place_without_a_bar() -> None:
    withheld = some_bars()["data"]["values"][2]
    assert withheld["value"] is None
    assert withheld["text"] == "S"


def test_the_year_is_written_once() -> None:
    label = a_trend()["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
    assert label.count('"2026"') == 1


def test_marks_outside_the_range_are_left_out() -> None:
    spec = a_trend(marks=[Mark("2024-W01", "long ago")])
    assert "long ago" not in json.dumps(spec)


@pytest.mark.parametrize("factor", [1.0, 100.0])
def test_shares_are_drawn_as_per_cent(factor: float) -> None:
    assert a_trend(factor=factor)["data"]["values"][1]["value"] == factor


@pytest.mark.parametrize("theme", [0, 1])
def test_colours_can_be_read_in_both_themes(theme: int) -> None:
    """WCAG 2.2: 4.5:1 for text, 3:1 for marks; lines of the frame carry no meaning."""
    ground = luminance(COLOURS["card"][theme])
    for role, colours in COLOURS.items():
        if role in {"card", "line"}:
            continue
        least = 4.5 if role in {"ink", "ink-2", "ink-3", "up", "down", "accent"} else 3.0
        assert contrast(luminance(colours[theme]), ground) >= least, role


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: float, second: float) -> float:
    light, dark = max(first, second), min(first, second)
    return (light + 0.05) / (dark + 0.05)


def test_at_most_six_categories_and_then_others() -> None:
    roles = categories([f"c{place}" for place in range(9)], "others")
    assert len(roles) == 7
    assert roles["others"] == "@cat-others"


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ParameterError):
        charts.themed({}, "sepia")


def test_the_targets_label_keeps_out_of_the_lines_way() -> None:
    """The line runs just above the target at first and just below it later: above is free only in the later half."""
    values = [{"value": 21.0 if at < 20 else 19.0, "low": 10.0, "high": 30.0} for at in range(40)]
    at, above = label_place(values, 20.0, 0.1, 0.08)
    assert (at >= 20) is above
    beside = [one["value"] for one in values[at : at + 4]]
    assert all(value < 20 for value in beside) if above else all(value > 20 for value in beside)


def test_a_lone_figure_shows_its_interval() -> None:
    rows = [Row(None, f"2026-Q{n}", 5.0, 4.0, 6.0, 20, 20.0) for n in (1, 3)]
    spec = charts.trend(
        rows, [f"2026-Q{n}" for n in (1, 2, 3)], labels=LABELS, name=str, tick=lambda label: [label, ""]
    )
    assert [value["lone"] for value in spec["data"]["values"]] == [True, False, True]
    (whisker,) = [one for one in spec["layer"] if one["mark"]["type"] == "rule"]
    assert whisker["encoding"]["y2"] == {"field": "high"}
