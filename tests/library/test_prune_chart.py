"""The picture of what each dropped question costs: valid, drawable, in its order, and without words of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kapula.charts.losses import Step, losses

LABELS = {"group": "g", "value": "v", "low": "l", "high": "h", "unit": " u", "allowed": "limit"}
STEPS = [Step("1. väri", -0.1, -0.3, 0.1, True), Step("2. hinta", 4.5, 2.0, 6.9, False)]


def picture(**settings: Any) -> dict[str, Any]:
    return losses(STEPS, labels=LABELS, allowed=1.0, **{"scheme": "light", **settings})


def test_it_is_valid_vega_lite() -> None:
    import altair

    spec = picture()
    altair.Chart.from_dict(json.loads(json.dumps(spec)))
    assert spec["height"] > 2 * 30


def test_it_can_be_drawn_with_every_question() -> None:
    vl_convert = pytest.importorskip("vl_convert")
    svg = vl_convert.vegalite_to_svg(picture())
    assert "1. väri" in svg
    assert "2. hinta" in svg
    assert "limit" in svg


def test_questions_stand_in_the_order_they_go_in_every_layer() -> None:
    orders = [layer["encoding"]["y"].get("sort") for layer in picture()["layer"][:3]]
    assert orders == [["1. väri", "2. hinta"]] * 3


def test_what_may_go_is_told_from_the_rest_by_role() -> None:
    css = json.dumps(picture(scheme="css"))
    assert "var(--accent)" in css
    assert "var(--quiet)" in css
    assert [value["gone"] for value in picture()["data"]["values"]] == [True, False]
