"""The importance–performance map: valid, told by colour only where sure, its names not on each other."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from kapula.charts import performance_map
from kapula.charts.performance_map import CORNERS, SPOTS, Place, _box, _meet
from kapula.charts.theme import SCHEMES

LABELS = {"x": "X", "y": "Y", "group": "G", **{code: code for code in CORNERS}}
NAMES = ("Asioiden ratkaisu", "Hinta", "Odottelu", "Laskujen selkeys", "Toimitusvarmuus", "Luottamus", "Kokemus")
PLACES = [
    Place(
        name,
        (65 + place / 2, 64.0, 66.0 + place / 2),
        (35.0 / (1 + place), 3.0, 36.0 / (1 + place)),
        "improve" if place < 2 else None,
    )
    for place, name in enumerate(NAMES)
]


def drawn(**settings: Any) -> dict[str, Any]:
    return performance_map(PLACES, labels=LABELS, **settings)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_is_valid_vega_lite_and_can_be_drawn(scheme: str) -> None:
    altair, converter = pytest.importorskip("altair"), pytest.importorskip("vl_convert")
    spec = drawn(scheme=scheme)
    assert len(altair.Chart.from_dict(spec, validate=True).layer) == len(spec["layer"])
    assert all(name in converter.vegalite_to_svg(spec) for name in ("Hinta", "improve", "beyond_need"))


def test_only_what_is_sure_has_colour_and_the_axes_hold_every_interval() -> None:
    spec = drawn()
    rows = spec["data"]["values"]
    assert [row["sure"] for row in rows] == [True, True, False, False, False, False, False]
    (low, high), (zero, top) = (spec["layer"][-1]["encoding"][axis]["scale"]["domain"] for axis in "xy")
    assert low < 64 < 69 < high
    assert zero == 0 < 36 < top


@pytest.mark.parametrize(("width", "height"), [(1040, 440), (360, 420)])
def test_names_do_not_lie_on_each_other(width: int, height: int) -> None:
    spec = drawn(width=width, height=height)
    (low, high), (_, top) = (spec["layer"][-1]["encoding"][axis]["scale"]["domain"] for axis in "xy")
    boxes = [
        _box(
            (row["x"] - low) / (high - low) * width,
            (1 - row["y"] / top) * height,
            6.4 * len(row["group"]),
            SPOTS[row["spot"]],
        )
        for row in spec["data"]["values"]
    ]
    assert not any(_meet(one, other) for one, other in itertools.combinations(boxes, 2))
    assert all(box[0] >= 0 and box[2] <= width for box in boxes)
