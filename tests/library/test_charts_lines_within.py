"""Bands of figures that have ends, as shares have: drawn inside them, and the axis goes no further."""

from __future__ import annotations

from typing import Any

from kapula.charts.lines import Line, lines

PERIODS = ["1", "2"]


def drawn(**settings: Any) -> dict[str, Any]:
    with_it = Line("after", [(0.0, 0.02, None, None), (1.0, 0.01, None, None)], "@accent")
    without = Line("expected", [(0.0, 0.01, -0.5, 0.6), (1.0, 0.01, 0.4, 1.5)], "@quiet", dashed=True)
    return lines([with_it, without], PERIODS, labels={"unit": " %"}, tick=str, factor=100, height=320, **settings)


def figures(spec: dict[str, Any]) -> list[float]:
    """Every figure the vertical axis must hold, names' places included."""
    rows = [*spec["data"]["values"], *(row for one in spec["layer"] if "data" in one for row in one["data"]["values"])]
    return [row[name] for row in rows for name in ("value", "low", "high") if row.get(name) is not None]


def test_a_band_of_shares_stays_between_none_and_all() -> None:
    found = figures(drawn(within=(0, 100)))
    assert (min(found), max(found)) == (0.0, 100.0)


def test_without_ends_a_band_is_drawn_whole() -> None:
    found = figures(drawn())
    assert (min(found), max(found)) == (-50.0, 150.0)


def test_names_stay_apart_inside_the_ends() -> None:
    spec = drawn(within=(0, 100))
    names = {row["text"]: row["value"] for one in spec["layer"] if "data" in one for row in one["data"]["values"]}
    first, last = sorted(names.values(), reverse=True)
    assert first - last > 5
