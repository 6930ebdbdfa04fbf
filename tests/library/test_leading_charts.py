"""The picture of a lag scan: valid Vega-Lite, every dot in its place, larger the stronger, coloured only where sure."""

from __future__ import annotations

import json

import pytest

from kapula.charts.lag_dots import Row, lag_dots, picture_height

ROWS = [
    Row("queue", [(0, 0.1, False), (1, 1.0, False), (2, -9.0, True)]),
    Row('the "weather"', [(0, 0.5, False), (1, 2.0, False), (2, 3.0, False)]),
]
LABELS = {"lag": "weeks before", "same": "viikolla 'sama'"}


@pytest.mark.parametrize("width", [1040, 360])
@pytest.mark.parametrize("scheme", ["css", "light", "dark"])
def test_it_is_valid_and_its_colours_are_set(width: int, scheme: str) -> None:
    spec = lag_dots(ROWS, labels=LABELS, width=width, scheme=scheme)
    assert "@" not in json.dumps(spec)
    altair = pytest.importorskip("altair")
    assert len(altair.Chart.from_dict(spec, validate=True).layer) == len(spec["layer"])


def test_it_can_be_drawn() -> None:
    picture = pytest.importorskip("vl_convert").vegalite_to_svg(lag_dots(ROWS, labels=LABELS))
    assert "viikolla &#39;sama&#39;" in picture or "viikolla 'sama'" in picture
    assert " style=" not in picture


def test_stronger_is_larger_up_to_a_size_and_only_what_is_sure_is_marked() -> None:
    values = lag_dots(ROWS, labels=LABELS)["data"]["values"]
    size = {(one["name"], one["lag"]): one["size"] for one in values}
    assert size["queue", 0] < size["queue", 1] < size['the "weather"', 1] < size['the "weather"', 2] < size["queue", 2]
    assert [(one["name"], one["lag"]) for one in values if one["sure"]] == [("queue", 2)]


def test_names_stand_above_their_rows_on_a_narrow_picture() -> None:
    wide, narrow = (lag_dots(ROWS, labels=LABELS, width=width) for width in (1040, 360))
    texts = [layer for layer in narrow["layer"] if layer["mark"]["type"] == "text"]
    assert [value["name"] for value in texts[0]["data"]["values"]] == ["queue", 'the "weather"']
    assert not [layer for layer in wide["layer"] if layer["mark"]["type"] == "text"]
    assert picture_height(2, narrow=True) > picture_height(2, narrow=False)
