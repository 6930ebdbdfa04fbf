"""The waterfall and the named lines: valid, drawable, in the order given, and each part where the one before ended."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from kapula.charts.lines import Line, lines
from kapula.charts.theme import SCHEMES
from kapula.charts.waterfall import Step, waterfall

STEPS = [
    Step("start", 24.0, 24.0, None, None, "level", "24"),
    Step("a", 24.0, 18.0, 16.0, 20.0, "down", "−6"),
    Step("b", 18.0, 21.0, None, None, "quiet", "+3"),
    Step("end", 21.0, 21.0, None, None, "level", "21"),
]
PERIODS = ["2024-Q1", "2024-Q2", "2024-Q3"]


def a_waterfall(**settings: Any) -> dict[str, Any]:
    return waterfall(STEPS, labels={"unit": " %"}, **settings)


def some_lines(**settings: Any) -> dict[str, Any]:
    raw = Line("raw", [(0.0, 4.0, 3.8, 4.2), (0.25, 4.1, 3.9, 4.3), (0.5, 3.9, 3.7, 4.1)], "@quiet", dashed=True)
    constant = Line("constant", [(0.0, 4.0, None, None), (0.25, 4.0, None, None), (0.5, 3.9, None, None)], "@accent")
    return lines(
        [raw, constant],
        PERIODS,
        labels={"unit": ""},
        tick=lambda label: label[-2:],
        places=[0.0, 0.25, 0.5],
        **settings,
    )


@pytest.mark.parametrize("make", [a_waterfall, some_lines])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_they_are_valid_vega_lite(make: Any, scheme: str) -> None:
    altair = pytest.importorskip("altair")
    spec = make(scheme=scheme)
    assert len(altair.Chart.from_dict(spec, validate=True).layer) == len(spec["layer"])


@pytest.mark.parametrize("make", [a_waterfall, some_lines])
@pytest.mark.parametrize("width", [360, 1040])
def test_they_can_be_drawn_in_both_widths(make: Any, width: int) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    picture = vl_convert.vegalite_to_svg(make(width=width))
    assert "var(--accent)" in picture
    assert " style=" not in picture


def test_rows_keep_their_order_and_shares_are_per_cent() -> None:
    spec = waterfall(STEPS, labels={"unit": " %"}, factor=100.0)
    values = spec["data"]["values"]
    assert [row["name"] for row in values] == ["start", "a", "b", "end"]
    assert (values[1]["start"], values[1]["end"], values[2]["start"]) == (2400.0, 1800.0, 1800.0)


def test_every_tick_has_its_label_whatever_the_decimal_sign() -> None:
    axis = some_lines()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == [0.0, 0.25, 0.5]
    assert all(f"'{key}':\"{label}\"" in axis["labelExpr"] for key, label in ((0, "Q1"), (2500, "Q2"), (5000, "Q3")))


def test_what_happened_is_marked_with_its_words() -> None:
    spec = some_lines(marks=[(0.375, "reworded")])
    words = [layer for layer in spec["layer"] if layer.get("data", {}).get("values", [{}])[0].get("text") == "reworded"]
    assert [layer["mark"]["type"] for layer in words] == ["rule", "text"]
    assert words[1]["mark"]["align"] == "right"


def test_names_that_would_meet_are_moved_apart() -> None:
    names = [layer["data"]["values"][0] for layer in some_lines()["layer"] if "data" in layer]
    assert names[0]["value"] - names[-1]["value"] > 0.02


@pytest.mark.parametrize("name", ["a", "a line with a name that takes room at the right edge"])
def test_labels_below_the_axis_have_room_beside_each_other(name: str) -> None:
    periods = [f"week {at}, 2026" for at in range(1, 53)]
    spec = lines(
        [Line(name, [(float(at), 1.0, None, None) for at in range(52)], "@accent")],
        periods,
        labels={},
        tick=str,
        width=720,
    )
    x = spec["layer"][0]["encoding"]["x"]
    first, last = x["scale"]["domain"]
    shown = x["axis"]["values"]
    assert shown[-1] == 51
    assert all((after - before) / (last - first) * 720 > 90 for before, after in itertools.pairwise(shown))
